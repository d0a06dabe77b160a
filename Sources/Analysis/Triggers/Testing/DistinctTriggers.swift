/// Findings of several miners without those that tell of a trigger that another one tells of better: the characters of a
/// word, a patch at a fixed place that is also a patch at any.
enum DistinctTriggers {
  /// Of triggers that share more than half of all their members only the first stays: miners are asked in the order in
  /// which their items say most to a person, a word before its characters.
  static func among(_ findings: [Finding]) -> [Finding] {
    var kept: [Finding] = []
    for finding in findings {
      let isTold = kept.contains {
        $0.kind == .trigger && finding.kind == .trigger
          && TriggerSelection.overlap(Array($0.members), Array(finding.members)) > 0.5
      }
      if !isTold { kept.append(finding) }
    }
    return kept
  }
}
