import Model
import Numerics
import Scanning

/// The order of the samples of one set: the scores of its detectors, each weighted by its reliability there, and the
/// evidence of the findings.
///
/// score = (s − median) / (99th percentile − median) + 0.5 · decades, where s is the mean over the detectors d of
/// (1 + lift) (tail + ½ near), weighted by the square of d's reliability, lift is that of the sample's class in d (`ClassLift`),
/// and decades, up to 8, is the evidence of the strongest finding that holds the sample. It never falls when a detector or a
/// finding rises for a sample and the lifts stay.
package struct SuspicionScore: Sendable {
  /// By sample.
  package let values: [Float]
  /// [N, families]: what each family's detectors and findings add to the score of an average sample.
  let parts: [Float]
  /// By detector of the views.
  package let reliabilities: [Float]

  private static let neighborWeight: Float = 0.5
  private static let decadeWeight: Float = 0.5
  private static let maxDecades: Float = 8

  package init(_ views: FusionViews, reliability: (DetectorView, DetectorContext) -> Float) {
    let families = DetectorInfo.Family.allCases
    reliabilities = zip(views.detectors, views.contexts).map(reliability)
    let total = reliabilities.reduce(Float(0)) { $0 + $1 * $1 }
    var parts = [Float](repeating: 0, count: views.count * families.count)
    // By class, the first of samples without a label.
    var factors = [Float](repeating: 1, count: views.classCount + 1)
    for (index, view) in views.detectors.enumerated() where total > 0 {
      let family = view.family.index
      let weight = reliabilities[index] * reliabilities[index] / total
      for lift in views.classLifts[index] { factors[lift.label + 1] = 1 + lift.value }
      for row in 0..<views.count {
        parts[row * families.count + family] +=
          weight * factors[Int(views.labels[row]) + 1]
          * (view.tail[row] + Self.neighborWeight * view.near[row])
      }
      for lift in views.classLifts[index] { factors[lift.label + 1] = 1 }
    }
    func sum(_ row: Int) -> Float {
      parts[row * families.count..<(row + 1) * families.count].reduce(0, +)
    }
    var sums = (0..<views.count).map(sum)
    let quantiles = Statistics.quantiles(sums, [0.5, 0.99])
    let scale = Float(1 / max(quantiles[1] - quantiles[0], 1e-9))
    for family in families.indices {
      let column = (0..<views.count).map { parts[$0 * families.count + family] }
      let middle = column.reduce(0, +) / Float(max(1, column.count))
      for row in 0..<views.count {
        let index = row * families.count + family
        parts[index] = (parts[index] - middle) * scale
      }
    }
    for row in 0..<views.count {
      let support = Self.decadeWeight * min(views.decades[row], Self.maxDecades)
      sums[row] = (sums[row] - Float(quantiles[0])) * scale + support
      parts[row * families.count + Int(views.families[row])] += support
    }
    values = sums
    self.parts = parts
  }
}
