import CaseFiles
import Formats
import Foundation
import Model
import Review
import Testing

@Suite struct DecisionExportTests {
  static let text = "id,label,x\n\"a,\"\"\n\",0,1\n=b,1,2\nc,0,3\nd,1,4\n"
  let fixture: ExportFixture

  init() throws { fixture = try ExportFixture(file: "t.csv", Array(Self.text.utf8)) }

  @Test func theTableGivesBackIdsVerdictsAndNotes() throws {
    try fixture.decide(.poisoned, [0, 1], note: "=1+1, \"x\"")
    try fixture.decide(.relabel("1"), [2], by: "bob\n")
    #expect(
      try fixture.export("csv", to: "o.csv")
        == "wrote 3 decisions to \(fixture.path("o.csv")); journal j1: 2 decisions, head h1")
    let table = try CSVReader.readSmall(path: fixture.path("o.csv"))
    #expect(
      table.header == [
        "id", "label", "suspicion", "hypothesis", "verdict", "new_label", "reviewer", "at", "note", "state",
        "settles", "tags",
      ])
    #expect(table.rows.map { $0[0] } == ["a,\"\n", "=b", "c"])
    #expect(
      table.rows.map { [$0[1]] + $0[4...6] } == [
        ["0", "poisoned", "", "ada"], ["1", "poisoned", "", "ada"], ["0", "relabel", "1", "bob\n"],
      ])
    #expect(table.rows.map { $0[8] } == ["=1+1, \"x\"", "=1+1, \"x\"", ""])
    #expect(table.rows.allSatisfy { $0[9] == "stands" && Timestamp.milliseconds($0[7]) != nil })
  }

  @Test func jsonLinesBindTheVerdictToTheContent() throws {
    try fixture.decide(.clean, [0])
    _ = try fixture.export("jsonl", to: "o.jsonl")
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(try fixture.bytes("o.jsonl"))) as? [String: Any])
    #expect(object["id"] as? String == "a,\"\n" && object["verdict"] as? String == "clean")
    #expect(object["digest"] as? String == fixture.decisions[0].samples[0].digest?.hex)
  }

  @Test func anIdThatHoldsALineBreakIsRefusedInAListOfLines() throws {
    try fixture.decide(.poisoned, [0, 1])
    #expect(fixture.problem("drop-list", to: "drop.txt").contains("row 0"))
    #expect(try fixture.left() == [])
    #expect(try fixture.export("drop-list", to: "drop.npy").hasPrefix("wrote 2 row indices"))
    #expect(try Array(NPY.map(fixture.path("drop.npy")).column(Int64.self)) == [0, 1])
  }

  @Test(arguments: ["clean", "corrected", "drop-list", "keep-list"])
  func aDisputedSampleBlocksWhatIsTrainedOn(_ format: String) throws {
    try fixture.decide(.poisoned, [1, 2])
    try fixture.decide(.clean, [2, 3], by: "bob")
    #expect(fixture.problem(format, to: "o").hasPrefix("1 disputed sample: c:"))
    #expect(try fixture.left() == [])
    _ = try fixture.export("csv", to: "o.csv")
    let states = try CSVReader.readSmall(path: fixture.path("o.csv")).rows.map { [$0[0], $0[6], $0[9]] }
    #expect(
      states == [
        ["=b", "ada", "stands"], ["c", "ada", "disputed"], ["c", "bob", "disputed"], ["d", "bob", "stands"],
      ])
  }

  @Test func anAdjudicationCountsInAllFormats() throws {
    try fixture.decide(.poisoned, [1, 2])
    try fixture.decide(.clean, [2, 3], by: "bob")
    #expect(fixture.problem("clean", to: "o").contains("must adjudicate"))
    try fixture.decide(
      .relabel("1"), [2], by: "eve",
      settles: [.init(reviewer: "ada", verdict: .poisoned), .init(reviewer: "bob", verdict: .clean)])
    _ = try fixture.export("corrected", to: "o")
    #expect(try fixture.text("o") == "id,label,x\n\"a,\"\"\n\",0,1\nc,1,3\nd,1,4\n")
    _ = try fixture.export("drop-list", to: "drop")
    #expect(try fixture.text("drop") == "=b\n")
    _ = try fixture.export("csv", to: "o.csv")
    let rows = try CSVReader.readSmall(path: fixture.path("o.csv")).rows.map {
      [$0[0], $0[6], $0[9], $0[10]]
    }
    #expect(
      rows == [
        ["=b", "ada", "stands", ""], ["c", "ada", "overruled", ""], ["c", "bob", "overruled", ""],
        ["c", "eve", "stands", "ada poisoned, bob clean"], ["d", "bob", "stands", ""],
      ])
    // Bob was heard on what he said then.
    try fixture.decide(.unsure, [2], by: "bob")
    #expect(fixture.problem("corrected", to: "again").hasPrefix("1 disputed sample: c:"))
  }

  @Test func withoutAJournalItIsSaidThatNothingWasDecided() throws {
    #expect(
      try fixture.export("keep-list", to: "keep.npy", journals: []).hasSuffix(
        "; no journal: nothing was decided"))
  }

  @Test func severalJournalsAreMerged() throws {
    try fixture.decide(.poisoned, [1])
    let first = fixture.decisions
    let second = [
      Decision(
        sequence: 1, at: 0, reviewer: "bob", samples: [.init(id: "d", digest: nil)], act: .verdict(.poisoned)),
      Decision(
        sequence: 2, at: 1, reviewer: "bob", samples: [.init(id: "z", digest: nil)], act: .verdict(.clean)),
    ]
    let sentence = try fixture.export("drop-list", to: "one", journals: [first, second])
    #expect(
      sentence.hasSuffix(
        "; 1 decided id not in this dataset; journal j1: 1 decision, head h1; journal j2: 2 decisions, head h2"
      ))
    _ = try fixture.export("drop-list", to: "two", journals: [second, first])
    #expect(try fixture.text("one") == "=b\nd\n")
    #expect(try fixture.text("two") == "=b\nd\n")
  }

  @Test func aVerdictOnOtherContentIsNoVerdict() throws {
    try fixture.decide(.poisoned, [1])
    let judged = fixture.decisions
    try Data(Self.text.replacingOccurrences(of: "=b,1,2", with: "=b,1,9").utf8).write(
      to: URL(fileURLWithPath: fixture.dataset))
    #expect(fixture.problem("clean", to: "o").contains("has changed since it was scanned"))
    try FileManager.default.removeItem(atPath: fixture.dataset + ".case")
    #expect(throws: CaseFileError.self) {
      try fixture.export("clean", to: "o", journals: [judged])
    }
    #expect(fixture.problem("drop-list", to: "o").hasPrefix("1 changed sample: =b:"))
    #expect(try fixture.left() == [])
  }

  @Test func aDatasetThatWasOnlyTouchedIsTheSame() throws {
    try fixture.decide(.poisoned, [1])
    try Data(Self.text.utf8).write(to: URL(fileURLWithPath: fixture.dataset))
    _ = try fixture.export("clean", to: "o")
    #expect(try fixture.text("o") == Self.text.replacingOccurrences(of: "=b,1,2\n", with: ""))
  }

  @Test func whatIsThereIsNeverOverwrittenUnlessItIsEmpty() throws {
    try Data("mine".utf8).write(to: fixture.folder.appending(path: "full"))
    #expect(fixture.problem("csv", to: "full").contains("is there already"))
    #expect(try fixture.text("full") == "mine")
    try Data().write(to: fixture.folder.appending(path: "empty"))
    _ = try fixture.export("csv", to: "empty")
    #expect(try fixture.text("empty").hasPrefix("id,label"))
    try FileManager.default.createSymbolicLink(atPath: fixture.path("link"), withDestinationPath: "nowhere")
    #expect(fixture.problem("csv", to: "link").contains("is there already"))
    #expect(fixture.problem("csv", to: "none/o.csv").hasPrefix(fixture.path("none/o.csv") + ": No such"))
    #expect(try fixture.left() == ["empty", "full", "link"])
  }

  @Test func nothingIsLeftBehindWhereTheRelabelsCannotBeWritten() throws {
    try fixture.decide(.relabel("1"), [2])
    try Data("mine".utf8).write(to: fixture.folder.appending(path: "o.relabels.csv"))
    #expect(fixture.problem("clean", to: "o").contains("o.relabels.csv: is there already"))
    #expect(try fixture.left() == ["o.relabels.csv"])
  }
}
