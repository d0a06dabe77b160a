import Glibc

/// A significant item that no stronger one explains.
struct Trigger: Sendable {
  let item: ItemReference
  /// Class that stands out, -1 where the members have several.
  let label: Int
  /// Holders, of all, that are expected to have the label.
  let expected: Double
  let z: Double
  let logP: Double
  /// Logarithm of p times the number of tests (Bonferroni).
  let logCorrected: Double
  /// Holders with the label that stands out; where none is named, those whose label is not what the rest of the sample
  /// says.
  let members: [Int32]
  /// The other holders.
  let cleanHolders: [Int32]

  /// Share of the holders that are members.
  var purity: Double { Double(members.count) / Double(max(1, members.count + cleanHolders.count)) }
}

/// From many overlapping items to one finding a trigger, and a score a sample.
struct TriggerSelection {
  let confirmation: TriggerConfirmation
  let dispersion: Double
  /// Logarithm of the number of tests that the items were chosen from.
  let logTests: Double
  let specificity: (Int) -> Int

  /// Family-wise error: one clean set in a thousand shows a finding that is none.
  static let level = 0.001
  /// What an item has to reach in the holders that no stronger trigger explains. It is one test of an item that is
  /// significant over all of its holders already, so it needs no correction.
  static let levelOfRest = 0.001

  /// Share of the members of a trigger without a label from which their label is named.
  private static let oneLabel = 0.9

  private var bound: Double { log(Self.level) - logTests }

  /// Score: log p over the bound, at most a quarter for what was only screened.
  func scores(_ confirmed: [Shortlist.Entry], screened: [Float]) -> [Float] {
    var scores = screened.map { evidence -> Float in
      let share = evidence / Float(-bound)
      return 0.25 * share / (1 + share)
    }
    for item in confirmed {
      let share = Float(item.statistic.logP(dispersion: dispersion) / bound)
      for row in members(of: item) { scores[Int(row)] = max(scores[Int(row)], share) }
    }
    return scores
  }

  /// Of the significant items those first that explain most: by their log likelihood ratio, which rises with holders
  /// that have the label and falls with such as have it no more often than expected. The p-value would prefer a part
  /// of a trigger's holders, as under `dispersion` more of them hardly lower it.
  func triggers(among confirmed: [Shortlist.Entry]) -> [Trigger] {
    var chosen: [Trigger] = []
    var explained = Set<Int32>()
    for item in Shortlist.ordered(
      confirmed.filter { $0.statistic.logP(dispersion: dispersion) < bound }, dispersion: 0, specificity)
    {
      let rows = item.item.rows
      if chosen.contains(where: { SharedRows.areMostly($0.item.rows, rows) }) { continue }
      guard stands(item, beside: explained) else { continue }
      let trigger = trigger(item)
      chosen.append(trigger)
      explained.formUnion(trigger.members)
    }
    return chosen
  }

  /// What a class naturally has shifts the odds of its label: where the rest of a sample points the same way it has the
  /// label, where not, not. A trigger makes the label, whatever the rest says. It may leave holders their labels on
  /// purpose (covers), but then the rest does not tell which holders are which: of six items that went with a label in
  /// fewer than nine of ten holders, natural ones had an area of 0.94 and 0.95, planted patches of 0.56 and 0.66. It errs
  /// where more than a trigger is planted, as with cells of outliers (1.00).
  func isNatural(_ trigger: Trigger) -> Bool {
    guard trigger.label >= 0, trigger.purity < Self.purityOfMaker else { return false }
    guard trigger.purity >= Self.minPurity else { return true }
    let holders = (trigger.members + trigger.cleanHolders).sorted()
    let area = confirmation.area(of: trigger.label, among: holders, place: trigger.item.place)
    return area > Self.greatestAreaOfRest
  }

  private static let purityOfMaker = 0.9
  private static let minPurity = 0.3
  private static let greatestAreaOfRest = 0.7

  private func trigger(_ item: Shortlist.Entry) -> Trigger {
    let labels = confirmation.expectation.labels
    let holders = item.item.rows.filter { labels[Int($0)] >= 0 }
    var label = item.statistic.label
    let members = label >= 0 ? members(of: item) : confirmation.unexpected(holders, place: item.item.place)
    if label < 0 {
      // Covers with their true labels hide the label that nearly all the others have.
      let counts = members.reduce(into: [Int: Int]()) { $0[labels[Int($1)], default: 0] += 1 }
      if let (most, count) = counts.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }),
        Double(count) >= Self.oneLabel * Double(members.count)
      {
        label = most
      }
    }
    let isMember = Set(members)
    let logP = item.statistic.logP(dispersion: dispersion)
    return Trigger(
      item: item.item, label: label,
      expected: item.statistic.label < 0
        ? 0 : item.statistic.expected / item.statistic.holders * Double(holders.count),
      z: item.statistic.z(dispersion: dispersion), logP: logP, logCorrected: logP + logTests,
      members: members, cleanHolders: holders.filter { !isMember.contains($0) })
  }

  /// Holders that an item speaks of.
  private func members(of item: Shortlist.Entry) -> [Int32] {
    let labels = confirmation.expectation.labels
    return item.item.rows.filter {
      let label = labels[Int($0)]
      return label >= 0 && (item.statistic.label < 0 || label == item.statistic.label)
    }
  }

  /// An item that is striking only by samples that stronger triggers explain is no trigger of its own.
  private func stands(_ item: Shortlist.Entry, beside explained: Set<Int32>) -> Bool {
    let rest = item.item.rows.filter { !explained.contains($0) }
    if rest.count == item.item.rows.count { return true }
    let heldOut = Set(item.item.rows).union(explained).sorted()
    guard
      let again = confirmation.statistic(of: rest, heldOut: heldOut, item: item.item),
      again.label == item.statistic.label
    else { return false }
    return again.logP(dispersion: dispersion) < log(Self.levelOfRest)
  }
}
