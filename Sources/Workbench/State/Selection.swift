import BitCollections

/// The selected samples, and the rule that selected them.
package struct Selection: Sendable {
  /// One bit a row: a million selected rows are 125 kB.
  package var rows = BitSet()
  /// "finding T1" or "suspicion >= 0.9" while the selection is just what one rule gave; nil once changed by hand.
  package var rule: String?

  mutating func clear() {
    rows = []
    rule = nil
  }

  mutating func toggle(_ row: Int) {
    if rows.remove(row) == nil { rows.insert(row) }
    rule = nil
  }

  /// Adds rows; the rule holds when nothing else was selected.
  mutating func add(_ added: some Sequence<Int32>, rule newRule: String?) {
    rule = rows.isEmpty || rule == newRule ? newRule : nil
    rows.formUnion(added.lazy.map { Int($0) })
  }
}
