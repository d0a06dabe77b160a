import Glibc

/// From the sum of the trees and the findings that a sample belongs to, to the probability that it is poison.
///
/// z = base + slope · sum + Σ (membership + decades · strength) over the kinds of findings, none of whose factors is
/// negative; then a rising curve through points (z, share of poison) found by isotonic regression (Zadrozny & Elkan,
/// KDD 2002), read between its points along straight lines.
package struct SuspicionCalibration: Sendable, Equatable, Codable {
  package struct Evidence: Sendable, Equatable, Codable {
    /// Log odds that membership in a finding of the kind adds, and each decade of its evidence.
    package var membership: Float
    package var decade: Float
    package init(membership: Float, decade: Float) {
      self.membership = membership
      self.decade = decade
    }
    /// Whether findings of the kind speak for an attack at all.
    package var counts: Bool { membership + decade > 0 }

    /// - Parameter finding: the channel `finding`: 0 outside, else 1 + decades.
    package func logOdds(_ finding: Float) -> Float { finding >= 1 ? membership + decade * (finding - 1) : 0 }
  }

  package struct Point: Sendable, Equatable, Codable {
    package var z: Float
    package var share: Float
  }

  package var base: Float
  package var slope: Float
  /// By kind of finding.
  package var evidence: [String: Evidence]
  /// Rising in both.
  package var curve: [Point]

  var isSound: Bool {
    let values = [base, slope] + evidence.values.flatMap { [$0.membership, $0.decade] }
    let isCurve =
      !curve.isEmpty
      && zip(curve, curve.dropFirst()).allSatisfy { $0.z < $1.z && $0.share <= $1.share }
      && curve.allSatisfy { $0.z.isFinite && $0.share >= 0 && $0.share <= 1 }
    return values.allSatisfy(\.isFinite) && slope >= 0
      && evidence.values.allSatisfy { $0.membership >= 0 && $0.decade >= 0 } && isCurve
  }

  /// Rises with z, strictly inside of 0...1, so that the order of the samples is kept.
  package func probability(_ z: Float) -> Float {
    let level = read(z)
    // A ten-thousandth of the range is left to the order of samples on a flat part of the curve.
    return level + 1e-4 * (1 / (1 + exp(-z / 4)) - level)
  }

  private func read(_ z: Float) -> Float {
    guard let first = curve.first, let last = curve.last else { return 1 / (1 + exp(-z)) }
    if z <= first.z { return first.share }
    if z >= last.z { return last.share }
    var low = 0
    var high = curve.count - 1
    while high - low > 1 {
      let middle = (low + high) / 2
      if curve[middle].z <= z { low = middle } else { high = middle }
    }
    let part = (z - curve[low].z) / (curve[high].z - curve[low].z)
    return curve[low].share + part * (curve[high].share - curve[low].share)
  }
}
