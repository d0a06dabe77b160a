import Foundation
import TestSupport
import Testing

/// A review in a real terminal that is killed: what the screen called decided is in the journal.
@Suite struct ReviewKillTests {
  private static let rounds = 100

  @Test func whatTheScreenCountsAsDecidedSurvivesAHundredKills() throws {
    let folder = try ScratchFolder()
    var lines = ["id,label,x,y"]
    for row in 0..<2000 { lines.append("r\(row),\(row % 2 == 0 ? "a" : "b"),\(row % 7),\(row % 11)") }
    let dataset = try folder.write("rows.csv", lines.joined(separator: "\n") + "\n")
    #expect(try Program.run(["scan", dataset, "--quiet"]).status == 0)
    let journal = dataset + ".case/review.jsonl"

    var random = SeededGenerator(11)
    var decided = 0
    for round in 0..<Self.rounds {
      let killed = try review(dataset, in: folder, lives: Int.random(in: 0...400, using: &random))
      let log = try Program.run(["log", journal])
      // By sample: on a slow machine a key may come before the marks, and decide a sample again.
      let saved = Set(log.output.split(separator: "\n").compactMap { $0.split(separator: " ").last }).count
      #expect(saved >= killed.shown, "round \(round): the screen showed \(killed.shown), \(saved) are there")
      // What the next round begins with is what this one left.
      #expect(killed.first.map { $0 == decided } ?? true, "round \(round) began with \(killed.first ?? -1)")
      decided = saved
    }
    #expect(
      decided > Self.rounds / 4, "\(decided) decisions in all: the rounds decided too little to show anything"
    )
    #expect(try Program.run(["verify", journal]).status == 0)
  }

  /// A window that is closed ends the session as its signal says, not by a fault.
  @Test func aTerminalThatIsTakenAwayEndsTheSession() throws {
    let folder = try ScratchFolder()
    let dataset = try folder.write("rows.csv", "id,label,x\nr0,a,1\nr1,b,2\n")
    #expect(try Program.run(["scan", dataset, "--quiet"]).status == 0)
    let pty = try Pty(height: 24, width: 80)
    let process = try ReviewInTerminal(dataset, in: folder, on: pty).process
    _ = try #require(pty.take(until: "what next"), "the dashboard never came")
    pty.hangUp()
    process.waitUntilExit()
    #expect(process.terminationReason == .exit && process.terminationStatus == 128 + SIGHUP)
  }

  /// Opens the review, decides until it is killed `lives` milliseconds after its first frame.
  /// - Returns: the numbers of decisions that the first and the last whole frame showed.
  private func review(
    _ dataset: String, in folder: ScratchFolder, lives: Int
  ) throws -> (first: Int?, shown: Int) {
    let pty = try Pty(height: 24, width: 80)
    defer { pty.hangUp() }
    let review = try ReviewInTerminal(dataset, in: folder, on: pty)
    _ = try #require(pty.take(until: "what next"), "the dashboard never came")
    pty.type("Q")
    var frames = Frames()
    let end = ContinuousClock.now + .milliseconds(lives)
    var keys = ["\r", "}"].makeIterator()
    var decides = true
    while ContinuousClock.now < end {
      // ^L sends the whole frame, whose status line is then in one piece.
      pty.type(keys.next() ?? (decides ? "p" : "\u{0C}"))
      decides.toggle()
      usleep(70_000)
      frames.read(pty.take())
    }
    kill(try review.pid(), SIGKILL)
    review.process.waitUntilExit()
    frames.read(pty.take())
    return (frames.counts.first, frames.counts.last ?? 0)
  }

  /// The counts of poisoned samples in the status lines among what was sent to a terminal.
  private struct Frames {
    private var text = ""
    private(set) var counts: [Int] = []

    mutating func read(_ bytes: [UInt8]) {
      text += String(decoding: bytes, as: UTF8.self).replacing(
        /\u{1B}(\[[0-9;?]*[A-Za-z]|\([A-B0])/, with: "")
      counts = text.matches(of: /REVIEW [0-9,]+\/2,000 . P ([0-9,]+) C/).compactMap {
        Int($0.output.1.replacing(",", with: ""))
      }
    }
  }
}
