import Model
import Screen

/// What stands beside a scatter: its groups, and what is under the cursor.
extension Frame {
  // MARK: Groups

  /// What stands for a group where there are no colors.
  func sign(of index: Int, _ raster: Raster) -> String {
    let name = raster.groups[index].name
    switch raster.request.split {
    case .flag: return index == 0 ? "x" : "."
    case .column where name == "none" || name == "all others": return "."
    case .column(.verdict): return VerdictMark(rawValue: name)?.letter ?? "."
    case .column:
      let letter = UInt8(index % PlotGroups.maximum)
      return String(
        Unicode.Scalar(letter < 26 ? UInt8(ascii: "a") + letter : UInt8(ascii: "A") + letter - 26))
    }
  }

  /// What of a group is to be seen in the plane: its sign, or its color.
  private func swatch(of index: Int, _ raster: Raster) -> String {
    if state.views.scatter.showsLetters { return sign(of: index, raster) }
    return capabilities.colors == .none ? "" : capabilities.unicode ? "■" : "#"
  }

  mutating func paintGroups(_ raster: Raster, in rect: Rect) {
    let view = state.views.scatter
    let isFocused = view.focus == .groups
    let inner = panel(
      "by " + displayText(raster.request.split.name(in: material)), note: "x  Tab", isFocused: isFocused, rect
    )
    let list = Rect(
      row: inner.row, column: inner.column, height: min(view.ranked.count, layout.groupsHeight) + 1,
      width: inner.width)
    let isWide = rect.width >= 40
    let rows = view.ranked.dropFirst(view.list.top).prefix(list.height - 1).map { index -> Table.Row in
      let group = raster.groups[index]
      let share = Double(group.flagged) / Double(max(1, group.samples))
      let style = theme.group(index, named: group.name, of: raster.request.split)
      var cells = [
        TableCell(swatch(of: index, raster), style: style), TableCell(displayText(group.name), style: style),
        TableCell(compact(group.samples)),
        TableCell(
          group.samples > 0 ? fixed(100 * share, 1) : "-",
          style: theme.score(share >= 0.5 ? 1 : share >= 0.05 ? 0.6 : 0)),
      ]
      if isWide, raster.request.split == .column(.cluster) { cells += labelCells(group.name) }
      return Table.Row(cells)
    }
    var columns = [
      Screen.TableColumn("", width: 1), Screen.TableColumn("group", width: 6, maximum: isWide ? 20 : 12),
      Screen.TableColumn("n", width: 5, alignment: .right),
      Screen.TableColumn("flag%", width: 5, alignment: .right),
    ]
    if isWide, raster.request.split == .column(.cluster) {
      columns[1].maximum = 8
      columns += [
        Screen.TableColumn("label", width: 5, maximum: 14, priority: 1),
        Screen.TableColumn("share", width: 6, alignment: .right, priority: 1),
      ]
    }
    Table(
      columns: columns, rows: Array(rows), cursor: isFocused ? view.list.cursor - view.list.top : nil,
      headerStyle: theme[.header]
    ).draw(into: &grid, list, capabilities: capabilities)
    let below = Rect(
      row: list.row + list.height + 1, column: inner.column, height: inner.height - list.height - 1,
      width: inner.width)
    paintUnderCursor(raster, in: below)
  }

  /// The most frequent label of a cluster.
  private func labelCells(_ name: String) -> [TableCell] {
    guard let cluster = state.summary?.clusters.first(where: { "c\($0.number)" == name }) else { return [] }
    return [
      TableCell(displayText(cluster.label)),
      TableCell(percent(cluster.labelCount, of: cluster.count), style: theme[.dim]),
    ]
  }

  // MARK: Under the cursor

  private mutating func paintUnderCursor(_ raster: Raster, in rect: Rect) {
    let view = state.views.scatter
    if let area = view.area {
      draw(lines(area, raster), in: panel(title(area), rect))
      return
    }
    if view.focus == .groups, let group = view.currentGroup {
      draw(
        [
          Line(counted(group.samples, "sample")),
          Line(
            "\(grouped(group.flagged)) flagged (\(percent(group.flagged, of: group.samples)))", theme[.high]),
          Line("Enter opens, * selects", theme[.dim]),
        ], in: panel(displayText(group.name), rect))
      return
    }
    let previewed = state.previewedCell
    guard let row = previewed.row else {
      draw(
        [Line("no sample here", theme[.dim]), Line("gg the most suspicious", theme[.dim])],
        in: panel("under the cursor", rect))
      return
    }
    let count = previewed.count
    let inner = panel("#" + sampleName(row), note: count > 1 ? "\(grouped(count)) here" : "", rect)
    let suspicion = Double(material.report.suspicion[row])
    let suggested = material.suggestedLabel(of: row).map { " \(arrow) " + displayText($0) } ?? ""
    let letter = verdictLetter(row)
    var lines = [
      Line([
        ("label ", theme[.dim]), (displayText(material.label(of: row) ?? "none") + suggested, .plain),
      ]),
      Line([
        ("suspicion ", theme[.dim]), (fixed(suspicion, 3), theme.score(suspicion)),
        ("  " + letter.text, letter.style),
      ]),
    ]
    if let source = material.source(of: row) {
      lines.append(Line([("source ", theme[.dim]), (displayText(source), .plain)]))
    }
    draw(Array(lines.prefix(inner.height)), in: inner)
    let rest = Rect(
      row: inner.row + lines.count + 1, column: inner.column, height: inner.height - lines.count - 1,
      width: inner.width)
    if rest.height >= 4 { paintPayload(row, in: rest) }
  }

  private func title(_ area: ScatterView.Area) -> String {
    switch area {
    case .box: "box"
    case .lasso: "lasso"
    }
  }

  private func lines(_ area: ScatterView.Area, _ raster: Raster) -> [Line] {
    let view = state.views.scatter
    switch area {
    case .box(let corner):
      guard let cursor = view.cursor, let cells = raster.cells(corner, cursor) else { return [] }
      var (samples, flagged) = (0, 0)
      for row in cells.rows {
        for column in cells.columns {
          samples += Int(raster.counts[row * raster.width + column])
          flagged += Int(raster.flagged[row * raster.width + column])
        }
      }
      let isWhole = raster.cell(of: corner) != nil
      return [
        Line(counted(samples, "sample") + (isWhole ? "" : " in view")),
        Line("\(grouped(flagged)) flagged (\(percent(flagged, of: samples)))", theme[.high]),
        Line("v selects, Enter opens", theme[.dim]), Line("o corner, Esc cancels", theme[.dim]),
      ]
    case .lasso(let corners):
      return [
        Line("\(counted(corners.count, "corner")) and the cursor"),
        Line("Space sets a corner", theme[.dim]), Line("gv selects, Enter opens", theme[.dim]),
        Line("Esc cancels", theme[.dim]),
      ]
    }
  }
}
