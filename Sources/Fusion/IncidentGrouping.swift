import Model
import Scanning

/// Joins findings to incidents.
///
/// Findings of which one shares at least half of its flagged members with the other are one incident. Mechanisms come
/// first, the most specific at the head. A finding that touches several incidents joins them where they tell of the
/// same mechanism and label (groups of copies within one component), else it goes to the one that it shares most with:
/// two triggers are two attacks, however many wrong labels they have in common. What shares nothing stands alone.
package struct IncidentGrouping {
  private let findings: [Finding]
  private let isFlagged: [Bool]
  private var groups: [Group] = []

  private struct Group {
    /// Indices in `findings`, in the order in which they joined.
    var findings: [Int]
    var flagged: Set<Int32>
    /// Kind and label of the finding that it began with.
    var kind: Finding.Kind
    var label: Int32

    mutating func absorb(_ other: Group) {
      findings += other.findings
      flagged.formUnion(other.flagged)
    }
  }

  /// - Parameter findings: by falling evidence, as the fusion numbers them.
  package static func incidents(of findings: [Finding], suspicion: [Float]) -> [Incident] {
    var grouping = IncidentGrouping(findings, suspicion)
    for index in findings.indices.sorted(by: { grouping.precedes($0, $1) }) { grouping.add(index) }
    let incidents = grouping.groups.map(grouping.incident).sorted { a, b in
      let (x, y) = (a.strength, b.strength)
      if x != y { return x > y }
      if a.flagged != b.flagged { return a.flagged > b.flagged }
      return a.members.lexicographicallyPrecedes(b.members)
    }
    return incidents.enumerated().map { index, incident in
      var incident = incident
      incident.id = "I\(index + 1)"
      return incident
    }
  }

  private init(_ findings: [Finding], _ suspicion: [Float]) {
    self.findings = findings
    isFlagged = suspicion.map { $0 >= Report.flagThreshold }
  }

  private func precedes(_ a: Int, _ b: Int) -> Bool {
    let (x, y) = (findings[a].kind.order, findings[b].kind.order)
    return x != y ? x < y : a < b
  }

  private mutating func add(_ index: Int) {
    let finding = findings[index]
    let flagged = Set(finding.members.filter { isFlagged[Int($0)] })
    var touched: [(group: Int, shared: Int)] = []
    for (group, other) in groups.enumerated() where !flagged.isEmpty {
      let shared = other.flagged.intersection(flagged).count
      if shared > 0, 2 * shared >= min(flagged.count, other.flagged.count) { touched.append((group, shared)) }
    }
    guard let closest = touched.max(by: { ($0.shared, -$0.group) < ($1.shared, -$1.group) })?.group else {
      groups.append(Group(findings: [index], flagged: flagged, kind: finding.kind, label: finding.label))
      return
    }
    groups[closest].findings.append(index)
    groups[closest].flagged.formUnion(flagged)
    let (kind, label) = (groups[closest].kind, groups[closest].label)
    let known = groups
    let joined = touched.map(\.group).filter { known[$0].kind == kind && known[$0].label == label }
    let first = joined[0]
    for group in joined.dropFirst().reversed() { groups[first].absorb(groups.remove(at: group)) }
  }

  private func incident(_ group: Group) -> Incident {
    let own = group.findings.map { findings[$0] }
    let head = head(of: group)
    let mechanisms = own.filter { $0.kind.isMechanism }
    var members = Set<Int32>()
    for finding in mechanisms.isEmpty ? own : mechanisms { members.formUnion(finding.members) }
    if !mechanisms.isEmpty { members.formUnion(group.flagged) }
    let rest = own.filter { $0.id != head.id }
    return Incident(
      id: "", head: head.kind, attack: head.attack, sentence: head.sentence, label: head.label,
      statisticName: head.statisticName, statistic: head.statistic, pValue: head.pValue, qValue: head.qValue,
      findings: [head.id] + rest.map(\.id),
      when: rest.first { $0.kind.part == .when }?.sentence,
      origin: rest.first { $0.kind.part == .origin }?.sentence,
      members: Column(members.sorted()), flagged: members.count { isFlagged[Int($0)] })
  }

  /// The finding that names what was done: of the triggers that explain about as many of the flagged samples as the one of
  /// the strongest evidence, the most specific one.
  private func head(of group: Group) -> Finding {
    let own = group.findings.map { findings[$0] }
    let triggers = own.filter { $0.kind == .trigger }
    func explained(_ finding: Finding) -> Int { finding.members.count { group.flagged.contains($0) } }
    let strongest = group.findings.filter { findings[$0].kind == .trigger }.min()
    let known = strongest.map { explained(findings[$0]) } ?? 0
    let equal = triggers.filter { trigger in
      let other = explained(trigger)
      return Double(min(known, other)) >= Self.equalShare * Double(max(known, other))
    }
    return equal.enumerated().min { a, b in
      let (x, y) = (a.element.item?.breadth ?? .max, b.element.item?.breadth ?? .max)
      return (x, a.offset) < (y, b.offset)
    }?.element ?? own[0]
  }

  /// Share that the smaller of two numbers of explained samples is of the larger from which they count as equal.
  private static let equalShare = 0.8
}

extension Finding.Kind {
  fileprivate var isMechanism: Bool {
    if case .mechanism = part { true } else { false }
  }

  /// In which findings are taken up.
  fileprivate var order: Int {
    switch part {
    case .mechanism(let rank): rank
    case .context: 10
    case .when: 11
    case .origin: 12
    }
  }
}

extension Incident {
  /// Decades of evidence of its head, as `Finding.strength` has it.
  fileprivate var strength: Float { Finding.strength(ofQ: qValue) }
}
