import Model
import Numerics
import Scanning

/// How much earlier a sample is learned than nearly all samples of every other class: its mean margin over the epochs of
/// training (the area under the margin), less the 99th percentile of the class in which that lies highest. A model learns a trigger
/// before what the classes are made of, so the samples that hold one have the smallest losses of the first epochs (Li et
/// al., "Anti-backdoor learning", NeurIPS 2021, section 3.2); some natural classes are easy as well, but rarely is one
/// alone. Range unbounded; NaN without a label or finite features.
struct EarlyLearned: Detector {
  let info = DetectorInfo(
    name: "early-learned", family: .gradients, summary: "learned before the easiest of other classes")
  private static let minClasses = 3
  private static let minClassSize = 10
  private static let share = 0.99

  func run(on input: ScanInput) throws -> Detection {
    let margins = try input.derived(LearningCurves.init).meanMargins
    let easiest = input.rowsByClass.map { rows -> Float in
      let known = rows.map { margins[$0] }.filter(\.isFinite)
      return known.count >= Self.minClassSize ? Float(Statistics.quantile(known, Self.share)) : -.infinity
    }
    guard easiest.count(where: \.isFinite) >= Self.minClasses else {
      throw CannotRun("needs \(Self.minClasses) classes of \(Self.minClassSize) samples")
    }
    // The highest of the others: of the easiest class itself, the second.
    let order = easiest.indices.sorted { easiest[$0] > easiest[$1] }
    let (first, second) = (order[0], order[1])
    return Detection(
      scores: try Needs.scoreLabelled(input) { row, label in
        margins[row] - easiest[label == first ? second : first]
      })
  }
}
