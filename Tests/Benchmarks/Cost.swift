import Analysis
import Glibc
import Model

/// What each stage of a scan costs at 10,000, 20,000 and 40,000 samples, and the exponent of its growth at each
/// doubling: log₂ of the ratio of its seconds, 1 where cost is linear.
func benchmarkCost(_ payload: SyntheticPayload?, columns: Int, classes: Int) throws {
  let counts = [10_000, 20_000, 40_000]
  var reports: [Report] = []
  for count in counts {
    let made =
      payload?.dataset(rows: count, columns: columns, classes: classes)
      ?? Synthetic(rows: count, columns: columns, classes: classes).dataset
    guard let dataset = made?.streamed else { return }
    reports.append(try Scanner.scan(dataset, options: ScanOptions(threads: 2)))
  }
  let heads = counts.map { "s at \($0)" } + ["exponent", "exponent"]
  print(padded("stage", 24) + heads.map { padded($0, -12) }.joined())
  for (index, timing) in reports[0].timings.enumerated() {
    printRow(timing.stage, reports.map { $0.timings[index].seconds })
  }
  printRow("all", reports.map { $0.timings.reduce(0) { $0 + $1.seconds } })
}

private func printRow(_ name: String, _ seconds: [Double]) {
  let exponents = zip(seconds, seconds.dropFirst()).map { log2($1 / $0) }
  // What takes no time has no growth worth a number.
  let growth = zip(exponents, seconds.dropFirst()).map { $1 < 0.02 ? "-" : "\((100 * $0).rounded() / 100)" }
  print(
    padded(name, 24) + (seconds.map { "\(rounded($0))" } + growth).map { padded($0, -12) }.joined())
}

/// To the left in a field of `width`, to the right where it is negative.
private func padded(_ text: String, _ width: Int) -> String {
  let space = String(repeating: " ", count: max(0, abs(width) - text.count))
  return width < 0 ? space + text : text + space
}
