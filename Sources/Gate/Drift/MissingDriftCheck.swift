import Model
import Numerics

/// Columns lack as many cells as in the baseline: by the difference of the shares, and the z-test of two proportions.
struct MissingDriftCheck: Check {
  let name = "missing-drift"
  let summary = "missing cells against the baseline"
  let level = Level.warn

  func run(on input: CheckInput) -> [CheckResult] {
    switch Result(input) {
    case .failure(let reason): return [notApplicable(reason.text)]
    case .success(let columns):
      guard !columns.pairs.isEmpty else { return [notApplicable("the baseline has no such columns")] }
      let results = columns.pairs.compactMap { result(of: $0, columns.counts, input) }
      return results.isEmpty ? [pass("\(counted(columns.pairs.count, "column")) as before")] : results
    }
  }

  private func result(
    of pair: BaselineColumns.Pair, _ counts: (before: Int, now: Int), _ input: CheckInput
  ) -> CheckResult? {
    func missing(_ values: TableColumn.Values) -> Double {
      Double(TableColumn(name: pair.name, values: values).missingRows.count)
    }
    let (a, b) = (missing(pair.before), missing(pair.now))
    let (n, m) = (Double(counts.before), Double(counts.now))
    guard n > 0, m > 0 else { return nil }
    let pooled = (a + b) / (n + m)
    let deviation = (pooled * (1 - pooled) * (1 / n + 1 / m)).squareRoot()
    guard deviation > 0 else { return nil }
    let difference = b / m - a / n
    let pValue = min(1, 2 * Tails.normalUpper(abs(difference) / deviation))
    guard abs(difference) > input.policy.drift.maxMissing, pValue < input.policy.drift.alpha else {
      return nil
    }
    return broken(input, "\(percent(a / n)) missing before, \(percent(b / m)) now", subject: pair.name)
  }
}
