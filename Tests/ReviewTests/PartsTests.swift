import Foundation
import Glibc
import Model
import Review
import Testing

/// A decision over so many samples that it takes several lines: one decision, one undo, and nothing while it is torn.
@Suite struct PartsTests {
  let folder: URL
  var path: String { folder.appending(path: "review.jsonl").path }

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "parts-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  static func bulk(_ count: Int) -> Decision {
    let digest = Digest(bytes: [UInt8](repeating: 9, count: 32))
    return Decision(
      at: 1_780_000_000_123, reviewer: "ada",
      samples: (0..<count).map { .init(id: "sample-\($0)", digest: digest) },
      act: .verdict(.poisoned), by: "finding T1")
  }

  @Test func aLargeDecisionIsBoundedLinesAndReadAsOne() throws {
    var writer = try JournalWriter(path: path)
    _ = try writer.append(JournalTests.decision("before"))
    let saved = try writer.append(Self.bulk(60_000))
    let after = try writer.append(JournalTests.decision("after"))
    let lines = try Data(contentsOf: URL(fileURLWithPath: path)).split(separator: UInt8(ascii: "\n"))
    #expect(lines.count > 5 && lines.allSatisfy { $0.count <= 1 << 20 })
    #expect(saved.sequence == 2 && after.sequence == UInt64(lines.count))
    let contents = try Journal.read(path: path)
    #expect(contents.problems.isEmpty)
    let known = writer.decisions
    #expect(contents.decisions == known)
    #expect(contents.decisions[1].samples == Self.bulk(60_000).samples)
    // One undo takes all of it back.
    let undo = try writer.append(JournalTests.decision("", .undo(saved.sequence)))
    let state = ReviewState(try Journal.read(path: path).decisions)
    #expect(undo.sequence == after.sequence + 1)
    #expect(state.verdict(of: "sample-59999") == nil && state.verdict(of: "after") == .poisoned)
    #expect(state.decision(saved.sequence)?.samples.count == 60_000)
  }

  @Test func aTornLargeDecisionDoesNotCount() throws {
    var writer = try JournalWriter(path: path)
    _ = try writer.append(JournalTests.decision("before"))
    let whole = try Data(contentsOf: URL(fileURLWithPath: path)).count
    _ = try writer.append(Self.bulk(30_000))
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    let ends = bytes.indices.filter { bytes[$0] == UInt8(ascii: "\n") }
    #expect(ends.count > 3)
    let cuts = ends.dropFirst().dropLast().flatMap { [$0, $0 + 1, $0 + 2] } + [whole + 1, bytes.count - 1]
    for cut in cuts {
      try bytes.prefix(cut).write(to: URL(fileURLWithPath: path))
      #expect(try Journal.read(path: path).decisions.count == 1)
      var next = try JournalWriter(path: path)
      let torn = next.tornTailPath
      let side = try #require(torn)
      #expect(try Data(contentsOf: URL(fileURLWithPath: side)) == bytes[whole..<cut])
      let after = try next.append(JournalTests.decision("after"))
      #expect(after.sequence == 2)
      #expect(try Journal.read(path: path).problems.isEmpty)
    }
  }

  /// Lines of another decision between the parts, or parts that do not add up, are no accident of a cut.
  @Test func partsThatDoNotFitAreNamed() throws {
    var writer = try JournalWriter(path: path)
    _ = try writer.append(Self.bulk(30_000))
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map(String.init)
    func problem(_ lines: [String]) -> JournalProblem? {
      Data(Chain.linked(lines).utf8).withUnsafeBytes(Journal.parse).problems.first
    }
    #expect(problem(lines) == nil)
    var fewer = lines
    fewer[0] = fewer[0].replacing("\"total\":30000", with: "\"total\":29999")
    #expect(problem(fewer)?.reason.contains("hold 30,000 samples, not 29,999") == true)
    #expect(problem([lines[1]])?.reason == "is a part of no decision")
    let ofAnother = [lines[0], lines[1].replacing("\"of\":1,", with: "\"of\":2,")] + lines[2...]
    #expect(problem(ofAnother)?.reason.contains("stands between the parts") == true)
    let single = "{\"at\":\"2026-01-01T00:00:00Z\",\"reviewer\":\"eve\",\"samples\":[],\"seq\":2,\"v\":1,"
    let between = [lines[0], single + "\"verdict\":\"clean\",\"prev\":\"\"}"] + lines[1...]
    #expect(problem(between)?.reason.contains("stands between the parts") == true)
  }

  /// What earlier versions wrote as one line beyond any bound is read.
  @Test func aLineOfAnyLengthIsRead() throws {
    let samples = (0..<900_000).map { "{\"id\":\"\($0)-\(String(repeating: "x", count: 70))\"}" }.joined(
      separator: ",")
    let line =
      "{\"at\":\"2026-01-01T00:00:00Z\",\"reviewer\":\"ada\",\"samples\":[\(samples)],\"seq\":1,\"v\":1,"
      + "\"verdict\":\"poisoned\",\"prev\":\"\"}"
    try Chain.linked([line]).write(toFile: path, atomically: false, encoding: .utf8)
    #expect(line.utf8.count > 64 << 20)
    var writer = try JournalWriter(path: path)
    let first = writer.decisions.first
    #expect(first?.samples.count == 900_000)
    let appended = try writer.append(JournalTests.decision("x"))
    #expect(appended.sequence == 2)
  }
}

/// Lines of a journal, altered, with a chain that holds again.
enum Chain {
  static func linked(_ lines: [String]) -> String {
    var prev = String(repeating: "0", count: 64)
    var text = ""
    for (index, line) in lines.enumerated() {
      let body = line.replacing(/"prev":"[0-9a-f]*"\}$/, with: "\"prev\":\"\(prev)\"}")
        .replacing(/"seq":[0-9]+/, with: "\"seq\":\(index + 1)", maxReplacements: 1)
      text += body + "\n"
      prev = hash(body)
    }
    return text
  }

  /// SHA-256 by a program that is not ours.
  static func hash(_ line: String) -> String {
    let process = Process()
    let (input, output) = (Pipe(), Pipe())
    process.executableURL = URL(fileURLWithPath: "/usr/bin/sha256sum")
    process.standardInput = input
    process.standardOutput = output
    guard (try? process.run()) != nil else { return "" }
    // Written beside the read, since neither pipe holds a long line.
    Thread.detachNewThread {
      try? input.fileHandleForWriting.write(contentsOf: Data(line.utf8))
      try? input.fileHandleForWriting.close()
    }
    let text = String(decoding: (try? output.fileHandleForReading.readToEnd()) ?? Data(), as: UTF8.self)
    process.waitUntilExit()
    return String(text.prefix(64))
  }
}
