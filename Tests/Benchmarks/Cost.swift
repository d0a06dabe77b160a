import Glibc
import Model
import Scan

/// What each stage of a scan costs at some number of samples, twice and four times as many, in processor time, and the
/// exponent of its growth at each doubling and over both: log₂ of the ratio, 1 where cost is linear. Of three scans the
/// median counts, stage by stage. Marked is what grows faster over both than it should.
func benchmarkCost(_ payload: SyntheticPayload?, columns: Int, classes: Int, smallest: Int) throws {
  let counts = [smallest, 2 * smallest, 4 * smallest]
  var stages: [String] = []
  var seconds: [[String: Double]] = []
  for count in counts {
    let made =
      payload?.dataset(rows: count, columns: columns, classes: classes)
      ?? Synthetic(rows: count, columns: columns, classes: classes).dataset
    guard let dataset = made?.streamed else { return }
    let scans = try (0..<3).map { _ in
      let meter = StageMeter()
      _ = try Scanner.scan(dataset, options: ScanOptions(threads: 2), progress: { meter.see($0) })
      return meter.stages
    }
    // A scan without suspects has no second round.
    stages += scans[0].map(\.name).filter { !stages.contains($0) }
    seconds.append(
      Dictionary(grouping: scans.joined(), by: \.name).mapValues { runs in
        runs.map(\.processor).sorted()[runs.count / 2]
      })
  }
  let heads = counts.map { "s at \($0)" } + ["exponent", "exponent", "over both"]
  print(padded("stage", 24) + heads.map { padded($0, -12) }.joined())
  for stage in stages {
    let own = seconds.map { $0[stage] ?? 0 }
    // Less is what a detector takes to say that it cannot run.
    if own.contains(where: { $0 >= 0.001 }) { printRow(stage, own) }
  }
  printRow("all", seconds.map { $0.values.sorted().reduce(0, +) })
}

private func printRow(_ name: String, _ seconds: [Double]) {
  // What takes no time has no growth worth a number.
  func exponent(_ before: Double, _ after: Double, doublings: Double = 1) -> Double? {
    before <= 0 || after < 0.02 ? nil : (100 * log2(after / before) / doublings).rounded() / 100
  }
  let both = exponent(seconds[0], seconds[2], doublings: 2)
  let growth = [exponent(seconds[0], seconds[1]), exponent(seconds[1], seconds[2]), both].map { exponent in
    exponent.map { "\($0)" } ?? "-"
  }
  print(
    padded(name, 24) + (seconds.map { "\(rounded($0))" } + growth).map { padded($0, -12) }.joined()
      + ((both ?? 0) > maxExponent ? " *" : ""))
}

private let maxExponent = 1.25

/// To the left in a field of `width`, to the right where it is negative.
private func padded(_ text: String, _ width: Int) -> String {
  let space = String(repeating: " ", count: max(0, abs(width) - text.count))
  return width < 0 ? space + text : text + space
}
