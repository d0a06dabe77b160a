import Glibc
import Model
import Scanning

/// A significant item that no stronger one explains.
struct Trigger<Site: Comparable & Sendable>: Sendable {
  let item: Candidate<Site>
  /// Class that stands out, -1 where the members have several.
  let label: Int
  /// Of all holders, how many are expected to have the label.
  let expected: Double
  /// Holders with the label that stands out; where none is named, those whose label is not what the rest of the sample
  /// says.
  let members: [Int32]
  /// The other holders.
  let cleanHolders: [Int32]

  /// Share of the holders that are members.
  var purity: Double { Double(members.count) / Double(max(1, members.count + cleanHolders.count)) }
}

extension MiningContext {
  /// By row log p over the significant one, and at most a quarter for what was only screened.
  /// - Parameter evidence: `Screening.evidence`.
  func scores(_ confirmed: [Candidate<Source.Site>], _ evidence: [Float]) -> [Float] {
    var scores = evidence.map { evidence -> Float in
      let share = evidence / Float(-significance)
      return 0.25 * share / (1 + share)
    }
    for item in confirmed {
      let share = Float(item.statistic.logP(dispersion: dispersion) / significance)
      for row in members(of: item) { scores[Int(row)] = max(scores[Int(row)], share) }
    }
    return scores
  }

  /// Holders with the label that stands out, or with any where none is named.
  private func members(of item: Candidate<Source.Site>) -> [Int32] {
    item.rows.filter {
      let label = labels[Int($0)]
      return label >= 0 && (item.statistic.label < 0 || label == item.statistic.label)
    }
  }

  func trigger(_ item: Candidate<Source.Site>) -> Trigger<Source.Site> {
    let holders = item.rows.filter { labels[Int($0)] >= 0 }
    var label = item.statistic.label
    let members = label >= 0 ? members(of: item) : unexpected(holders, at: item.site)
    if label < 0 {
      // Covers with their true labels hide the label that nearly all the others have.
      let counts = members.reduce(into: [Int: Int]()) { $0[labels[Int($1)], default: 0] += 1 }
      if let (mode, count) = counts.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }),
        Double(count) >= MiningParameters.minShareOfLabel * Double(members.count)
      {
        label = mode
      }
    }
    let isMember = Set(members)
    return Trigger(
      item: item, label: label,
      expected: item.statistic.label < 0
        ? 0 : item.statistic.expected / item.statistic.holders * Double(holders.count),
      members: members, cleanHolders: holders.filter { !isMember.contains($0) })
  }

  /// Whether an item stands out among the holders that stronger triggers do not explain.
  func standsOut(_ item: Candidate<Source.Site>, beside explained: Set<Int32>) -> Bool {
    let rest = item.rows.filter { !explained.contains($0) }
    if rest.count == item.rows.count { return true }
    let heldOut = Set(item.rows).union(explained).sorted()
    guard let statistic = statistic(of: item, over: rest, heldOut: heldOut),
      statistic.label == item.statistic.label
    else { return false }
    return statistic.logP(dispersion: dispersion) < log(MiningParameters.levelOfRest)
  }

  func finding(_ trigger: Trigger<Source.Site>) -> Finding {
    let all = trigger.members.count + trigger.cleanHolders.count
    let classes = input.dataset.classes
    let labels =
      classes.indices.contains(trigger.label)
      ? "\(trigger.members.count) \"\(displayText(classes[trigger.label]))\" where "
        + counted(Int(trigger.expected.rounded()), "is", "are") + " expected"
      : "\(trigger.members.count) under labels that do not fit"
    let logP = trigger.item.statistic.logP(dispersion: dispersion)
    return Finding(
      kind: .trigger, attack: "backdoor",
      sentence: "\(source.phrase(trigger.item)) in \(all) samples, \(labels)",
      label: Int32(trigger.label), statisticName: "z",
      statistic: trigger.item.statistic.z(dispersion: dispersion),
      pValue: min(1, exp(logP)), qValue: min(1, exp(logP + logTests)),
      purity: trigger.purity, members: Column(trigger.members),
      cleanHolders: Column(trigger.cleanHolders), item: source.item(trigger.item))
  }
}
