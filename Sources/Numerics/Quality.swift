/// How well a score finds what is known to be poison. Higher scores mean more suspicion; NaN counts as the lowest
/// score; every measure is NaN where the truth is all one or nothing.
package enum Quality {
  /// Chance that a poisoned sample scores above a clean one, ties counted half.
  package static func auroc(_ scores: [Float], truth: [Bool]) -> Double {
    let steps = curve(scores, truth)
    guard let last = steps.last, last.hits > 0, last.alarms > 0 else { return .nan }
    var area = 0.0
    var before = (hits: 0, alarms: 0)
    for step in steps {
      area += Double(step.alarms - before.alarms) * Double(step.hits + before.hits) / 2
      before = step
    }
    return area / (Double(last.hits) * Double(last.alarms))
  }

  /// Mean precision over the poisoned samples, each at the threshold that first takes it in; tied scores come in
  /// together.
  package static func averagePrecision(_ scores: [Float], truth: [Bool]) -> Double {
    let steps = curve(scores, truth)
    guard let last = steps.last, last.hits > 0, last.alarms > 0 else { return .nan }
    var sum = 0.0
    var before = 0
    for step in steps {
      sum += Double(step.hits - before) * Double(step.hits) / Double(step.hits + step.alarms)
      before = step.hits
    }
    return sum / Double(last.hits)
  }

  /// Largest share of the poison above a threshold that at most `rate` of the clean samples are above.
  package static func truePositiveRate(
    _ scores: [Float], truth: [Bool], atFalsePositiveRate rate: Double
  ) -> Double {
    let steps = curve(scores, truth)
    guard let last = steps.last, last.hits > 0, last.alarms > 0 else { return .nan }
    let allowed = rate * Double(last.alarms)
    let hits = steps.last { Double($0.alarms) <= allowed }?.hits ?? 0
    return Double(hits) / Double(last.hits)
  }

  /// Expected share of poison among the `k` highest scores, tied ones in random order.
  package static func precision(_ scores: [Float], truth: [Bool], at k: Int) -> Double {
    let steps = curve(scores, truth)
    guard k > 0, let last = steps.last, last.hits > 0, last.alarms > 0 else { return .nan }
    var before = (hits: 0, alarms: 0)
    for step in steps {
      let taken = before.hits + before.alarms
      let size = step.hits + step.alarms - taken
      if taken + size >= k {
        let share = Double(k - taken) / Double(size)
        return (Double(before.hits) + share * Double(step.hits - before.hits)) / Double(k)
      }
      before = step
    }
    return Double(last.hits) / Double(k)
  }

  /// Poisoned and clean samples at or above each distinct score, from the highest down.
  private static func curve(_ scores: [Float], _ truth: [Bool]) -> [(hits: Int, alarms: Int)] {
    precondition(scores.count == truth.count)
    let lowest = -Float.infinity
    let values = scores.map { $0.isNaN ? lowest : $0 }
    let order = Ranks.descending(values)
    var steps: [(hits: Int, alarms: Int)] = []
    var count = (hits: 0, alarms: 0)
    for (position, row) in order.enumerated() {
      if truth[row] { count.hits += 1 } else { count.alarms += 1 }
      if position + 1 == order.count || values[order[position + 1]] != values[row] { steps.append(count) }
    }
    return steps
  }
}
