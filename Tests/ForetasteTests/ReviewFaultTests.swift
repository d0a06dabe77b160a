import Foundation
import Glibc
import TestSupport
import Testing

/// What a review in a real terminal says and ends with when the ground moves under its journal.
@Suite struct ReviewFaultTests {
  let folder: ScratchFolder
  let dataset: String
  var journal: String { dataset + ".case/review.jsonl" }

  init() throws {
    folder = try ScratchFolder()
    let rows = (0..<80).map { "r\($0),\($0 % 2 == 0 ? "a" : "b"),\($0 % 7),\($0 % 11)" }
    dataset = try folder.write("rows.csv", (["id,label,x,y"] + rows).joined(separator: "\n") + "\n")
    #expect(try run("scan", dataset, "--quiet").status == 0)
  }

  func run(_ arguments: String...) throws -> Program.Outcome {
    try Program.run(arguments, state: folder.url.path)
  }

  /// Opens the review on its queue.
  func open(_ pty: Pty) throws -> ReviewInTerminal {
    let review = try ReviewInTerminal(dataset, in: folder, on: pty)
    _ = try #require(pty.take(until: "what next"), "the dashboard never came")
    pty.type("Q")
    _ = try #require(pty.take(until: "QUEUE"))
    // A key within 60 ms of a sample's first frame decides nothing.
    usleep(150_000)
    return review
  }

  /// The decision that counts is in the file under the name, or the screen says NOT saved, the last word says where it
  /// is kept, and the status is that of a failed write, whatever ended the session.
  @Test(arguments: [("removed", SIGTERM), ("emptied", 0), ("replaced", 0)])
  func aJournalThatGoesIsNoticed(_ event: String, signal: Int32) throws {
    let pty = try Pty(height: 24, width: 120)
    defer { pty.hangUp() }
    let review = try open(pty)
    pty.type("p")
    _ = try #require(pty.take(until: "marked POISONED"))
    switch event {
    case "removed": unlink(journal)
    case "emptied": truncate(journal, 0)
    default:
      try FileManager.default.copyItem(atPath: journal, toPath: journal + ".copy")
      rename(journal + ".copy", journal)
    }
    usleep(150_000)
    pty.type("c")
    _ = try #require(pty.take(until: "NOT saved"), "\(event)")
    if signal == 0 { pty.type("gq") } else { kill(try review.pid(), signal) }
    review.process.waitUntilExit()
    let last = try #require(pty.take(until: "is NOT saved"), "\(event)")
    #expect(review.process.terminationStatus == 74)
    #expect(last.contains("1 decision is NOT saved"))
    let kept = try #require(
      FileManager.default.contentsOfDirectory(atPath: dataset + ".case").first { $0.contains(".unsaved-") })
    let log = try run("log", dataset + ".case/" + kept)
    #expect(log.output.split(separator: "\n").map { $0.split(separator: " ")[3] } == ["poisoned", "clean"])
  }

  /// Another process holds the journal's lock while a decision is taken, and lets go: what was decided again is saved.
  @Test(arguments: [true, false]) func aDecisionThatMetALockIsNotCalledSaved(_ isDecidedAgain: Bool) throws {
    let pty = try Pty(height: 24, width: 120)
    defer { pty.hangUp() }
    let review = try open(pty)
    pty.type("p")
    _ = try #require(pty.take(until: "marked POISONED"))
    let holder = Glibc.open(journal, O_RDONLY)
    defer { close(holder) }
    #expect(flock(holder, LOCK_EX) == 0)
    usleep(150_000)
    pty.type("c")
    _ = try #require(pty.take(until: "holds the lock"))
    #expect(flock(holder, LOCK_UN) == 0)
    if isDecidedAgain {
      pty.type("\u{1B}")
      usleep(150_000)
      pty.type("c")
      _ = try #require(pty.take(until: "marked CLEAN"))
    }
    kill(try review.pid(), SIGTERM)
    review.process.waitUntilExit()
    _ = try #require(pty.take(until: isDecidedAgain ? "all decisions are saved" : "1 decision is NOT saved"))
    #expect(review.process.terminationStatus == (isDecidedAgain ? 143 : 74))
    #expect(try run("log", journal).output.split(separator: "\n").count == (isDecidedAgain ? 2 : 1))
  }

  /// After a rescan has exchanged the case the session still holds its journal.
  @Test func noSecondSessionOpensAfterARescan() throws {
    let (first, second) = (try Pty(height: 24, width: 120), try Pty(height: 24, width: 120))
    defer {
      first.hangUp()
      second.hangUp()
    }
    let review = try open(first)
    #expect(try run("scan", dataset, "--force", "--quiet").status == 0)
    let other = try open(second)
    // What it said at its start is put away.
    second.type("\u{1B}")
    usleep(150_000)
    second.type("p")
    _ = try #require(second.take(until: "read-only: "))
    first.type("p")
    _ = try #require(first.take(until: "marked POISONED"))
    for (pty, session) in [(second, other), (first, review)] {
      pty.type("gq")
      session.process.waitUntilExit()
      #expect(session.process.terminationStatus == 0)
    }
    #expect(try run("log", journal).output.split(separator: "\n").count == 1)
  }

  @Test func aSecondSessionIsToldWhoHoldsTheJournal() throws {
    let (first, second) = (try Pty(height: 24, width: 120), try Pty(height: 24, width: 120))
    defer {
      first.hangUp()
      second.hangUp()
    }
    let review = try open(first)
    let pid = try review.pid()
    let other = try open(second)
    // What it said at its start is put away.
    second.type("\u{1B}")
    usleep(150_000)
    second.type("p")
    let said = try #require(second.take(until: "--journal FILE"))
    #expect(said.contains("process \(pid)"))
    second.type("gq")
    other.process.waitUntilExit()
    #expect(other.process.terminationStatus == 0)
    first.type("gq")
    review.process.waitUntilExit()
    #expect(review.process.terminationStatus == 0)
  }
}
