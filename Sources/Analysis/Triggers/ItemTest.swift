import Glibc

/// How far the labels of an item's holders lie from what the rest of their content says.
package struct ItemStatistic: Sendable, Equatable {
  /// Class whose count stands out; -1 for the test that names none (many labels are wrong at once, as after an
  /// all-to-all backdoor).
  package var label: Int32
  /// Holders, copies counted once.
  var holders: Double
  /// Holders with `label`; for label -1 the summed surprise Σ(1 - q(y)).
  var observed: Double
  var expected: Double
  var variance: Double
  /// (observed - expected) / √(variance · inflation + ½).
  package var z: Double
  /// Natural logarithm of a bound on the probability of so many, for one item looked at alone.
  package var logP: Double
}

/// Tests items against the expectation: z = (n_ay - Σ_A q_i(y)) / √(Σ_A q_i(y)(1 - q_i(y)) · (1 + ρ(n - 1)) + ½).
///
/// ρ is the empirical null. In clean data an item shifts the labels of its holders beyond what q says, as q is
/// only a probe; the shift grows with n while the noise grows with √n, so frequent items reach large z without
/// any attack. As in the beta-binomial model the variance is inflated by 1 + ρ(n - 1), with ρ such that 95 % of
/// the set's own items have |z| < 1.96 (the idea of genomic control: Devlin and Roeder, 1999). A trigger is in a
/// few per mille of the items and hardly moves that quantile.
///
/// The p-value is Hoeffding's (1963, theorem 1) bound exp(-n · KL(observed / n, expected / n)), with n divided
/// by the same inflation. It is exact enough in the far tail, where the normal tail of z is far too small for
/// items whose expected count is below 1.
package struct ItemTest: Sendable {
  package let expectation: LabelExpectation
  /// ρ.
  package var dispersion: Double = 0

  package init(expectation: LabelExpectation) { self.expectation = expectation }
  /// Items with fewer holders are not tested.
  static let minimumHolders = 5

  /// Room for the sums of one item; one a thread.
  package struct Scratch {
    var counts: [Float]
    var sums: [Float]
    var squares: [Float]
    package init(classCount: Int) {
      counts = [Float](repeating: 0, count: classCount)
      sums = counts
      squares = counts
    }
  }

  /// The label that stands out most among the rows (ascending, each once), and the test without a label if that
  /// is stronger; nil with fewer than five holders.
  package func test(_ rows: UnsafeBufferPointer<Int32>, scratch: inout Scratch) -> ItemStatistic? {
    let classCount = expectation.classCount
    var holders: Float = 0
    var surprise: Float = 0
    var expectedSurprise: Float = 0
    var surpriseVariance: Float = 0
    scratch.counts.withUnsafeMutableBufferPointer { counts in
      scratch.sums.withUnsafeMutableBufferPointer { sums in
        scratch.squares.withUnsafeMutableBufferPointer { squares in
          counts.update(repeating: 0)
          sums.update(repeating: 0)
          squares.update(repeating: 0)
          expectation.probabilities.withUnsafeBufferPointer { q in
            for row in rows {
              let row = Int(row)
              let weight = expectation.weights[row]
              guard weight > 0 else { continue }
              holders += weight
              counts[Int(expectation.labels[row])] += weight
              surprise += weight * expectation.surprise[row]
              expectedSurprise += weight * expectation.expectedSurprise[row]
              surpriseVariance += weight * expectation.surpriseVariance[row]
              let base = row * classCount
              for k in 0..<classCount {
                let value = q[base + k]
                sums[k] += weight * value
                squares[k] += weight * value * value
              }
            }
          }
        }
      }
    }
    guard holders >= Float(Self.minimumHolders) - 1e-3 else { return nil }
    var best = statistic(
      label: -1, holders: Double(holders), observed: Double(surprise), expected: Double(expectedSurprise),
      variance: Double(surpriseVariance))
    for k in 0..<classCount where scratch.counts[k] > 0 {
      let candidate = statistic(
        label: Int32(k), holders: Double(holders), observed: Double(scratch.counts[k]),
        expected: Double(scratch.sums[k]), variance: Double(scratch.sums[k] - scratch.squares[k]))
      // The label is named unless naming none explains more: it is what a person can check.
      if best.label < 0 ? candidate.logP <= best.logP : candidate.z > best.z { best = candidate }
    }
    return best
  }

  private func statistic(
    label: Int32, holders: Double, observed: Double, expected: Double, variance: Double
  ) -> ItemStatistic {
    let inflation = 1 + dispersion * (holders - 1)
    let z = (observed - expected) / (max(0, variance) * inflation + 0.5).squareRoot()
    let logP = -holders / inflation * Self.divergence(observed / holders, expected / holders)
    return ItemStatistic(
      label: label, holders: holders, observed: observed, expected: expected, variance: max(0, variance),
      z: z,
      logP: observed > expected ? logP : 0)
  }

  /// Kullback-Leibler divergence of two coins.
  static func divergence(_ a: Double, _ b: Double) -> Double {
    let a = min(max(a, 0), 1)
    let b = min(max(b, 1e-6), 1 - 1e-6)
    let head = a > 0 ? a * log(a / b) : 0
    let tail = a < 1 ? (1 - a) * log((1 - a) / (1 - b)) : 0
    return max(0, head + tail)
  }

  /// ρ for which 95 % of the items of a set have |z| < 1.96, at least 0.
  static func dispersion(of items: [ItemStatistic]) -> Double {
    let items = items.filter { $0.label >= 0 && $0.holders >= Double(2 * minimumHolders) }
    guard items.count >= 100 else { return fallbackDispersion }
    func shareBeyond(_ dispersion: Double) -> Double {
      let beyond = items.count { item in
        let deviation = item.observed - item.expected
        let variance = item.variance * (1 + dispersion * (item.holders - 1)) + 0.5
        return deviation * deviation > 1.96 * 1.96 * variance
      }
      return Double(beyond) / Double(items.count)
    }
    if shareBeyond(0) <= 0.05 { return 0 }
    var low = 0.0
    var high = 1.0
    for _ in 0..<30 {
      let middle = (low + high) / 2
      if shareBeyond(middle) > 0.05 { low = middle } else { high = middle }
    }
    return high
  }

  /// Where a set has too few items to learn ρ from: a shift of the label odds of each item's holders by about a
  /// tenth of a standard deviation.
  static let fallbackDispersion = 0.01
}
