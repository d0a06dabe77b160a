import Glibc
import Model
import Numerics
import Scanning

/// What fusion makes of all detectors.
package struct FusionResult: Sendable {
  /// [N], 0...1, finite.
  package var suspicion: [Float]
  /// [N], index into `hypotheses`.
  package var hypothesis: [UInt8]
  package var hypotheses: [String]
  /// Those of the evidence and of sources and times, corrected, numbered, the strongest first.
  package var findings: [Finding]
  package var contributions: Contributions
  /// Of the detectors, for a fusion of nearly the same evidence.
  package var views: [DetectorView]
}

/// Many detectors to one suspicion in 0...1: the probability that a sample is poison, as far as sets with a known truth
/// can teach it.
///
/// The content alone orders the samples (`SuspicionScore`): each detector counts by how far it can be trusted on this
/// set (`ReliabilityModel`), findings add their evidence. Sources and times raise the score where the content is more
/// suspicious than chance makes it (`OriginLift`). A curve learnt on other sets and the prevalence of poison in this one
/// make a probability of it; of a member of a finding, another curve alone. Only members of a group that chance does not
/// explain reach 0.5: no single sample, however odd, is evidence that a set is attacked. Detectors that the weights do not know
/// are ignored.
package enum EvidenceFusion {
  /// Attacks by their codes; 0 is no suspicion of any.
  package static let hypotheses = ["none", "label-flip", "backdoor", "outlier", "flood"]
  /// What a sample without group evidence stays below.
  private static let ceiling: Float = 0.499
  /// Share of a set that gets a hypothesis without a finding: the 5 % that are most suspicious.
  private static let leadingShare = 0.95

  /// - Parameter known: views that an earlier fusion of the same samples has made.
  /// - Throws: never.
  package static func combine(
    _ evidence: FusionEvidence, weights: FusionWeights, known: [DetectorView] = [],
    workers: Workers = Workers(threads: 1)
  ) throws -> FusionResult {
    var evidence = evidence
    evidence.findings = corrected(evidence.findings)
    evidence.detectors.removeAll { !weights.detectors.contains($0.info.name) }
    let views = try FusionViews(evidence, known: known, workers: workers)
    let score = SuspicionScore(views) { weights.reliability.reliability(of: $0.name, $1) }
    let contributions = contributions(score, slope: weights.calibration.slope)
    let lift = OriginLift(evidence, scores: score.values, isExplained: { views.decades[$0] > 0 }) {
      attack(of: $0, contributions)
    }
    let lifted = zip(score.values, lift.values).map { $0 + $1 }
    let ratios = lifted.map(weights.calibration.logRatio)
    let prevalence = Prevalence(logRatios: ratios)
    let suspicion = (0..<views.count).map { row in
      let isMember = views.decades[row] > 0
      let level = logistic(
        isMember
          ? weights.memberCalibration.logRatio(lifted[row]) : ratios[row] + prevalence.logOdds)
      // A ten-thousandth of the range is left to the order of samples on a flat part of the curve.
      let p = level + 1e-4 * (logistic(lifted[row] / 4) - level)
      // Below the ceiling the order stays what it was.
      return isMember || lift.isMember[row] ? p : min(p, ceiling - 0.009 * (1 - p))
    }
    let findings = numbered(evidence.findings + lift.findings)
    return FusionResult(
      suspicion: suspicion, hypothesis: leading(suspicion, contributions, findings), hypotheses: hypotheses,
      findings: findings,
      contributions: contributions.adding(
        lift.values.map { $0 * weights.calibration.slope }, to: .origin), views: views.detectors)
  }

  private static func logistic(_ x: Float) -> Float { 1 / (1 + exp(-x)) }

  private static func contributions(_ score: SuspicionScore, slope: Float) -> Contributions {
    Contributions(
      families: DetectorInfo.Family.allCases, values: Column(score.parts.map { $0 * slope }))
  }

  /// The attack of the strongest finding that a sample belongs to, else of the family of the largest contribution, where the
  /// sample is among the most suspicious of its set.
  private static func leading(
    _ suspicion: [Float], _ contributions: Contributions, _ findings: [Finding]
  ) -> [UInt8] {
    let order = Ranks.percentiles(suspicion)
    var result = suspicion.indices.map { row -> UInt8 in
      guard Double(order[row]) >= leadingShare,
        let top = contributions.of(row).max(by: { $0.value < $1.value }),
        top.value > 0
      else { return 0 }
      return code(of: attack(seenBy: top.family))
    }
    for finding in findings.reversed() {
      for member in finding.members { result[Int(member)] = code(of: finding.attack) }
    }
    return result
  }

  /// The attack that the summed contributions of some samples are evidence of.
  private static func attack(of rows: [Int], _ contributions: Contributions) -> String {
    var sums = contributions.families.map { ($0, Float(0)) }
    for row in rows {
      for (index, part) in contributions.of(row).enumerated() { sums[index].1 += part.value }
    }
    return attack(seenBy: sums.max { $0.1 < $1.1 }?.0 ?? .density)
  }

  private static func attack(seenBy family: DetectorInfo.Family) -> String {
    switch family {
    case .labels, .gradients: "label-flip"
    case .representation, .triggers: "backdoor"
    case .density, .origin: "outlier"
    case .duplicates: "flood"
    }
  }

  private static func code(of attack: String) -> UInt8 { UInt8(hypotheses.firstIndex(of: attack) ?? 0) }

  /// A finding that came with a p-value alone is corrected for all of its kind (Benjamini & Hochberg).
  private static func corrected(_ findings: [Finding]) -> [Finding] {
    var findings = findings
    for kind in Finding.Kind.allCases {
      let uncorrected = findings.indices.filter { findings[$0].kind == kind && findings[$0].qValue == nil }
      let corrected = Tails.benjaminiHochberg(uncorrected.map { findings[$0].pValue ?? .nan })
      for (index, q) in zip(uncorrected, corrected) { findings[index].correct(to: q) }
    }
    return findings
  }

  /// Ranked by evidence, and called by the kind's letter and a number.
  private static func numbered(_ findings: [Finding]) -> [Finding] {
    let ranked = findings.indices.sorted { a, b in
      let (x, y) = (findings[a], findings[b])
      if x.strength != y.strength { return x.strength > y.strength }
      return x.statistic == y.statistic ? a < b : x.statistic > y.statistic
    }
    var counts: [Finding.Kind: Int] = [:]
    return ranked.map { index in
      var finding = findings[index]
      counts[finding.kind, default: 0] += 1
      finding.id = "\(finding.kind.letter)\(counts[finding.kind] ?? 0)"
      return finding
    }
  }
}
