import Formats
import Foundation
import Model
import Testing

/// What a case keeps of the reading opens the records again without a look at the file.
@Suite struct RecordIndexTests {
  private let fixture: ReadingFixture

  init() throws { fixture = try ReadingFixture() }

  private static let table =
    "id;text;label\r\n" + (0..<40).map { "r\($0);\"line \($0)\nof; several\";\($0 % 2)\r\n" }.joined()
  private static let numbers = "a,b,label\n" + (0..<40).map { "\($0).5,x\($0 % 3),l\($0 % 2)\n" }.joined()
  private static let nested = (0..<40).map { row in
    #"{"user": {"name": "u\#(row)", "n": \#(row)}, "t\u0061g": "v\#(row)", "label": "\#(row % 2)", "l": [1, 2]}"#
      + "\n"
  }.joined()
  private static let chat = (0..<40).map { row in
    #"{"messages": [{"role": "user", "content": "hello \#(row)"}, {"role": "bot", "content": "é"}], "label": "\#(row % 2)"}"#
      + "\n"
  }.joined()
  private static let array =
    "[\n" + (0..<40).map { #"{"x": \#($0), "label": "\#($0 % 2)"}"# }.joined(separator: ",\n") + "]"

  private static let files: [(name: String, text: String)] = [
    ("a.csv", table), ("b.csv", numbers), ("c.jsonl", nested), ("d.jsonl", chat), ("e.json", array),
  ]

  @Test(arguments: files.indices) func recordsOpenedByTheirIndexAreTheSame(_ file: Int) throws {
    let (name, text) = Self.files[file]
    let dataset = try fixture.load(name, text.utf8)
    let records = try #require(dataset.records)
    let index = try #require(records.index)
    let kept = try JSONDecoder().decode(RecordIndex.self, from: JSONEncoder().encode(index))
    #expect(kept == index && kept.isSound)
    let opened = try DatasetLoader.openPayloads(
      fixture.path(name), options: DatasetOptions(), recordOffsets: records.offsets, index: kept,
      labelName: { dataset.labelNames[$0] })
    for row in dataset.ids.indices {
      #expect(opened.payload(at: row) == dataset.payloads.payload(at: row))
      #expect(opened.contentDigest(at: row) == dataset.payloads.contentDigest(at: row))
    }
  }

  /// With another header a look at the file would find another delimiter and other columns.
  @Test func theFileIsNotLookedAt() throws {
    let dataset = try fixture.load("a.csv", Self.table.utf8)
    let records = try #require(dataset.records)
    try fixture.write("a.csv", Self.table.replacing("id;text;label", with: "\"\"\"\"\"\"\"\"\"\"\"\"\"").utf8)
    func open(_ index: RecordIndex?) throws -> any PayloadSource {
      try DatasetLoader.openPayloads(
        fixture.path("a.csv"), options: DatasetOptions(), recordOffsets: records.offsets, index: index,
        labelName: { _ in "" })
    }
    #expect(try open(records.index).payload(at: 3).get() == .text("line 3\nof; several"))
    #expect(throws: FormatError.self) { try open(nil) }
  }

  /// An index of another file is passed over, and one that names columns that are not there is none.
  @Test func anIndexThatDoesNotFitIsNotUsed() throws {
    let dataset = try fixture.load("b.csv", Self.numbers.utf8)
    let records = try #require(dataset.records)
    var other = try #require(records.index)
    other.size += 1
    other.columns = ["p", "q", "r"]
    let opened = try DatasetLoader.openPayloads(
      fixture.path("b.csv"), options: DatasetOptions(), recordOffsets: records.offsets, index: other,
      labelName: { dataset.labelNames[$0] })
    #expect(opened.payload(at: 1) == dataset.payloads.payload(at: 1))

    let sound = try #require(records.index)
    func spoilt(_ change: (inout RecordIndex) -> Void) -> RecordIndex {
      var index = sound
      change(&index)
      return index
    }
    let hostile = [
      spoilt { $0.judged = [3] }, spoilt { $0.judged = [-1] }, spoilt { $0.text = [99] },
      spoilt { $0.turnStrings = [7] }, spoilt { $0.image = 3 }, spoilt { $0.columns = [] },
      spoilt { $0.judged = [0, 0] }, spoilt { $0.size = -1 }, spoilt { $0.table?.delimiter = 10 },
    ]
    #expect(sound.isSound && hostile.allSatisfy { !$0.isSound })
    for index in hostile {
      let opened = try DatasetLoader.openPayloads(
        fixture.path("b.csv"), options: DatasetOptions(), recordOffsets: records.offsets, index: index,
        labelName: { dataset.labelNames[$0] })
      #expect(opened.payload(at: 1) == dataset.payloads.payload(at: 1))
    }
  }

  /// Places of the case that lie anywhere end in a reason, not in a crash.
  @Test func placesOutsideOfTheFileAreTold() throws {
    let dataset = try fixture.load("b.csv", Self.numbers.utf8)
    let index = try #require(dataset.records?.index)
    let offsets: Column<UInt64> = [0, 5, 3, .max, 20, 1 << 40]
    let opened = try DatasetLoader.openPayloads(
      fixture.path("b.csv"), options: DatasetOptions(), recordOffsets: offsets, index: index,
      labelName: { _ in "" })
    for row in [-1, 1, 2, 3, 4, 5, 6] {
      guard case .failure = opened.payload(at: row) else {
        Issue.record("row \(row) is read")
        continue
      }
      _ = opened.contentDigest(at: row)
    }
  }
}
