import Glibc
import Numerics

/// The samples that a first score puts highest, as a stand-in for a truth that nobody knows: the first hundredth, at least
/// ten, and all that score as high as the last of them.
struct LeadingSamples {
  let rows: [Int]

  private static let share = 0.01
  private static let minCount = 10
  /// What of its reliability a detector keeps of which the leading samples say nothing: 0.1 to the power of a quarter.
  private static let floor: Float = 0.1
  private static let exponent: Float = 0.25

  init(_ scores: [Float]) {
    let count = max(Self.minCount, Int(Self.share * Double(scores.count)))
    let order = Ranks.descending(scores)
    guard count < order.count else {
      rows = order
      return
    }
    let least = scores[order[count - 1]]
    rows = scores.indices.filter { scores[$0] >= least }
  }

  /// By detector, a factor on its reliability: ((e / the largest e) + 0.1)^¼, where e from 0 is by how much the detector's
  /// mean over the leading samples exceeds that over all, relative to the latter.
  func support(of views: [DetectorView]) -> [Float] {
    let excess = views.map { view -> Float in
      let all =
        view.tail.indices.reduce(0.0) { $0 + Double(view.level($1)) } / Double(max(1, view.tail.count))
      guard all > 0, !rows.isEmpty else { return 0 }
      let leading = rows.reduce(0.0) { $0 + Double(view.level($1)) } / Double(rows.count)
      return Float(max(0, leading / all - 1))
    }
    let largest = max(excess.max() ?? 0, .leastNormalMagnitude)
    return excess.map { pow($0 / largest + Self.floor, Self.exponent) }
  }
}
