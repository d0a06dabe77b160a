import Glibc
import Numerics
import Scanning

/// The power mean of what the detectors say of each sample, Σ_d w_d x_d^p to the power of 1/p with p = 3/2, each weighted by
/// the square of its reliability.
struct DetectorMean {
  /// By sample.
  let values: [Float]
  /// [N, families]: what each family adds to `values`, in proportion to its part of Σ w x^p.
  let parts: [Float]
  let median: Float
  /// One over the distance from the median to the 99th percentile.
  let scale: Float

  /// - Parameter reliabilities: by detector of the views, from 0; where all are 0 every mean is.
  init(_ views: FusionViews, reliabilities: [Float]) {
    let width = DetectorInfo.Family.allCases.count
    let total = reliabilities.reduce(Float(0)) { $0 + $1 * $1 }
    var parts = [Float](repeating: 0, count: views.count * width)
    for (view, reliability) in zip(views.detectors, reliabilities) where total > 0 {
      let family = view.family.index
      let weight = reliability * reliability / total
      for row in 0..<views.count {
        let x = view.level(row)
        parts[row * width + family] += weight * x * x.squareRoot()
      }
    }
    var values = [Float](repeating: 0, count: views.count)
    for row in 0..<views.count {
      let range = row * width..<(row + 1) * width
      // The cube root of the square of the sum of x^(3/2).
      let sum = parts[range].reduce(0, +)
      values[row] = cbrt(sum * sum)
      for index in range where sum > 0 { parts[index] *= values[row] / sum }
    }
    let quantiles = Statistics.quantiles(values, [0.5, 0.99])
    self.values = values
    self.parts = parts
    median = Float(quantiles[0])
    scale = Float(1 / max(quantiles[1] - quantiles[0], 1e-9))
  }
}
