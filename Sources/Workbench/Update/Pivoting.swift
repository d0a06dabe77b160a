import Model
import Scanning

/// Samples counted by the values of a column.
extension State {
  /// Columns that make groups, those first by which poison is told most often.
  package var pivotColumns: [RowColumn] {
    let known = RowColumn.all(in: material)
    let first: [RowColumn] = [
      .source, .time, .label, .suggested, .incident, .hypothesis, .cluster, .verdict, .suspicion,
    ]
    return first.filter(known.contains) + (marks.tags.isEmpty ? [] : [.tag])
      + known.filter { if case .data = $0 { true } else { false } }
      + material.detectors.indices.map { .raw($0) }
  }

  mutating func showPivot(by column: RowColumn? = nil) -> [Effect] {
    if let column {
      guard pivotColumns.contains(column) else {
        messages.say("\(displayText(column.name(in: material))) cannot be grouped", .warning)
        return []
      }
      views.pivot.column = column
      views.pivot.crossed = nil
    }
    views.pivot.column = views.pivot.column ?? pivotColumns.first
    views.pivot.list = ListCursor()
    showPlot(.pivot, .pivot)
    return []
  }

  mutating func wantPivot() -> [Effect] {
    guard let column = views.pivot.column else { return [] }
    let request = PivotRequest(column: column, crossed: views.pivot.crossed, stamp: views.stamp)
    guard views.pivot.pivot?.request != request, views.pivot.wanted != request || !jobs.isWanted(.pivot)
    else {
      return []
    }
    views.pivot.wanted = request
    return want(
      "counting \(displayText(column.name(in: material)))", .pivot(request, sampleSet), .pivot)
  }

  mutating func moveOnPivot(_ command: Command, _ count: Int?, _ page: Int) {
    let columns = pivotColumns
    let at = views.pivot.column.flatMap { columns.firstIndex(of: $0) } ?? 0
    switch command {
    case .nextPane, .previousPane:
      let step = command == .nextPane ? 1 : columns.count - 1
      views.pivot.column = columns[(at + step) % columns.count]
      views.pivot.crossed = nil
      views.pivot.list = ListCursor()
    case .left, .right:
      let last = max(0, (views.pivot.pivot?.columns.count ?? 1) - 1)
      let step = command == .right ? min(count ?? 1, last + 1) : -min(count ?? 1, last + 1)
      views.pivot.cell = (views.pivot.cell + step).clamped(to: 0...last)
    default:
      views.pivot.list.move(command, count: count, total: views.pivot.pivot?.rows.count ?? 0, page: page)
    }
  }

  /// Crosses the column with the next one of names: the given label first with the suggested one, as a matrix of
  /// confusion.
  mutating func crossPivot(_ argument: String) -> [Effect] {
    guard let column = views.pivot.column else { return nothingHere() }
    views.pivot.cell = 0
    if !argument.trimmed.isEmpty {
      let name = (try? filterTokens(argument))?.first?.word ?? argument.trimmed
      guard let crossed = RowColumn.named(name, in: material), pivotColumns.contains(crossed) else {
        messages.say("\(displayText(name)) cannot be grouped", .error)
        return []
      }
      views.pivot.crossed = crossed
      return []
    }
    let known = RowColumn.all(in: material)
    let others = [RowColumn.suggested, .label, .source, .verdict, .incident, .time].filter {
      $0 != column && known.contains($0)
    }
    let at = views.pivot.crossed.flatMap { others.firstIndex(of: $0) }
    views.pivot.crossed = at.map { $0 + 1 < others.count ? others[$0 + 1] : nil } ?? others.first
    return []
  }

  mutating func orderPivot(_ order: PivotView.Order) -> [Effect] {
    views.pivot.order = order
    views.pivot.list = ListCursor()
    return []
  }

  /// The group or the cell under the cursor; nil before the samples are counted.
  package var currentPivotCount: (name: String, condition: String?, count: Pivot.Count)? {
    guard let pivot = views.pivot.pivot, let row = views.pivot.ranked.dropFirst(views.pivot.list.cursor).first
    else { return nil }
    let group = pivot.rows[row]
    guard pivot.columns.indices.contains(views.pivot.cell) else {
      return (group.name, group.condition, group.count)
    }
    let other = pivot.columns[views.pivot.cell]
    let conditions = [group.condition, other.condition].compactMap { $0 }
    return (
      "\(group.name), \(other.name)", conditions.count == 2 ? conditions.joined(separator: " and ") : nil,
      pivot.cell(row, views.pivot.cell)
    )
  }

  mutating func openPivot() -> [Effect] {
    guard let current = currentPivotCount else { return stillCounting() }
    guard let condition = current.condition else {
      messages.say("no condition can say \(displayText(current.name))", .warning)
      return []
    }
    return openScoped(condition)
  }

  mutating func selectFromPivot() -> [Effect] {
    guard let current = currentPivotCount else { return stillCounting() }
    return current.condition.map { selectScoped($0) } ?? noCondition()
  }
}
