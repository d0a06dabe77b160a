import Model

/// Imported samples that are read one by one from where a case says that they lie, so that it opens without importing them.
protocol LocatedSamples: Sendable {
  var count: Int { get }
  /// The members of a sample as those of a line of JSON, as its import gives them.
  /// - Returns: false where it can no longer be read.
  func append(_ row: Int, to line: inout JSONLine) -> Bool
  /// Whether samples hold pictures, beside those that a column of them names.
  var havePictures: Bool { get }
  /// Hands `body` the bytes of a picture; nothing where the sample has none.
  func withPicture(at row: Int, _ body: (UnsafeRawBufferPointer) -> Void)
}

extension LocatedSamples {
  var havePictures: Bool { false }
  func withPicture(at row: Int, _ body: (UnsafeRawBufferPointer) -> Void) {}
}

/// Where samples lie in files that are thought of as one behind the other.
struct SamplePlaces: Sendable {
  let parts: [RecordIndex.Part]
  /// N + 1, rising; empty where each sample is a file.
  let places: Column<UInt64>
  private let starts: [UInt64]

  init(_ parts: [RecordIndex.Part], _ places: Column<UInt64>) {
    self.parts = parts
    self.places = places
    starts = parts.reduce(into: [0]) { $0.append($0[$0.count - 1] + UInt64($1.size)) }
  }

  var count: Int { max(0, places.count - 1) }

  /// - Returns: nil where there is no such sample, or a place is none: a case may be damaged.
  func place(of row: Int) -> (part: Int, bytes: Range<Int>)? {
    guard row >= 0, row < count, let end = starts.last, places[row] < places[row + 1], places[row] < end
    else { return nil }
    let part = starts.partitioningIndex { $0 > places[row] } - 1
    let start = Int(places[row] - starts[part])
    return (part, start..<Int(min(places[row + 1], starts[part + 1]) - starts[part]))
  }
}
