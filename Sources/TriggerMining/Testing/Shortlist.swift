/// The strongest items of a screening, a bounded number of them.
struct Shortlist: Sendable {
  struct Entry: Sendable {
    let item: ItemReference
    let statistic: ItemStatistic
  }
  private(set) var entries: [Entry] = []

  /// Entries that are looked at again. Overlapping items of one trigger are some ten or hundred; what is below these has
  /// no chance.
  static let length = 200
  /// Screening is kinder to a trigger's rivals than to the trigger: nearly anything may be looked at again.
  private static let worthKeeping = -3.0

  static func isWorthKeeping(_ statistic: ItemStatistic) -> Bool {
    statistic.logP(dispersion: Dispersion.least) < worthKeeping
  }

  /// Makes no entry of an item that has no chance.
  mutating func add(_ statistic: ItemStatistic, _ item: ItemReference) {
    guard Self.isWorthKeeping(statistic) else { return }
    entries.append(Entry(item: item, statistic: statistic))
    if entries.count >= 8 * Self.length { trim() }
  }

  mutating func merge(_ other: Shortlist) {
    entries += other.entries
    if entries.count >= 8 * Self.length { trim() }
  }

  /// Keeps the strongest, more than are asked for in the end, as many have the same holders.
  private mutating func trim() {
    entries = Array(Self.ordered(entries, dispersion: Dispersion.least) { _ in 0 }.prefix(4 * Self.length))
  }

  /// The strongest with holders of their own.
  /// - Parameter specificity: of items with the same holders the one with the largest is kept.
  func strongest(_ limit: Int, dispersion: Double, specificity: (Int) -> Int) -> [ItemReference] {
    var seen: Set<UInt64> = []
    var result: [ItemReference] = []
    for entry in Self.ordered(entries, dispersion: dispersion, specificity) where result.count < limit {
      if seen.insert(entry.item.fingerprint).inserted { result.append(entry.item) }
    }
    return result
  }

  /// Strongest first, a total order, so that the choice depends on nothing but the data.
  static func ordered(_ entries: [Entry], dispersion: Double, _ specificity: (Int) -> Int) -> [Entry] {
    // To a tenth: items with the same holders differ by rounding alone.
    let keys = entries.map { ($0.statistic.logP(dispersion: dispersion) * 10).rounded() }
    return entries.indices.sorted { a, b in
      if keys[a] != keys[b] { return keys[a] < keys[b] }
      let (left, right) = (entries[a].item, entries[b].item)
      let (first, second) = (specificity(left.place), specificity(right.place))
      return first != second ? first > second : (left.place, left.code) < (right.place, right.code)
    }.map { entries[$0] }
  }
}
