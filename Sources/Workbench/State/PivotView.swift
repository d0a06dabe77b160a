import Review

/// What the pivot counts, and where one is in it.
package struct PivotView: Sendable {
  package enum Order: Sendable { case byName, byLift }

  package var column: RowColumn?
  package var crossed: RowColumn?
  package var order = Order.byLift
  package var list = ListCursor()
  /// The column of a crossed pivot under the cursor.
  package var cell = 0
  package internal(set) var pivot: Pivot?
  /// What was asked for last.
  var wanted: PivotRequest?

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

  /// The counts that can be shown now; those with the verdicts of before rather than none.
  package var shown: Pivot? {
    pivot.flatMap { $0.request.column == column && $0.request.crossed == crossed ? $0 : nil }
  }

  /// Other samples are counted.
  mutating func forget() {
    pivot = nil
    wanted = nil
  }
}
