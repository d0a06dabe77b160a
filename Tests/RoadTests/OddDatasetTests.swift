import Foundation
import TestSupport
import Testing

/// A thousand odd but valid datasets, and the first half of them once more in another process, whose hash seeds differ,
/// with two threads and the rows in another order. Each dataset has a result or a reason, and both times the same.
@Suite struct OddDatasetTests {
  private static let (count, compared) = (1000, 500)

  @Test func theResultDependsOnTheDataAlone() async throws {
    async let first = Self.sweep(Self.count, ["--threads", "1"])
    async let second = Self.sweep(Self.compared, ["--shuffled", "--threads", "2"])
    let (plain, shuffled) = try await (first, second)
    for outcome in [plain, shuffled] {
      let failed = outcome.output.split(separator: "\n").filter { $0.contains("FAILED") }
      #expect(!outcome.wasSignalled && failed.isEmpty, "\(failed.prefix(5)) \(outcome.errors.suffix(300))")
    }
    let lines = plain.output.split(separator: "\n")
    let others = shuffled.output.split(separator: "\n")
    #expect(lines.count == Self.count && others.count == Self.compared)
    let differing = zip(lines, others).filter { $0 != $1 }.map(\.0)
    #expect(differing.isEmpty, "\(differing.count) seeds differ: \(differing.prefix(10))")
    // Most of them are read, or the generator makes nothing of worth.
    #expect(lines.count { !$0.hasSuffix("refused") } > 3 * Self.count / 4)
  }

  private static func sweep(_ count: Int, _ options: [String]) async throws -> Program.Outcome {
    try await withCheckedThrowingContinuation { continuation in
      Thread.detachNewThread {
        continuation.resume(
          with: Result {
            try Program.run(["0", "\(count)"] + options, program: Program.path(of: "OddSweep"))
          })
      }
    }
  }
}
