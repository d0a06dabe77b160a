import Analysis
import Foundation
import Model

/// A whole scan of a made-up dataset: seconds for each stage and the process's peak memory.
enum ScanBenchmark {
  static func run(rows: Int, columns: Int, threads: Int) throws {
    let dataset = MadeUpDataset.make(rows: rows, columns: columns, classes: 10, seed: 7)
    let started = ContinuousClock.now
    let report = try Scanner.scan(
      dataset, options: ScanOptions(seed: 1, threads: threads), progress: { _ in }, checkCancellation: {})
    let seconds = started.duration(to: .now)
    print("scan \(rows) x \(columns), 10 classes, \(threads) threads")
    for timing in report.timings { print("  " + column(timing.stage, 28) + milliseconds(timing.seconds)) }
    print(
      "  " + column("all", 28)
        + milliseconds(Double(seconds.components.seconds) + Double(seconds.components.attoseconds) / 1e18))
    print("  " + column("peak memory", 28) + "\(peakMemoryMegabytes()) MB")
  }

  private static func column(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(1, width - text.count))
  }
  private static func milliseconds(_ seconds: Double) -> String { "\(Int((seconds * 1000).rounded())) ms" }
}

/// Peak resident memory of this process so far.
func peakMemoryMegabytes() -> Int {
  var usage = rusage()
  getrusage(RUSAGE_SELF, &usage)
  return usage.ru_maxrss / 1024
}
