import Model
import Synchronization

/// Records of several files, each read where it lies; a file is opened when the first of its records is asked for.
final class LocatedShards: LocatedSamples {
  /// A file and how its records are read.
  private struct Shard {
    let scan: RecordScan
    let rows: ShardRows
  }
  private let files: [SourceFile]
  private let places: SamplePlaces
  private let encoding: String?
  private let listPictures: Bool
  private let opened = Mutex<[Int: Shard]>([:])
  var count: Int { places.count }

  init(_ files: [SourceFile], _ places: SamplePlaces, encoding: String?, listPictures: Bool) {
    self.files = files
    self.places = places
    self.encoding = encoding
    self.listPictures = listPictures
  }

  func append(_ row: Int, to line: inout JSONLine) -> Bool {
    guard let place = places.place(of: row), let shard = shard(place.part),
      place.bytes.upperBound <= shard.scan.rows.bytes.count
    else { return false }
    let bytes = UnsafeRawBufferPointer(rebasing: shard.scan.rows.bytes[place.bytes])
    var record = Record()
    guard shard.scan.rows.read(bytes, into: &record), let own = Self.own(bytes, shard.scan.rows.isTable)
    else { return false }
    shard.rows.append(record, of: own, to: &line)
    return true
  }

  /// The record without what stands behind it: commas, brackets, lines that were left out.
  private static func own(_ bytes: UnsafeRawBufferPointer, _ isTable: Bool) -> UnsafeRawBufferPointer? {
    guard !isTable else { return bytes }
    var cursor = JSONCursor(bytes, in: 0..<bytes.count, allowsNonFinite: true)
    guard (try? cursor.skipValue()) != nil else { return nil }
    return UnsafeRawBufferPointer(rebasing: bytes[..<cursor.position])
  }

  private func shard(_ index: Int) -> Shard? {
    opened.withLock { opened in
      if let shard = opened[index] { return shard }
      guard let shard = try? open(index) else { return nil }
      opened[index] = shard
      return shard
    }
  }

  private func open(_ index: Int) throws(FormatError) -> Shard? {
    let (file, part) = (files[index], places.parts[index])
    let name = displayText(file.name)
    let text = try RecordText(path: try file.path(), name: name, encoding: encoding)
    let known = RecordIndex(
      table: part.table, columns: part.columns, text: [], turnStrings: [], judged: [], image: nil,
      size: part.size)
    guard let scan = RecordScan(text, index: known, of: "", name: name) else { return nil }
    return Shard(scan: scan, rows: ShardRows(part, folder: listPictures ? file.folderName : nil))
  }
}
