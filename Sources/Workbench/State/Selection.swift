/// The selected samples, and the rule that selected them.
package struct Selection: Sendable {
  package var rows: RowSet
  /// "finding T1" or "suspicion >= 0.9" while the selection is just what one rule gave; nil once changed by hand.
  package var rule: String?

  mutating func clear() {
    rows.removeAll()
    rule = nil
  }

  mutating func toggle(_ row: Int) {
    rows.set(row, !rows.contains(row))
    rule = nil
  }

  /// Adds rows; the rule holds when nothing else was selected.
  mutating func add(_ added: some Sequence<Int32>, rule newRule: String?) {
    rule = rows.isEmpty || rule == newRule ? newRule : nil
    rows.insert(contentsOf: added)
  }
}
