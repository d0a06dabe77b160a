import BitCollections

/// The selected samples, and the rule that selected them.
package struct Selection: Sendable {
  /// One bit a row: a million selected rows are 125 kB.
  package var rows = BitSet()
  /// "finding T1" or "suspicion >= 0.9" while the selection is just what one rule gave; nil once changed by hand.
  package var rule: String?

  /// The group that the selected samples are of; nil where a person chose them.
  package private(set) var group: FoundGroup?

  mutating func clear() {
    rows = []
    rule = nil
    group = nil
  }

  mutating func toggle(_ row: Int) {
    if rows.remove(row) == nil { rows.insert(row) }
    rule = nil
    if rows.isEmpty { group = nil }
  }

  /// Adds rows; the rule holds when nothing else was selected.
  mutating func add(_ added: some Sequence<Int32>, rule newRule: String?, of newGroup: FoundGroup? = nil) {
    rule = rows.isEmpty || rule == newRule ? newRule : nil
    group = newGroup.map { group?.joined($0) ?? $0 } ?? group
    rows.formUnion(added.lazy.map { Int($0) })
  }
}
