/// What the pivot counts, and where one is in it.
package struct PivotView: Sendable {
  package enum Order: Sendable { case byName, byLift }

  package var column: RowColumn?
  package var crossed: RowColumn?
  package var order = Order.byLift
  package var list = ListCursor()
  /// The column of a crossed pivot under the cursor.
  package var cell = 0
  /// The samples that are counted; nil for all.
  package var scope: Scope?
  package internal(set) var pivot: Pivot?

  package struct Scope: Sendable {
    package let rows: ContiguousArray<Int32>
    /// What they are, in words that a decision records.
    package let rule: String
    package let group: FoundGroup?
  }

  /// Rows of the pivot in the order in which they are shown.
  package var ranked: [Int] {
    guard let pivot else { return [] }
    guard order == .byLift else { return Array(pivot.rows.indices) }
    // The lower end of the interval: one flagged sample of one is no evidence.
    let low = pivot.rows.map { wilsonInterval($0.count.flagged, of: $0.count.samples).low }
    return pivot.rows.indices.sorted { a, b in
      if low[a] != low[b] { return low[a] > low[b] }
      let (x, y) = (pivot.rows[a].count.samples, pivot.rows[b].count.samples)
      return x != y ? x > y : a < b
    }
  }

  var wanted: PivotRequest? { column.map { PivotRequest(column: $0, crossed: crossed) } }

  /// The verdicts have changed, or other samples are counted.
  mutating func forget() { pivot = nil }
}
