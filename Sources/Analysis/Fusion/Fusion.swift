import Foundation
import Model

/// What fusion makes of all detectors.
package struct FusionResult: Sendable {
  package var suspicion: [Float]
  package var hypothesis: [UInt8]
  package var hypotheses: [String]
  package var suggestedLabels: [Int32]
  package var findings: [Finding]
}

/// Many detectors to one suspicion in 0...1 that never falls when evidence rises.
///
/// Each detector speaks in surprise, −ln of the share of samples that score as high (the mean of that in the whole set
/// and in the class), which has no scale of its own. Of a family, whose members see the same thing, the loudest counts;
/// the families' sum, with half of its mean over the nearest of the same class since poison comes in groups, orders the
/// samples. Only members of a group that chance does not explain reach 0.5, so that a clean set has next to no flags.
package enum Fusion {
  package static let hypotheses = ["none", "label-flip", "backdoor", "outlier", "flood"]

  package static func combine(
    input: ScanInput, results: [DetectorResult], findings: [Finding]
  ) -> FusionResult {
    let families = surprises(input, results)
    let own = (0..<input.count).map { row in families.reduce(Float(0)) { $0 + $1.values[row] } }
    let joined = smoothed(own, input)
    let order = Ranks.percentiles(joined)
    let ordered = numbered(findings)
    var suspicion = order.map { 0.49 * ($0.isNaN ? 0 : $0) }
    for finding in ordered where isEvidence(finding, of: input.count) {
      for member in finding.members where order[Int(member)] > 0.5 {
        suspicion[Int(member)] = max(suspicion[Int(member)], 0.5 + 0.5 * order[Int(member)])
      }
    }
    return FusionResult(
      suspicion: suspicion, hypothesis: leading(families, ordered, input.count), hypotheses: hypotheses,
      suggestedLabels: suggestions(input), findings: ordered)
  }

  /// Whether a group alone says that the set is attacked: a mined trigger, p (corrected) below one in a million, or for
  /// copies a group larger than natural repetition, 1 % of the set and 20.
  private static func isEvidence(_ finding: Finding, of count: Int) -> Bool {
    switch finding.kind {
    case .duplicates: finding.members.count >= max(20, count / 100)
    // Natural classes have two parts as often as poisoned ones: shown, but no evidence without a test against that.
    case .component: false
    // Mined at a family-wise error of 1 % over all items already; but natural curvature stretches over ranges of
    // values, so a trigger in ranges needs what any other group needs.
    case .trigger: isSpecific(finding.item) || finding.qValue < 1e-6
    default: finding.qValue < 1e-6
    }
  }

  private static func isSpecific(_ item: TriggerItem?) -> Bool {
    guard case .cells(let cells) = item else { return true }
    return cells.allSatisfy { $0.category != nil || $0.low == $0.high }
  }

  private static func surprises(
    _ input: ScanInput, _ results: [DetectorResult]
  ) -> [(family: DetectorInfo.Family, values: [Float])] {
    var families: [(family: DetectorInfo.Family, values: [Float])] = []
    for result in results {
      guard let raw = result.raw else { continue }
      let scores = Array(raw)
      let whole = Ranks.upperTail(scores)
      let within = Ranks.upperTail(scores, within: input.rowsByClass)
      let values = zip(whole, within).map { whole, within -> Float in
        guard !whole.isNaN else { return 0 }
        return within.isNaN ? -log(whole) : -(log(whole) + log(within)) / 2
      }
      if let place = families.firstIndex(where: { $0.family == result.info.family }) {
        for row in values.indices {
          families[place].values[row] = max(families[place].values[row], values[row])
        }
      } else {
        families.append((result.info.family, values))
      }
    }
    return families
  }

  private static func smoothed(_ values: [Float], _ input: ScanInput) -> [Float] {
    let table = input.classNeighbors
    guard table.k > 0 else { return values }
    return values.indices.map { row in
      let near = table.neighbors(of: row)
      guard !near.isEmpty else { return values[row] }
      return values[row] + 0.5 * near.reduce(Float(0)) { $0 + values[$1] } / Float(near.count)
    }
  }

  /// The attack of the strongest finding that a sample belongs to, else of the family that speaks loudest.
  private static func leading(
    _ families: [(family: DetectorInfo.Family, values: [Float])], _ findings: [Finding], _ count: Int
  ) -> [UInt8] {
    var result = (0..<count).map { row -> UInt8 in
      let top = families.max { $0.values[row] < $1.values[row] }
      guard let top, top.values[row] > 3 else { return 0 }
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

  /// Strongest first within a kind, and called by the kind's letter and a number.
  private static func numbered(_ findings: [Finding]) -> [Finding] {
    Finding.Kind.allCases.flatMap { kind in
      findings.filter { $0.kind == kind }.sorted { $0.statistic > $1.statistic }.enumerated().map {
        index, finding in
        var finding = finding
        finding.id = "\(kind.rawValue.prefix(1).uppercased())\(index + 1)"
        return finding
      }
    }
  }

  /// The most probable class where the model prefers it clearly: at least half, and not the given one.
  private static func suggestions(_ input: ScanInput) -> [Int32] {
    (0..<input.count).map { row in
      guard input.probabilities.columns > 1 else { return -1 }
      let probabilities = input.probabilities.row(row)
      guard let best = probabilities.indices.max(by: { probabilities[$0] < probabilities[$1] }),
        probabilities[best] >= 0.5, best - probabilities.startIndex != input.labels[row]
      else { return -1 }
      return Int32(best - probabilities.startIndex)
    }
  }
}
