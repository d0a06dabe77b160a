import Foundation
import Model
import Review

/// Writing and reading a journal of `count` decided samples: as one decision, and as a decision each.
func benchmarkJournal(count: Int) throws {
  let digest = Digest(bytes: [UInt8](repeating: 0xA5, count: 32))
  func samples(_ range: Range<Int>) -> [Decision.SampleReference] {
    range.map { .init(id: "sample-\($0)", digest: digest) }
  }
  func decision(_ range: Range<Int>) -> Decision {
    Decision(
      at: 1_780_000_000_123, reviewer: "ada", samples: samples(range), act: .verdict(.poisoned),
      shown: .init(suspicion: 0.97, rank: 17, version: "0.1.0"))
  }
  let kinds = [
    ("one decision", [decision(0..<count)]), ("a decision each", (0..<count).map { decision($0..<$0 + 1) }),
  ]
  for (name, decisions) in kinds {
    let path = FileManager.default.temporaryDirectory.appending(path: "journal-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    func seconds(_ work: () throws -> Void) rethrows -> Double {
      let time = try ContinuousClock().measure(work)
      return time / .seconds(1)
    }
    let writing = try seconds { try Journal.write(decisions, toNew: path) }
    let bytes = (try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
    var found = 0
    // Reading writes nothing: the fastest of three is the least disturbed.
    let reading =
      try (0..<3).map { _ in
        try seconds { found = try Journal.read(path: path).decisions.count }
      }.min() ?? 0
    func rate(_ seconds: Double) -> Int { Int(Double(bytes) / 1e6 / seconds) }
    print(
      "\(name): \(found) read, \(bytes / 1_000_000) MB; write \(rate(writing)) MB/s, read \(rate(reading)) MB/s"
    )
  }
}
