import Foundation
import Glibc
import Model
import Review
import Synchronization
import Testing

/// What a power cut may leave behind, made from the writes and syncs that a writer does: what was synced is there, of
/// the rest any part, or blocks of zeros. And what a hand may do to the file.
@Suite struct PowerCutTests {
  private enum Call: Sendable {
    case write([UInt8])
    case sync
  }

  /// - Returns: the calls of a session, and how many decisions were acknowledged after each of them.
  private static func record(syncs: Bool) throws -> (calls: [Call], acknowledged: [Int]) {
    let path = FileManager.default.temporaryDirectory.appending(path: "cut-\(UUID().uuidString)").path
    let calls = Mutex<[Call]>([])
    var operations = JournalFileOperations.real
    operations.write = { descriptor, bytes in
      calls.withLock { $0.append(.write([UInt8](bytes))) }
      return write(descriptor, bytes.baseAddress, bytes.count)
    }
    operations.synchronize = { _ in
      // The guard taken out: a writer that calls saved what was never synced.
      if syncs { calls.withLock { $0.append(.sync) } }
      return 0
    }
    var writer = try JournalWriter(path: path, operations: operations)
    var acknowledged: [Int] = []
    for index in 0..<8 {
      let decision = index == 4 ? PartsTests.bulk(12_000) : JournalTests.decision("s\(index)")
      _ = try writer.append(decision)
      let count = calls.withLock { $0.count }
      acknowledged += [Int](repeating: index, count: count - acknowledged.count - 1) + [index + 1]
    }
    return (calls.withLock { $0 }, acknowledged)
  }

  /// - Returns: how many images were looked at, and how many lost an acknowledged decision.
  private static func cut(syncs: Bool, images: Int) throws -> (images: Int, lost: Int) {
    let (calls, acknowledged) = try record(syncs: syncs)
    var random = SystemRandomNumberGenerator()
    var lost = 0
    for _ in 0..<images {
      let last = Int.random(in: 0..<calls.count, using: &random)
      var durable: [UInt8] = []
      var pending: [UInt8] = []
      for call in calls[...last] {
        switch call {
        case .write(let bytes): pending += bytes
        case .sync:
          durable += pending
          pending = []
        }
      }
      pending = Array(pending.prefix(Int.random(in: 0...pending.count, using: &random)))
      if Bool.random(using: &random), !pending.isEmpty {
        // Blocks whose length was written and whose content was not.
        let start = Int.random(in: 0..<pending.count, using: &random)
        for index in start..<min(pending.count, start + 4096) { pending[index] = 0 }
      }
      let contents = (durable + pending).withUnsafeBytes(Journal.parse)
      if contents.decisions.count < acknowledged[last] { lost += 1 }
    }
    return (images, lost)
  }

  @Test func whatWasAcknowledgedSurvivesEveryCut() throws {
    #expect(try Self.cut(syncs: true, images: Self.number("CUTS") ?? 600).lost == 0)
  }

  @Test func aWriterThatDoesNotSyncIsFoundOut() throws {
    #expect(try Self.cut(syncs: false, images: 200).lost > 0)
  }

  /// A last line of zeros, line feed included, is what a cut may leave: it can be repaired, and nothing else is lost.
  @Test func garbageAtTheEndCanBeRepaired() throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "garbage-\(UUID().uuidString)").path
    do {
      var writer = try JournalWriter(path: path)
      _ = try writer.append(JournalTests.decision("a"))
    }
    let handle = try #require(FileHandle(forWritingAtPath: path))
    try handle.seekToEnd()
    try handle.write(contentsOf: Data(repeating: 0, count: 700) + Data("\n".utf8))
    #expect(throws: JournalError.self) { _ = try JournalWriter(path: path) }
    _ = try JournalRepair.run(path: path, reviewer: "ada", at: 0, isKnownJournal: false)
    var writer = try JournalWriter(path: path)
    let appended = try writer.append(JournalTests.decision("b"))
    #expect(appended.sequence == 3)
  }

  /// The long forms.
  private static func number(_ variable: String) -> Int? {
    ProcessInfo.processInfo.environment[variable].flatMap { Int($0) }
  }

  /// Alters a journal of nine decisions in `rounds` ways.
  /// - Returns: how often what was read of it is not what was decided.
  private static func tamper(rounds: Int, read: ([UInt8]) -> [Decision]) throws -> Int {
    let path = FileManager.default.temporaryDirectory.appending(path: "tampered-\(UUID().uuidString)").path
    var writer = try JournalWriter(path: path)
    for index in 0..<9 { _ = try writer.append(JournalTests.decision("s\(index)")) }
    let original = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    let decisions = writer.decisions
    let lines = Self.lines(of: original)
    var random = SystemRandomNumberGenerator()
    var deceived = 0
    for round in 0..<rounds {
      var altered = original
      let place = Int.random(in: 0..<original.count, using: &random)
      switch round % 5 {
      case 0: altered[place] ^= UInt8.random(in: 1...255, using: &random)
      case 1: altered.remove(at: place)
      case 2: altered.insert(.random(in: 0...255, using: &random), at: place)
      case 3:
        var moved = lines
        moved.swapAt(.random(in: 0..<9, using: &random), .random(in: 0..<9, using: &random))
        altered = moved.flatMap { $0 + [UInt8(ascii: "\n")] }
      default:
        var fewer = lines
        fewer.remove(at: .random(in: 0..<8, using: &random))
        altered = fewer.flatMap { $0 + [UInt8(ascii: "\n")] }
      }
      let read = read(altered)
      // A chain does not vouch for its own last line; all before it is what it was, and nothing is made up.
      let isSound =
        read.count <= 9 && Array(read.dropLast()) == Array(decisions.prefix(max(0, read.count - 1)))
      if !isSound { deceived += 1 }
    }
    return deceived
  }

  private static func lines(of journal: [UInt8]) -> [[UInt8]] {
    journal.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).dropLast().map(Array.init)
  }

  @Test func threeThousandTamperingsAreNoticed() throws {
    let rounds = Self.number("TAMPERINGS") ?? 3000
    #expect(try Self.tamper(rounds: rounds) { $0.withUnsafeBytes(Journal.parse).decisions } == 0)
  }

  /// The guard taken out: a reader that takes each line by itself.
  @Test func aReaderThatFollowsNoChainIsFoundOut() throws {
    let deceived = try Self.tamper(rounds: 200) { journal in
      Self.lines(of: journal).flatMap { line -> [Decision] in
        // The line as the first of a journal: nothing before it, number 1.
        var text = String(decoding: line, as: UTF8.self)
        guard let prev = text.range(of: "\"prev\":\""),
          let seq = text.range(of: #""seq":\d+"#, options: .regularExpression)
        else { return [] }
        let number = UInt64(text[seq].dropFirst(6)) ?? 0
        text = text[..<prev.upperBound] + String(repeating: "0", count: 64) + "\"}"
        text = text.replacing(#/"seq":\d+/#, with: "\"seq\":1")
        var decisions = Array((text + "\n").utf8).withUnsafeBytes(Journal.parse).decisions
        for index in decisions.indices { decisions[index].sequence = number }
        return decisions
      }
    }
    #expect(deceived > 0)
  }
}
