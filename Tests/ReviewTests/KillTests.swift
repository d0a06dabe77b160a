import Foundation
import Glibc
import Review
import Synchronization
import Testing

/// A process that decides is killed at random moments; what it acknowledged must be there when the journal is opened
/// again.
@Suite struct KillTests {
  let folder: URL
  var path: String { folder.appending(path: "review.jsonl").path }

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "kill-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  static var feeder: URL {
    URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
      .appending(path: "JournalFeeder")
  }

  /// Lets a feeder run and kills it, a moment after it has acknowledged so many decisions: not after a time, as a busy
  /// machine would have begun nothing by then.
  /// - Returns: the numbers that it acknowledged.
  func feedAndKill(from first: UInt64, after decisions: Int, mode: String) throws -> [UInt64] {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = Self.feeder
    process.arguments = [path, "\(first)", mode]
    process.standardOutput = pipe
    try process.run()
    var acknowledged = Data()
    while acknowledged.count(where: { $0 == UInt8(ascii: "\n") }) < decisions {
      let more = pipe.fileHandleForReading.availableData
      if more.isEmpty { break }
      acknowledged += more
    }
    usleep(.random(in: 0...8_000))
    kill(process.processIdentifier, SIGKILL)
    acknowledged += try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    #expect(process.terminationReason == .uncaughtSignal || mode == "unlocked")
    return String(decoding: acknowledged, as: UTF8.self).split(separator: "\n").compactMap { UInt64($0) }
  }

  /// - Returns: how many decisions were acknowledged, and how many of them are gone.
  func killRepeatedly(rounds: Int, mode: String) throws -> (acknowledged: Int, lost: Int) {
    var acknowledged: Set<String> = []
    for round in 0..<rounds {
      let first = UInt64(round) * 1_000_000
      let decisions = Int.random(in: 0...5)
      acknowledged.formUnion(try feedAndKill(from: first, after: decisions, mode: mode).map(String.init))
      let contents = try Journal.readIfPresent(path: path)
      // A cut last line is all that a kill may leave behind.
      #expect(contents.problems.allSatisfy { $0.isTornTail })
    }
    let saved = Set(try Journal.readIfPresent(path: path).decisions.flatMap { $0.samples.map(\.id) })
    return (acknowledged.count, acknowledged.subtracting(saved).count)
  }

  /// KILLS=1000 is the long form.
  private static let kills = ProcessInfo.processInfo.environment["KILLS"].flatMap(Int.init) ?? 100

  @Test func everyAcknowledgedDecisionSurvivesKills() throws {
    let (acknowledged, lost) = try killRepeatedly(rounds: Self.kills, mode: "sound")
    #expect(acknowledged > Self.kills, "the test killed before anything was decided")
    #expect(lost == 0)
  }

  /// Two processes extend one journal, and one or the other is killed: what either acknowledged is there, in one chain.
  @Test func twoWritersThatAreKilledLoseNothing() throws {
    var acknowledged: Set<String> = []
    for round in 0..<Self.kills / 5 {
      let found = Mutex<Set<String>>([])
      let done = DispatchGroup()
      for side in 0..<2 {
        done.enter()
        Thread.detachNewThread { [self] in
          let first = UInt64(2 * round + side) * 1_000_000
          let numbers = (try? feedAndKill(from: first, after: .random(in: 0...5), mode: "sound")) ?? []
          found.withLock { $0.formUnion(numbers.map(String.init)) }
          done.leave()
        }
      }
      done.wait()
      acknowledged.formUnion(found.withLock { $0 })
    }
    let contents = try Journal.read(path: path)
    #expect(contents.problems.allSatisfy { $0.isTornTail })
    #expect(acknowledged.count > Self.kills / 5)
    #expect(acknowledged.subtracting(contents.decisions.flatMap { $0.samples.map(\.id) }).isEmpty)
  }

  /// The guard taken out: two writers that hold no lock break the chain.
  @Test func writersWithoutALockAreFoundOut() throws {
    let done = DispatchGroup()
    for side in 0..<2 {
      done.enter()
      Thread.detachNewThread { [self] in
        _ = try? feedAndKill(from: UInt64(side) * 1_000_000, after: 100, mode: "unlocked")
        done.leave()
      }
    }
    done.wait()
    #expect(try Journal.read(path: path).problems.contains { !$0.isTornTail })
  }

  /// The guard taken out: the test above sees a journal that acknowledges before it writes.
  @Test func aJournalThatAcknowledgesEarlyIsFoundOut() throws {
    let (_, lost) = try killRepeatedly(rounds: 40, mode: "early")
    #expect(lost > 0)
  }
}
