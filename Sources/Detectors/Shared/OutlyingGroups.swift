import Model
import Scanning

/// What a score of how far out a sample lies finds: members of the set's tail, and those that stand apart within classes.
enum OutlyingGroups {
  /// - Parameters:
  ///   - scores: NaN where there is none; at least 0 where they are no logarithms.
  ///   - areLogarithms: whether they are on a logarithmic scale already.
  ///   - what: completes "57 samples … than expected".
  static func findings(
    _ scores: [Float], areLogarithms: Bool = false, _ input: ScanInput, what: String
  ) -> [Finding] {
    let logarithms = areLogarithms ? scores : LogScale.of(scores)
    let tail = OutlierTail.findings(logarithms, input, what: what)
    let known = Set(tail.flatMap(\.members))
    // Whom the tail has told of already are not told again.
    return tail
      + ClassModes.findings(logarithms, input, what: what).filter { !known.isSuperset(of: $0.members) }
  }
}
