import Numerics
import Scanning

/// Findings of several miners without those that tell of a trigger that another one tells of better: the characters of
/// a word, a patch at a fixed place that is also a patch at any.
package enum DistinctTriggers {
  /// Of triggers that are mostly the same, or of which one is mostly a part of the other, one stays: one that names a
  /// label before one that does not, then the one of the miner that was asked first, as they are asked in the order in
  /// which their items say most to a person, a word before its characters; but one that hits clearly more gives way to
  /// none.
  package static func among(_ findings: [Finding]) -> [Finding] {
    let triggers = findings.indices.filter { findings[$0].kind == .trigger }
    var kept: [Int] = []
    for index in triggers.filter({ findings[$0].label >= 0 }) + triggers.filter({ findings[$0].label < 0 }) {
      let same = kept.filter { areSame(findings[$0], findings[index]) }
      let held = same.reduce(0) { $0 + excess(findings[$1]) }
      let isLess = same.contains { findings[$0].label >= 0 } && findings[index].label < 0
      let hitsMore = Double(excess(findings[index])) > clearly * Double(held)
      let isPure = same.allSatisfy { Self.isPure(findings[index], beside: findings[$0]) }
      guard same.isEmpty || (!isLess && hitsMore && isPure) else { continue }
      kept.removeAll { same.contains($0) }
      kept.append(index)
    }
    let stays = Set(kept)
    return findings.indices.filter { findings[$0].kind != .trigger || stays.contains($0) }.map {
      findings[$0]
    }
  }

  private static let clearly = 1.2
  private static let lessPure = 0.05

  private static func excess(_ finding: Finding) -> Int { finding.members.count - finding.cleanHolders.count }

  private static func isPure(_ finding: Finding, beside other: Finding) -> Bool {
    guard let own = finding.purity, let purity = other.purity else { return false }
    return own > purity - lessPure
  }

  private static let part = 0.8

  private static func areSame(_ finding: Finding, _ other: Finding) -> Bool {
    let (a, b) = (Array(finding.members), Array(other.members))
    return SharedRows.areMostly(a, b)
      || Double(SortedSets.common(a, b)) > part * Double(min(a.count, b.count))
  }
}
