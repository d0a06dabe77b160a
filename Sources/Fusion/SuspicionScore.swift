import Glibc
import Model
import Numerics
import Scanning

/// The order of the samples of one set: the scores of its detectors, each weighted by its reliability there, and the
/// evidence of the findings.
///
/// score = (s − median) / (99th percentile − median) + decades. s is the power mean of exponent 3/2 over the detectors d
/// of x_d = tail + ½ near, weighted by the square of d's reliability: between the mean, in which one witness of an attack
/// drowns among many that look for another one, and the largest, which any detector's noise decides. decades, up to 8, is
/// the evidence of the strongest finding that holds the sample.
///
/// The reliability is the model's, and then what the set says of it: of the samples that score highest by the model alone,
/// how high each detector puts them (pseudo ground truth; Rayana & Akoglu, "Less is more: building selective anomaly
/// ensembles", TKDD 2016). For given reliabilities the score never falls when a detector or a finding rises for a sample.
package struct SuspicionScore: Sendable {
  /// By sample.
  package let values: [Float]
  /// [N, families]: what each family's detectors and findings add to the score of an average sample.
  let parts: [Float]
  /// By detector of the views.
  package let reliabilities: [Float]

  private static let maxDecades: Float = 8

  package init(_ views: FusionViews, reliability: (DetectorView, DetectorContext) -> Float) {
    let expected = zip(views.detectors, views.contexts).map(reliability)
    let first = DetectorMean(views, reliabilities: expected)
    let leaders = LeadingSamples(Self.scores(first, views))
    reliabilities = zip(expected, leaders.support(of: views.detectors)).map { $0 * $1 }
    let mean = DetectorMean(views, reliabilities: reliabilities)
    values = Self.scores(mean, views)
    parts = Self.parts(mean, views)
  }

  private static func scores(_ mean: DetectorMean, _ views: FusionViews) -> [Float] {
    mean.values.indices.map { row in
      (mean.values[row] - mean.median) * mean.scale + min(views.decades[row], maxDecades)
    }
  }

  private static func parts(_ mean: DetectorMean, _ views: FusionViews) -> [Float] {
    let width = DetectorInfo.Family.allCases.count
    var parts = mean.parts
    for family in 0..<width {
      let column = (0..<views.count).map { parts[$0 * width + family] }
      let middle = column.reduce(0, +) / Float(max(1, column.count))
      for row in 0..<views.count {
        let index = row * width + family
        parts[index] = (parts[index] - middle) * mean.scale
      }
    }
    for row in 0..<views.count {
      parts[row * width + Int(views.families[row])] += min(views.decades[row], maxDecades)
    }
    return parts
  }
}
