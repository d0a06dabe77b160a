/// What it takes to read any one record of a file without a look at the others: how the file is written, what its columns are
/// and which of them a person judges. A case keeps it beside the places of the records, so that it opens without reading them.
package struct RecordIndex: Codable, Sendable, Equatable {
  /// How a table of text is written.
  package struct Table: Codable, Sendable, Equatable {
    package var delimiter: UInt8
    package var quote: UInt8?
    package var escapesWithBackslash: Bool
    package var skipsInitialSpace: Bool
    package var endsLinesWithCR: Bool

    package init(
      delimiter: UInt8, quote: UInt8?, escapesWithBackslash: Bool, skipsInitialSpace: Bool,
      endsLinesWithCR: Bool
    ) {
      self.delimiter = delimiter
      self.quote = quote
      self.escapesWithBackslash = escapesWithBackslash
      self.skipsInitialSpace = skipsInitialSpace
      self.endsLinesWithCR = endsLinesWithCR
    }
  }

  /// One of the files that imported samples lie in.
  package struct Part: Codable, Sendable, Equatable {
    /// Nil of what is no table of text.
    package var table: Table?
    package var columns: [String]
    package var split: String?
    /// Bytes that places are counted in.
    package var size: Int
    /// Beside those that a column names.
    package var holdsPictures: Bool

    package init(
      table: Table? = nil, columns: [String] = [], split: String?, size: Int, holdsPictures: Bool = false
    ) {
      self.holdsPictures = holdsPictures
      self.table = table
      self.columns = columns
      self.split = split
      self.size = size
    }
  }

  /// Nil of objects of JSON.
  package var table: Table?
  /// In the order of the file.
  package var columns: [String]
  /// The columns that make the text; of them those whose strings are lists of messages.
  package var text: [Int]
  package var turnStrings: [Int]
  /// The columns that are judged where there is no text.
  package var judged: [Int]
  /// The column that names pictures, or holds them.
  package var image: Int?
  /// Bytes of the text that the places of the records are counted in.
  package var size: Int
  /// Of imported samples, which the places are counted in one behind the other; nil of records in one file, and of samples that
  /// are imported again.
  package var parts: [Part]?

  package init(
    table: Table?, columns: [String], text: [Int], turnStrings: [Int], judged: [Int], image: Int?, size: Int
  ) {
    self.table = table
    self.columns = columns
    self.text = text
    self.turnStrings = turnStrings
    self.judged = judged
    self.image = image
    self.size = size
  }

  package static let maxColumns = 100_000
  /// Of a part: the sum of all is far from the largest integer.
  private static let maxSize = 1 << 50

  /// Whether it names only columns that there are: a case may have been damaged, or made to do harm.
  package var isSound: Bool {
    let named = text + turnStrings + judged + (image.map { [$0] } ?? [])
    let isLineEnd = { (byte: UInt8) in byte == 10 || byte == 13 }
    return (0...Self.maxColumns).contains(columns.count) && named.allSatisfy(columns.indices.contains)
      && [text, turnStrings, judged].allSatisfy { Set($0).count == $0.count } && size >= 0
      && ([table] + (parts ?? []).map(\.table)).allSatisfy { table in
        table.map { !isLineEnd($0.delimiter) && !($0.quote.map(isLineEnd) ?? false) } ?? true
      }
      && (parts ?? []).allSatisfy {
        (0...Self.maxSize).contains($0.size) && $0.columns.count <= Self.maxColumns
      }
  }
}
