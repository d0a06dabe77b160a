import Foundation
import Glibc
import Model
import Review
import Testing

/// A journal whose end no reader accepts becomes usable again, and nothing of it is lost.
@Suite struct RepairTests {
  let folder: URL
  var path: String { folder.appending(path: "review.jsonl").path }

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "repair-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  func repair(known: Bool = false) throws -> JournalRepair.Outcome? {
    try JournalRepair.run(path: path, reviewer: "ada", at: 1_780_000_000_000, isKnownJournal: known)
  }

  @Test(arguments: ["\0\0\0\0\0\n", "{\"at\":\"2026-01-01T00:00:00Z\"}\nmore\n", "half a line"])
  func theEndMovesAsideAndTheRestStays(_ garbage: String) throws {
    do {
      var writer = try JournalWriter(path: path)
      for id in ["a", "b"] { _ = try writer.append(JournalTests.decision(id)) }
    }
    let before = try Data(contentsOf: URL(fileURLWithPath: path))
    try (before + Data(garbage.utf8)).write(to: URL(fileURLWithPath: path))
    let outcome = try #require(try repair())
    #expect(outcome.decisions == 2 && outcome.removed.bytes == garbage.utf8.count)
    #expect(try String(contentsOfFile: outcome.side, encoding: .utf8) == garbage)
    #expect(outcome.removed.digest.hex == Chain.hash(garbage))
    var status = stat()
    #expect(stat(outcome.side, &status) == 0 && status.st_mode & 0o777 == 0o600)
    let after = try Data(contentsOf: URL(fileURLWithPath: path))
    #expect(after.prefix(before.count) == before)
    let contents = try Journal.read(path: path)
    #expect(contents.problems.isEmpty && contents.decisions.count == 3)
    #expect(contents.decisions.last?.act == .repair(outcome.removed))
    #expect(ReviewState(contents.decisions).decided.count == 2, "a repair decides nothing")
    #expect(try repair() == nil, "nothing is left to repair")
  }

  /// Sound lines behind a damaged one go along, which is told.
  @Test func decisionsBehindADamagedLineAreCounted() throws {
    do {
      var writer = try JournalWriter(path: path)
      for id in ["a", "b", "c", "d"] { _ = try writer.append(JournalTests.decision(id)) }
    }
    var lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map(String.init)
    lines[1] = "damaged"
    try (lines.joined(separator: "\n") + "\n").write(toFile: path, atomically: false, encoding: .utf8)
    let outcome = try #require(try repair())
    #expect(outcome.decisions == 1 && outcome.readableLines == 2)
  }

  @Test func aFileThatIsNoJournalIsRepairedOnlyInItsPlace() throws {
    try "notes\n".write(toFile: path, atomically: false, encoding: .utf8)
    #expect(throws: JournalError.self) { _ = try repair() }
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "notes\n")
    let outcome = try #require(try repair(known: true))
    #expect(try String(contentsOfFile: outcome.side, encoding: .utf8) == "notes\n")
    #expect(throws: JournalError.self) {
      _ = try JournalRepair.run(path: path + ".none", reviewer: "ada", at: 0, isKnownJournal: true)
    }
    #expect(access(path + ".none", F_OK) != 0)
  }
}
