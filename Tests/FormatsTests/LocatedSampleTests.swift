import Compression
import Formats
import Foundation
import Model
import Testing

/// A finished case opens samples of folders, archives and shards by their places, without importing them.
@Suite struct LocatedSampleTests {
  enum Form: String, CaseIterable, Sendable { case objects, arrays, tables, packed, lists, texts, archives }

  private let fixture: ReadingFixture

  init() throws { fixture = try ReadingFixture() }

  private static func text(_ row: Int) -> String { "sample \(row) says \"é\" \(row % 5)" }
  private static func object(_ row: Int) -> String {
    let text = text(row).replacing("\"", with: "\\\"")
    return #"{"id": "s\#(row)", "text": "\#(text)", "label": "c\#(row % 2)", "more": {"n": [\#(row)]}}"#
  }

  /// Rows 0 to 19 and 20 to 39, in the files of two splits.
  private func write(_ form: Form) throws -> [String] {
    let halves = [("train", 0..<20), ("test", 20..<40)]
    var files: [(String, [UInt8])] = []
    for (split, rows) in halves {
      switch form {
      case .objects:
        files.append(("\(split).jsonl", Array(rows.map { Self.object($0) + "\n\n" }.joined().utf8)))
      case .arrays:
        files.append(("\(split).json", Array("[\(rows.map(Self.object).joined(separator: " ,\n"))\n]".utf8)))
      case .packed:
        let compressor = try Compressor(.gzip)
        let lines = Array(rows.map { Self.object($0) + "\n" }.joined().utf8)
        files.append(("\(split).jsonl.gz", try compressor.append(lines) + compressor.finish()))
      case .tables:
        let lines = rows.map { "s\($0);\"\(Self.text($0).replacing("\"", with: "\"\""))\";c\($0 % 2)\r\n" }
        files.append(("\(split).csv", Array(("id;text;label\r\n" + lines.joined()).utf8)))
      case .lists:
        let lines = rows.map { #"{"file_name": "p\#($0).pgm", "label": "c\#($0 % 2)"}"# + "\n" }
        files.append(("\(split)/metadata.jsonl", Array(lines.joined().utf8)))
        files += rows.map { ("\(split)/p\($0).pgm", Array("P2 2 2 255 \($0) 1 2 3\n".utf8)) }
      case .texts: files += rows.map { ("\(split)/c\($0 % 2)/\($0).txt", Array(Self.text($0).utf8)) }
      case .archives:
        let parts = rows.flatMap { row in
          Self.entry("\(row).txt", Self.text(row)) + Self.entry("\(row).cls", "c\(row % 2)\n")
            + Self.entry("\(row).json", #"{"n": \#(row)}"#)
        }
        files.append(("\(split)-0.tar", parts + [UInt8](repeating: 0, count: 1024)))
      }
    }
    for (name, bytes) in files {
      let place = fixture.folder.appending(path: name)
      try FileManager.default.createDirectory(
        at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(bytes).write(to: place)
    }
    return files.map(\.0)
  }

  private static func entry(_ name: String, _ content: String) -> [UInt8] {
    var header = [UInt8](repeating: 0, count: 512)
    func put(_ text: String, _ place: Int) {
      header.replaceSubrange(place..<place + text.utf8.count, with: Array(text.utf8))
    }
    put(name, 0)
    put("0000644", 100)
    put(String(String(content.utf8.count + 0o1_000_000_000_000, radix: 8).suffix(11)), 124)
    put("00000000000", 136)
    put("        ", 148)
    put("0", 156)
    put("ustar", 257)
    put("00", 263)
    let sum = header.reduce(0) { $0 + Int($1) }
    put(String(String(sum + 0o1_000_000, radix: 8).suffix(6)) + "\0 ", 148)
    let bytes = Array(content.utf8)
    return header + bytes + [UInt8](repeating: 0, count: (512 - bytes.count % 512) % 512)
  }

  private func open(_ dataset: Dataset, _ index: RecordIndex?) throws -> any PayloadSource {
    let offsets = dataset.records?.offsets ?? []
    return try DatasetLoader.openPayloads(
      fixture.folder.path, options: DatasetOptions(), recordOffsets: offsets.isEmpty ? nil : offsets,
      index: index, labelName: { dataset.labelNames[$0] })
  }

  @Test(arguments: Form.allCases) func samplesAreThoseOfTheImport(form: Form) throws {
    let files = try write(form)
    let dataset = try fixture.load()
    #expect(dataset.count == 40 && dataset.splits != nil)
    let index = try #require(dataset.records?.index)
    let kept = try JSONDecoder().decode(RecordIndex.self, from: JSONEncoder().encode(index))
    #expect(kept == index && kept.parts != nil && kept.isSound)
    let again = try open(dataset, nil)
    let opened = try open(dataset, kept)
    for row in 0..<40 {
      #expect(opened.contentDigest(at: row) == again.contentDigest(at: row))
      // Pictures are decoded by the program itself.
      guard form != .lists else { continue }
      for payloads in [opened, again] {
        #expect(payloads.payload(at: row) == dataset.payloads.payload(at: row))
        #expect(payloads.contentDigest(at: row) == dataset.payloads.contentDigest(at: row))
      }
    }
    #expect(opened.contentDigest(at: 3) != opened.contentDigest(at: 4))
    guard form == .lists || (try? opened.payload(at: 40).get()) == nil else {
      Issue.record("a sample behind the last")
      return
    }
    // Nothing but what is asked for is read: an import would stop at the other file.
    guard form != .lists, form != .texts, form != .packed else { return }
    let other = fixture.folder.appending(path: files[1])
    let size = try Data(contentsOf: other).count
    try Data([UInt8](repeating: UInt8(ascii: "}"), count: size)).write(to: other)
    let left = try open(dataset, kept)
    let inFirst = (0..<40).filter { dataset.splits?.names[Int(dataset.splits?.codes[$0] ?? 0)] == "train" }
    #expect(inFirst.count == 20)
    for row in inFirst { #expect(left.payload(at: row) == dataset.payloads.payload(at: row)) }
    // Of a table it is a line of names.
    if form != .tables { #expect(throws: FormatError.self) { try open(dataset, nil) } }
  }

  /// Places of a case that lie anywhere end in a reason, not in a crash.
  @Test(arguments: [Form.objects, .tables, .archives]) func placesThatAreNoneAreTold(form: Form) throws {
    _ = try write(form)
    let dataset = try fixture.load()
    var index = try #require(dataset.records?.index)
    let hostile: [Column<UInt64>] = [
      [0, 5, 3, .max, 20, 1 << 40], Column((0...40).map { UInt64($0) * 7 }), [.max], [],
    ]
    for size in [0, 1, index.parts?[0].size ?? 0, 1 << 50] {
      index.parts?[0].size = size
      for places in hostile {
        let opened = try DatasetLoader.openPayloads(
          fixture.folder.path, options: DatasetOptions(), recordOffsets: places, index: index,
          labelName: { _ in "" })
        for row in [-1, 0, 1, 2, 3, 4, 5, 39] {
          _ = opened.payload(at: row)
          _ = opened.contentDigest(at: row)
        }
      }
    }
  }

  @Test func aVeryLongTextIsComparedByItsBeginning() throws {
    let long = String(repeating: "é ", count: 700_000)
    let rows = (0..<4).map {
      #"{"text": "\#($0 == 2 ? long : "short \($0)")", "label": "\#($0 % 2)"}"# + "\n"
    }
    let dataset = try fixture.load("long.jsonl", rows.joined().utf8)
    let texts = try #require(dataset.texts)
    #expect(texts[1] == "short 1" && long.hasPrefix(texts[2]))
    #expect(((1 << 20) - 2...1 << 20).contains(texts[2].utf8.count))
    #expect(try dataset.payloads.payload(at: 2).get() == .text(long))
    #expect(dataset.notes.contains { $0.hasPrefix("1 text is longer than 1 MB") && $0.contains("rows 2") })
  }

  /// A pipe or a link that leads nowhere among texts costs its own sample.
  @Test func filesThatAreNoneCostThemselvesOnly() throws {
    _ = try write(.texts)
    let place = fixture.path("train/c0/pipe.txt")
    #expect(mkfifo(place, 0o600) == 0)
    try FileManager.default.createSymbolicLink(
      atPath: fixture.path("train/c1/loop.txt"), withDestinationPath: "loop.txt")
    try FileManager.default.createSymbolicLink(
      atPath: fixture.path("train/c1/out.txt"), withDestinationPath: "/etc/passwd")
    let dataset = try fixture.load()
    #expect(dataset.count == 43)
    #expect(dataset.notes.contains { $0.hasPrefix("3 files cannot be read as texts") })
    let texts = try #require(dataset.texts)
    #expect(texts.indices.filter { texts[$0].isEmpty }.count == 3)
  }
}
