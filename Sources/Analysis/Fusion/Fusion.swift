import Model

/// What fusion makes of all detectors.
package struct FusionResult: Sendable {
  package var suspicion: [Float]
  package var hypothesis: [UInt8]
  package var hypotheses: [String]
  package var findings: [Finding]
  package var contributions: Contributions
}

/// Many detectors to one suspicion in 0...1 that never falls when evidence rises: the probability that a sample is
/// poison, as far as sets with a known truth can teach it.
///
/// Monotone trees, learnt by `FusionFit`, sum what the detectors say (`FusionInputs`); the findings that the sample
/// belongs to are added, and the sum is calibrated. Only members of a group that chance does not explain reach 0.5: no
/// single sample, however odd, says that a set is attacked. Detectors that the weights do not know are ignored, those
/// that did not run are missing.
package enum Fusion {
  package static let hypotheses = ["none", "label-flip", "backdoor", "outlier", "flood"]
  /// What a sample without group evidence stays below.
  private static let ceiling: Float = 0.499
  /// Share of a set that gets a hypothesis without a finding: the 5 % that are most suspicious.
  private static let leadingShare = 0.95

  package static func combine(
    _ evidence: FusionEvidence, weights: FusionWeights, workers: Workers = Workers(threads: 1)
  ) throws -> FusionResult {
    var evidence = evidence
    evidence.findings = numbered(evidence.findings)
    let inputs = FusionInputs(evidence)
    let learnt = weights.inputs.map { FusionInput(name: $0) }
    let columns = learnt.map { $0.flatMap { inputs.columns[$0] } }
    let groups = learnt.map { group(of: $0, evidence) }
    let support = Finding.Kind.allCases.map { kind in
      (
        kind, weights.calibration.evidence[kind.rawValue] ?? .init(membership: 0, decade: 0),
        inputs.columns[FusionInput(kind.rawValue, .finding)] ?? []
      )
    }
    let trees = MonotoneTrees(trees: weights.trees)
    let families = DetectorInfo.Family.allCases
    let blocks = try workers.map(count: inputs.count, blockSize: 1024) { rows -> [(Float, [Float])] in
      rows.map { row -> (Float, [Float]) in
        var parts = [Float](repeating: 0, count: families.count)
        let roots = parts.withUnsafeMutableBufferPointer {
          trees.explain(row, columns, groups: groups, into: $0)
        }
        parts = parts.map { $0 * weights.calibration.slope }
        var isSupported = false
        for (kind, evidence, column) in support where column[row] >= 1 {
          parts[place(kind.family)] += evidence.logOdds(column[row])
          isSupported = isSupported || evidence.counts
        }
        let z = weights.calibration.base + weights.calibration.slope * roots + parts.reduce(0, +)
        let p = weights.calibration.probability(z)
        // Below the ceiling the order stays what it was.
        return (isSupported ? p : min(p, ceiling - 0.009 * (1 - p)), parts)
      }
    }
    let fused = blocks.flatMap { $0 }
    let suspicion = fused.map(\.0)
    let contributions = Contributions(families: families, values: Column(fused.flatMap(\.1)))
    return FusionResult(
      suspicion: suspicion, hypothesis: leading(suspicion, contributions, evidence.findings),
      hypotheses: hypotheses, findings: evidence.findings, contributions: contributions)
  }

  private static func place(_ family: DetectorInfo.Family) -> Int {
    DetectorInfo.Family.allCases.firstIndex(of: family) ?? 0
  }

  /// The family that an input's contribution counts to. An input whose detector did not run has one all the same: what
  /// the side of the missing gives.
  private static func group(of input: FusionInput?, _ evidence: FusionEvidence) -> Int {
    guard let input else { return 0 }
    if input.channel == .finding, let kind = Finding.Kind(rawValue: input.source) {
      return place(kind.family)
    }
    let known = evidence.detectors.first { $0.info.name == input.source }?.info.family
    return place(known ?? DetectorRegistry.family(of: input.source) ?? .density)
  }

  /// The attack of the strongest finding that a sample belongs to, else of the family that speaks loudest, where the
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

  private static func attack(seenBy family: DetectorInfo.Family) -> String {
    switch family {
    case .labels, .gradients: "label-flip"
    case .representation, .triggers: "backdoor"
    case .density, .origin: "outlier"
    case .duplicates: "flood"
    }
  }

  private static func code(of attack: String) -> UInt8 { UInt8(hypotheses.firstIndex(of: attack) ?? 0) }

  /// Ranked by evidence, and called by the kind's letter and a number. A finding that came with a p-value alone is
  /// corrected for all of its kind (Benjamini & Hochberg).
  private static func numbered(_ findings: [Finding]) -> [Finding] {
    var findings = findings
    for kind in Finding.Kind.allCases {
      let places = findings.indices.filter { findings[$0].kind == kind && findings[$0].qValue == nil }
      let corrected = Tails.benjaminiHochberg(places.map { findings[$0].pValue ?? .nan })
      for (place, q) in zip(places, corrected) { findings[place].correct(to: q) }
    }
    let ranked = findings.indices.sorted { a, b in
      let (x, y) = (findings[a], findings[b])
      if x.strength != y.strength { return x.strength > y.strength }
      return x.statistic == y.statistic ? a < b : x.statistic > y.statistic
    }
    var counts: [Finding.Kind: Int] = [:]
    return ranked.map { index in
      var finding = findings[index]
      counts[finding.kind, default: 0] += 1
      finding.id = "\(finding.kind.rawValue.prefix(1).uppercased())\(counts[finding.kind] ?? 0)"
      return finding
    }
  }
}
