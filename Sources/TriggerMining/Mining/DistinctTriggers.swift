import Numerics
import Scanning

/// Of findings of several miners about one trigger, the one that describes it best: of a word and its characters, of a
/// patch at a fixed position and the same patch at any.
package enum DistinctTriggers {
  /// Of triggers that share most of their members, or of which one is mostly a part of the other, one is kept: one that
  /// names a label before one that does not, then the one of the first miner, as miners run in the order in which their
  /// items say most to a person, a word before its characters. One that explains clearly more, as purely, replaces them.
  package static func among(_ findings: [Finding]) -> [Finding] {
    let triggers = findings.indices.filter { findings[$0].kind == .trigger }
    var kept: [Int] = []
    for index in triggers.filter({ findings[$0].label >= 0 }) + triggers.filter({ findings[$0].label < 0 }) {
      let same = kept.filter { overlap(findings[$0], findings[index]) }
      let held = same.reduce(0) { $0 + excess(findings[$1]) }
      let isUnnamed = same.contains { findings[$0].label >= 0 } && findings[index].label < 0
      let explainsMore = Double(excess(findings[index])) > minGain * Double(held)
      let isPure = same.allSatisfy { Self.isPure(findings[index], beside: findings[$0]) }
      guard same.isEmpty || (!isUnnamed && explainsMore && isPure) else { continue }
      kept.removeAll { same.contains($0) }
      kept.append(index)
    }
    let stays = Set(kept)
    return findings.indices.filter { findings[$0].kind != .trigger || stays.contains($0) }.map {
      findings[$0]
    }
  }

  private static let minGain = 1.2
  private static let maxLossOfPurity = 0.05

  private static func excess(_ finding: Finding) -> Int { finding.members.count - finding.cleanHolders.count }

  private static func isPure(_ finding: Finding, beside other: Finding) -> Bool {
    guard let own = finding.purity, let purity = other.purity else { return false }
    return own > purity - maxLossOfPurity
  }

  private static let minContained = 0.8

  private static func overlap(_ finding: Finding, _ other: Finding) -> Bool {
    let (a, b) = (Array(finding.members), Array(other.members))
    return SortedSets.jaccard(a, b) > 0.5
      || Double(SortedSets.common(a, b)) > minContained * Double(min(a.count, b.count))
  }
}
