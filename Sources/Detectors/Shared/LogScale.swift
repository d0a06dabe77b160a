import Glibc

/// Scores on a logarithmic scale, on which a distance that is twice the usual one lies as far out as one of half of it.
enum LogScale {
  /// - Parameter scores: at least 0, or NaN. Zeros (copies at distance 0) become the smallest score above 0: how far in
  ///   they lie does not matter.
  /// - Returns: NaN where there is no score, and everywhere where none is above 0.
  static func of(_ scores: [Float]) -> [Float] {
    let minimum = scores.reduce(Float.infinity) { $1 > 0 ? min($0, $1) : $0 }
    guard minimum.isFinite else { return scores.map { _ in .nan } }
    return scores.map { $0.isNaN ? Float.nan : log(max($0, minimum)) }
  }
}
