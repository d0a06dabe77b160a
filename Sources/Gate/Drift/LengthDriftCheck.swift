import Model

/// Texts are as long as in the baseline.
struct LengthDriftCheck: Check {
  let name = "length-drift"
  let summary = "lengths of texts against the baseline"
  let level = Level.warn

  func run(on input: CheckInput) -> [CheckResult] {
    guard let baseline = input.baseline else { return [notApplicable("there is no baseline")] }
    guard let now = input.data.texts else { return [notApplicable("the samples are no texts")] }
    guard let data = baseline.data else { return [notApplicable(baseline.reason)] }
    guard let before = data.texts, let test = KolmogorovSmirnov(Self.lengths(before), Self.lengths(now))
    else {
      return [notApplicable("the baseline has no texts")]
    }
    return [test.isShift(input.policy.drift) ? broken(input, test.sentence) : pass(test.sentence)]
  }

  private static func lengths(_ texts: StringColumn) -> [Double] {
    texts.indices.map { row in texts.withUTF8(at: row) { Double($0.count) } }
  }
}
