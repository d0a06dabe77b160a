import Formats
import Foundation
import Model

/// A folder of its own for each test, and datasets written into it.
final class ReadingFixture {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "reading-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }
  deinit { try? FileManager.default.removeItem(at: folder) }

  func path(_ name: String) -> String { folder.appending(path: name).path }

  func write(_ name: String, _ bytes: some Sequence<UInt8>) throws {
    try Data(bytes).write(to: folder.appending(path: name))
  }

  /// Writes one file and reads it as a dataset.
  func load(
    _ name: String, _ bytes: some Sequence<UInt8>, _ change: (inout DatasetOptions) -> Void = { _ in }
  ) throws
    -> Dataset
  {
    try write(name, bytes)
    return try load(name, change)
  }

  /// - Parameter name: a file of the folder; "" reads the folder.
  func load(_ name: String = "", _ change: (inout DatasetOptions) -> Void = { _ in }) throws -> Dataset {
    var options = DatasetOptions()
    change(&options)
    return try DatasetLoader.load(
      name.isEmpty ? folder.path : path(name), options: options, progress: { _ in })
  }

  /// The error of reading a file; "no error" where it is read.
  func problem(
    _ name: String, _ bytes: some Sequence<UInt8>, _ change: (inout DatasetOptions) -> Void = { _ in }
  )
    -> String
  {
    do {
      _ = try load(name, bytes, change)
      return "no error"
    } catch { return "\(error)" }
  }

  /// The records of the dataset file as they lie in it.
  func records(_ name: String, _ change: (inout DatasetOptions) -> Void = { _ in }) throws -> RecordFile? {
    try stored(name, change)?.places
  }

  func stored(_ name: String, _ change: (inout DatasetOptions) -> Void = { _ in }) throws -> StoredRecords? {
    var options = DatasetOptions()
    change(&options)
    for file in try DatasetLoader.storedFiles(path(name), options: options) {
      if case .records(let records) = file.layout { return records }
    }
    return nil
  }
}

extension RecordFile {
  /// The file of the records in `runs`, which rise and do not touch, out of the bytes of the whole.
  func kept(_ runs: [Range<Int>], of bytes: [UInt8]) -> [UInt8] {
    func content(_ place: Range<UInt64>) -> [UInt8] {
      Array(bytes[Int(place.lowerBound)..<Int(place.upperBound)])
    }
    var result = content(headerBytes)
    for (index, run) in runs.enumerated() {
      result += places(of: run).flatMap(content)
      if index + 1 < runs.count, !isClosed(content(self.bytes(of: run.upperBound - 1))) {
        result += separator
      }
    }
    return result + content(footerBytes)
  }
}

extension Dataset {
  /// The given label of each row; "" for none.
  var labelNames: [String] { labels.map { $0 < 0 ? "" : classes[Int($0)] } }
}

/// SplitMix64: the same draws for a seed everywhere.
struct Draws {
  private var state: UInt64
  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
    return value ^ value >> 31
  }
  mutating func number(below limit: Int) -> Int { Int(next() % UInt64(limit)) }
  mutating func choice<Element>(_ elements: [Element]) -> Element { elements[number(below: elements.count)] }
}
