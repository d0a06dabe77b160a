import Model
import Numerics

/// Columns of numbers are distributed as in the baseline. The probabilities are corrected for the number of columns
/// (Benjamini & Hochberg, 1995).
struct NumberDriftCheck: Check {
  let name = "number-drift"
  let summary = "columns of numbers against the baseline"

  func run(on input: CheckInput) -> [CheckResult] {
    let limits = input.policy.drift
    switch Result(input) {
    case .failure(let reason): return [notApplicable(reason.text)]
    case .success(let columns):
      let tests = columns.pairs.compactMap { pair -> (name: String, test: KolmogorovSmirnov)? in
        guard case .numbers(let before) = pair.before, case .numbers(let now) = pair.now else { return nil }
        return KolmogorovSmirnov(before, now).map { (pair.name, $0) }
      }
      guard !tests.isEmpty else { return [notApplicable("the baseline has no such columns of numbers")] }
      let corrected = Tails.benjaminiHochberg(tests.map(\.test.pValue))
      let shifted = zip(tests, corrected).filter { pair, q in
        pair.test.distance > limits.maxKS && q < limits.alpha
      }
      return shifted.isEmpty
        ? [pass("\(counted(tests.count, "column")) as before")]
        : shifted.map { pair, _ in broken(input, pair.test.sentence, subject: pair.name) }
    }
  }
}

/// Categories of columns, and sources, have the shares that they had.
struct CategoryDriftCheck: Check {
  let name = "category-drift"
  let summary = "categories and sources against the baseline"
  let level = Level.warn

  /// Beyond, a column holds texts rather than categories.
  private static let maxNames = 1000

  func run(on input: CheckInput) -> [CheckResult] {
    guard let baseline = input.baseline else { return [notApplicable("there is no baseline")] }
    var pairs: [(name: String, before: Categories, now: Categories)] = []
    if let before = baseline.report.sources, let now = input.data.sources {
      pairs.append(("source", before, now))
    }
    if case .success(let columns) = Result(input) {
      for pair in columns.pairs {
        if case .categories(let before) = pair.before, case .categories(let now) = pair.now {
          pairs.append((pair.name, before, now))
        }
      }
    }
    let tests = pairs.compactMap { pair -> (name: String, drift: ShareDrift)? in
      guard pair.before.names.count <= Self.maxNames, pair.now.names.count <= Self.maxNames else {
        return nil
      }
      let counts = ClassShares.joined(Self.side(pair.before), Self.side(pair.now))
      return ShareDrift(before: counts.before, now: counts.now).map { (pair.name, $0) }
    }
    guard !tests.isEmpty else { return [notApplicable("the baseline has no such categories")] }
    let shifted = tests.filter { $0.drift.isShift(input.policy.drift) }
    return shifted.isEmpty
      ? [pass("\(counted(tests.count, "column")) as before")]
      : shifted.map { broken(input, $0.drift.sentence, subject: $0.name) }
  }

  private static func side(_ cells: Categories) -> (names: [String], counts: [Int]) {
    (cells.names, ClassShares.counts(cells.codes, classes: cells.names.count))
  }
}
