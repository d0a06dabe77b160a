import Glibc

/// A significant item that no stronger one explains.
struct Trigger: Sendable {
  let item: ItemReference
  let statistic: ItemStatistic
  let z: Double
  let logP: Double
  /// Logarithm of p times the number of tests (Bonferroni).
  let logCorrected: Double
  /// Holders with the label that stands out, all where none is named.
  let members: [Int32]
  /// Holders with another label.
  let cleanHolders: [Int32]
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

  func triggers(among confirmed: [Shortlist.Entry]) -> [Trigger] {
    var chosen: [Trigger] = []
    var explained = Set<Int32>()
    for item in Shortlist.ordered(
      confirmed.filter { $0.statistic.logP(dispersion: dispersion) < bound }, dispersion: dispersion, specificity) {
      let rows = item.item.rows
      if chosen.contains(where: { Self.overlap($0.item.rows, rows) > 0.5 }) { continue }
      guard stands(item, beside: explained) else { continue }
      let members = members(of: item)
      let logP = item.statistic.logP(dispersion: dispersion)
      chosen.append(
        Trigger(
          item: item.item, statistic: item.statistic, z: item.statistic.z(dispersion: dispersion), logP: logP,
          logCorrected: logP + logTests, members: members,
          cleanHolders: rows.filter { confirmation.expectation.labels[Int($0)] >= 0 && !members.contains($0) }))
      explained.formUnion(members)
    }
    return chosen
  }

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
      let again = confirmation.statistic(of: rest, heldOut: heldOut, place: item.item.place),
      again.label == item.statistic.label
    else { return false }
    return again.logP(dispersion: dispersion) < log(Self.levelOfRest)
  }

  /// Share of common rows of two ascending lists in all of theirs (Jaccard).
  static func overlap(_ a: [Int32], _ b: [Int32]) -> Double {
    var i = 0
    var j = 0
    var common = 0
    while i < a.count && j < b.count {
      if a[i] == b[j] {
        common += 1
        i += 1
        j += 1
      } else if a[i] < b[j] {
        i += 1
      } else {
        j += 1
      }
    }
    return Double(common) / Double(max(1, a.count + b.count - common))
  }
}
