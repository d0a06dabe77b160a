import Model
import Screen

extension Frame {
  mutating func paintPivot() {
    let panes = layout.pivotPanes
    separate(panes)
    let view = state.views.pivot
    let name = view.column.map { displayText($0.name(in: material)) } ?? ""
    let crossed = view.crossed.map { " and " + displayText($0.name(in: material)) } ?? ""
    let inner = scopedPanel("samples by \(name)\(crossed)", note: "of all samples", panes[0])
    if let pivot = view.shown {
      let footer = min(3, max(0, inner.height - 6))
      let table = Rect(
        row: inner.row, column: inner.column, height: inner.height - footer, width: inner.width)
      if pivot.columns.isEmpty { paint(pivot, in: table) } else { paintCrossed(pivot, in: table) }
      let foot = Rect(row: table.row + table.height, column: inner.column, height: footer, width: inner.width)
      draw(Array(footLines(pivot, width: foot.width).prefix(footer)), in: foot)
    } else {
      draw([plotWaits("Counting…")], in: inner)
    }
    paintPivotColumns(in: panel("column", note: "Tab", panes[1]))
  }

  private func text(_ lift: (value: Double, low: Double, high: Double)?) -> (value: String, interval: String)
  {
    guard let lift else { return ("-", "") }
    func text(_ value: Double) -> String { fixed(value, value < 10 ? 1 : 0) }
    return (text(lift.value) + "x", "\(text(lift.low))..\(text(lift.high))")
  }

  /// Twice the share of all, and surely more.
  private func stands(_ lift: (value: Double, low: Double, high: Double)?) -> Bool {
    lift.map { $0.value >= 2 && $0.low > 1 } ?? false
  }

  // MARK: One column

  private mutating func paint(_ pivot: Pivot, in rect: Rect) {
    let list = state.views.pivot.list
    let largest = pivot.rows.map { Double($0.count.flagged) / Double(max(1, $0.count.samples)) }.max() ?? 0
    let rows = state.views.pivot.ranked.dropFirst(list.top).prefix(max(0, rect.height - 1)).map {
      index -> Table.Row in
      let group = pivot.rows[index]
      let lift = pivot.lift(group.count)
      let isHigh = stands(lift)
      let share = Double(group.count.flagged) / Double(max(1, group.count.samples))
      return Table.Row([
        TableCell(displayText(group.name), style: isHigh ? Style(bold: true) : .plain),
        TableCell(grouped(group.count.samples), style: theme[.dim]),
        TableCell(grouped(group.count.flagged)),
        TableCell(
          percent(group.count.flagged, of: group.count.samples), style: isHigh ? theme[.high] : .plain),
        TableCell(text(lift).value, style: isHigh ? theme[.high] : .plain),
        TableCell(text(lift).interval, style: theme[.dim]),
        TableCell(
          bar: share / max(largest, .leastNormalMagnitude), style: isHigh ? theme[.high] : theme[.low]),
        TableCell(grouped(group.count.open), style: theme[.dim]),
      ])
    }
    Table(
      columns: [
        Screen.TableColumn("value", width: 12, maximum: 32),
        Screen.TableColumn("samples", width: 9, alignment: .right),
        Screen.TableColumn("flagged", width: 7, alignment: .right),
        Screen.TableColumn("share", width: 6, alignment: .right),
        Screen.TableColumn("lift", width: 5, alignment: .right, priority: 1),
        Screen.TableColumn("95 %", width: 10, alignment: .right, priority: 2),
        Screen.TableColumn("", width: 8, maximum: 24, priority: 4),
        Screen.TableColumn("open", width: 8, alignment: .right, priority: 3),
      ], rows: Array(rows), cursor: list.cursor - list.top, headerStyle: theme[.header]
    ).draw(into: &grid, rect, capabilities: capabilities)
  }

  /// How many groups there are, and of what.
  private func values(_ pivot: Pivot) -> String {
    let count = pivot.rows.count
    if let summary = pivot.summary { return counted(count, summary.distinct > count ? "range" : "number") }
    return counted(count, state.views.pivot.column == .time ? "time" : "name")
  }

  private func footLines(_ pivot: Pivot, width: Int) -> [Line] {
    var lines = [
      Line([
        (grouped(pivot.all.samples), Style(bold: true)),
        (pivot.all.samples == 1 ? " sample, " : " samples, ", .plain),
        (
          "\(grouped(pivot.all.flagged)) flagged (\(percent(pivot.all.flagged, of: pivot.all.samples)))",
          theme[.high]
        ),
        (", \(grouped(pivot.all.open)) open, \(values(pivot))", .plain),
      ])
    ]
    if let current = state.currentPivotCount, !pivot.columns.isEmpty {
      let lift = text(pivot.lift(current.count))
      lines.append(
        Line([
          (displayText(current.name), theme[.key]),
          (
            ": \(counted(current.count.samples, "sample")), "
              + "\(grouped(current.count.flagged)) flagged", .plain
          ),
          (lift.interval.isEmpty ? "" : "  lift \(lift.value) (\(lift.interval))", theme[.dim]),
        ]))
    } else if let summary = pivot.summary {
      let names = ["min", "q1", "median", "q3", "max"]
      let quantiles = zip(names, summary.quantiles).map { "\($0) \(scoreText($1))" }
      let facts =
        quantiles + [
          "mean \(scoreText(summary.mean))", "\(grouped(summary.distinct)) distinct",
          "\(grouped(summary.missing)) missing",
        ]
      lines += wrapped("numbers: " + facts.joined(separator: ", "), width, theme[.dim])
    }
    let keys = pivot.columns.isEmpty ? "x crosses" : "h l cell, x next"
    lines.append(Line("Enter opens, * selects, \(keys), [ ] order", theme[.dim]))
    return lines
  }

  // MARK: Two columns

  private mutating func paintCrossed(_ pivot: Pivot, in rect: Rect) {
    let list = state.views.pivot.list
    let ranked = state.views.pivot.ranked
    let nameWidth = min(
      20, max(6, ranked.prefix(200).map { TextWidth.width(displayText(pivot.rows[$0].name)) }.max() ?? 6))
    let cellWidth = 8
    // The last cell may end where the table does: no gap follows it.
    let room = max(1, (rect.width - nameWidth - 2) / (cellWidth + 1))
    let first = max(0, min(state.views.pivot.cell - room + 1, pivot.columns.count - room))
    let shown = first..<min(pivot.columns.count, first + room)
    let rows = ranked.dropFirst(list.top).prefix(max(0, rect.height - 1)).map { row -> Table.Row in
      Table.Row(
        [TableCell(displayText(pivot.rows[row].name))]
          + shown.map { column -> TableCell in
            let count = pivot.cell(row, column)
            if count.samples == 0 { return TableCell(dot, style: theme[.dim]) }
            return TableCell(
              compact(count.samples), style: stands(pivot.lift(count)) ? theme[.high] : .plain)
          })
    }
    // Where not all columns fit, which of them these are.
    let part =
      shown.count < pivot.columns.count ? "\(first + 1)-\(shown.upperBound)/\(pivot.columns.count)" : ""
    let columns =
      [Screen.TableColumn(part, width: nameWidth)]
      + shown.map {
        Screen.TableColumn(displayText(pivot.columns[$0].name), width: cellWidth, alignment: .right)
      }
    Table(columns: columns, rows: Array(rows), headerStyle: theme[.header])
      .draw(into: &grid, rect, capabilities: capabilities)
    // The cursor is a cell.
    guard
      let place = Table.layout(columns, width: rect.width).first(where: {
        $0.index == state.views.pivot.cell - first + 1
      })
    else { return }
    grid.restyle(
      Rect(
        row: rect.row + 1 + list.cursor - list.top, column: rect.column + place.start, height: 1,
        width: place.width
      ).intersection(rect)
    ) { $0 = theme[.cursor] }
    grid.restyle(Rect(row: rect.row, column: rect.column + place.start, height: 1, width: place.width)) {
      $0.reverse = true
    }
  }

  private mutating func paintPivotColumns(in rect: Rect) {
    let columns = state.pivotColumns
    let cursor = state.views.pivot.column.flatMap { columns.firstIndex(of: $0) } ?? 0
    let top = max(0, min(cursor - rect.height / 2, columns.count - rect.height))
    for (line, column) in columns.dropFirst(top).prefix(rect.height).enumerated() {
      draw(Line(" " + displayText(column.name(in: material))), row: line, in: rect)
      if top + line == cursor { mark(line, in: rect) }
    }
  }
}
