import Model
import Scanning
import Screen

extension Frame {
  mutating func paintQueue(_ queue: Queue) {
    let panes = layout.queuePanes
    separate(panes)
    let strip = state.agreementHeight(of: queue)
    let whole = panes[0]
    if strip > 0 {
      paintAgreement(in: Rect(row: whole.row, column: whole.column, height: strip, width: whole.width))
    }
    paintTable(
      queue,
      in: Rect(
        row: whole.row + strip, column: whole.column, height: whole.height - strip, width: whole.width))
    guard panes.count > 1, queue.currentRow != nil, let row = state.previewedRow else { return }
    if panes.count == 2 {
      let side = panes[1]
      let height = min(side.height * 11 / 20, payloadHeight(row, width: side.width) + 1)
      let (upper, lower) = side.split(below: side.height - height)
      paintPayload(row, in: panel("#" + sampleName(row), note: payloadNote(row), upper))
      draw(evidence(row, width: lower.width), in: panel("evidence", lower), more: "Enter")
    } else {
      let (sample, below) = panes[1].split(below: spareRows(below: row, in: panes[1]))
      paintPayload(row, in: panel("#" + sampleName(row), note: payloadNote(row), sample))
      let evidence = evidence(row, width: panes[2].width)
      let height =
        below.isEmpty ? min(panes[2].height * 3 / 5, evidence.count + 1) : panes[2].height
      let (upper, lower) = panes[2].split(below: panes[2].height - height)
      draw(evidence, in: panel("evidence", upper), more: "Enter")
      paintNeighbors(row, in: panel("neighbors", note: "nearest first", below.isEmpty ? lower : below))
    }
  }

  func sampleName(_ row: Int) -> String { displayText(material.report.ids[row]) }

  private mutating func paintTable(_ queue: Queue, in rect: Rect) {
    guard !queue.rows.isEmpty else { return paintEmpty(queue, in: rect) }
    let columns = state.queueColumns(queue, layout.size)
    let top = queue.list.top
    let shown = queue.rows[top..<min(queue.rows.count, top + rect.height - 1)]
    let range = queue.range
    let holdsData = columns.contains { if case .column(.data) = $0.content { true } else { false } }
    let rows = shown.indices.map { place -> Table.Row in
      let row = Int(queue.rows[place])
      let fields = holdsData ? fields(row) : [:]
      var cells = columns.map { cell($0.content, row, fields, queue) }
      // Of a group those that nothing speaks against by themselves: they are members, and no more.
      if queue.group != nil, material.report.suspicion[row] < Report.flagThreshold {
        for index in cells.indices where cells[index].style == .plain { cells[index].style = theme[.dim] }
      }
      let isSelected = state.selection.rows.contains(row) || range?.contains(place) == true
      return Table.Row(cells, isSelected: isSelected)
    }
    let specifications = columns.map(\.specification)
    let sorted = columns.firstIndex { $0.content == .column(queue.sort.column) }
    Table(
      columns: specifications, rows: rows, cursor: queue.list.cursor - top,
      sorted: sorted.map { ($0, !queue.sort.descending) }, headerStyle: theme[.header],
      selectedStyle: theme[.selected]
    ).draw(into: &grid, rect, capabilities: capabilities)
    // The column under the cursor: where [ and ] sort.
    if let index = columns.firstIndex(where: { $0.content == .column(queue.column) }),
      let place = Table.layout(specifications, width: rect.width).first(where: { $0.index == index })
    {
      grid.restyle(Rect(row: rect.row, column: rect.column + place.start, height: 1, width: place.width)) {
        $0.reverse = true
        $0.underline = false
      }
    }
  }

  mutating func paintEmpty(_ queue: Queue, in rect: Rect) {
    let lines: [Line] =
      switch queue.phase {
      case .waiting:
        [Line("Sorting \(counted(queue.base?.count ?? material.count, "sample"))…", theme[.middle])]
      case .stopped: [Line("Stopped. = tries again.", theme[.warning])]
      case .ready where queue.filters.isEmpty: [Line("No samples.")]
      case .ready where queue.isOfDisputes:
        [
          Line("No dispute is open."), Line(), Line("g& shows those that are settled.", theme[.dim]),
        ]
      case .ready:
        [Line("No sample meets: "), Line()]
          + queue.filters.map { Line("  & " + displayText($0.source), theme[.warning]) }
          + [Line(), Line("g& removes the last condition, & and Enter all of them.", theme[.dim])]
      }
    draw(lines, in: panel("queue", rect))
  }

  // MARK: Cells

  /// Cells of a row of a table by name.
  private func fields(_ row: Int) -> [String: String] {
    guard case .success(.row(let fields)) = state.samples[row] else { return [:] }
    return Dictionary(fields.map { ($0.name, $0.value) }) { first, _ in first }
  }

  private func cell(_ content: QueueColumn.Content, _ row: Int, _ fields: [String: String], _ queue: Queue)
    -> TableCell
  {
    switch content {
    case .suspicionBar:
      TableCell(
        bar: Double(material.report.suspicion[row]),
        style: theme.score(Double(material.report.suspicion[row])))
    case .preview: TableCell(preview(row))
    case .column(.data(let index, _)):
      TableCell(displayText((fields[material.dataColumns[index].name] ?? "").prefix(60)))
    case .column(.distance):
      TableCell(queue.distances.map { scoreText(Double($0[row])) } ?? "", style: theme[.dim])
    case .column(let column): cell(column, row)
    }
  }

  private func cell(_ column: RowColumn, _ row: Int) -> TableCell {
    switch column {
    case .rank:
      return TableCell(state.summary.map { grouped(Int($0.rank[row]) + 1) } ?? "", style: theme[.dim])
    case .diverse, .shuffled, .distance, .layout, .data: return TableCell("")
    case .tag:
      return TableCell(
        state.marks.tags.of(row).map { displayText($0) }.joined(separator: " "), style: theme[.key])
    case .reviewer(let reviewer): return opinionCell(state.marks.peers.verdict(of: row, by: reviewer))
    case .settled:
      let verdict = state.marks.peers.settled(row)
      return verdict == nil ? TableCell("open", style: theme[.warning]) : opinionCell(verdict)
    case .verdict:
      let letter = verdictLetter(row)
      return TableCell(letter.text, style: letter.style)
    case .id: return TableCell(sampleName(row))
    case .suspicion:
      let value = Double(material.report.suspicion[row])
      return TableCell(fixed(value, 3), style: theme.score(value))
    case .label:
      guard case .relabel(let name)? = state.marks.verdict(of: row) else {
        return named(material.label(of: row))
      }
      let given = material.label(of: row).map { displayText($0) } ?? "none"
      return TableCell("\(given)>\(displayText(name))", style: theme[.relabel])
    case .suggested: return named(material.suggestedLabel(of: row))
    case .hypothesis:
      let name = material.hypothesis(of: row)
      return named(name == "none" ? nil : name)
    case .source: return named(material.source(of: row))
    case .cluster: return named(material.cluster(of: row).map { "c\($0)" })
    case .incident: return named(material.incident(of: row)?.id)
    case .finding:
      let index = state.summary.map { Int($0.firstFinding[row]) } ?? -1
      return named(index >= 0 ? material.report.findings[index].id : nil)
    case .time: return named(material.time(of: row).map { CalendarTime(milliseconds: $0).date })
    case .detector(let index):
      let value = Double(material.detectors[index].percentile[row])
      return value.isNaN
        ? named(nil) : TableCell(fixed(value, 3), style: value >= 0.99 ? theme[.high] : .plain)
    case .raw(let index): return TableCell(scoreText(Double(material.detectors[index].raw[row])))
    case .text: return TableCell(preview(row))
    }
  }

  private func named(_ name: String?) -> TableCell {
    TableCell(name.map { displayText($0) } ?? "-")
  }

  /// The cells of a row that say more than its id, label, source and time, which stand in columns of their own.
  func telling(_ fields: [Payload.Field], _ row: Int) -> [Payload.Field] {
    let known = [material.report.ids[row], material.label(of: row), material.source(of: row)].compactMap {
      $0
    }
    let date = material.time(of: row).map { CalendarTime(milliseconds: $0).date }
    return fields.filter { field in
      !known.contains(field.value) && date.map { !field.value.hasPrefix($0) } ?? true
    }
  }

  /// The beginning of the sample in one line.
  func preview(_ row: Int) -> String {
    switch state.samples[row] {
    case .success(.text(let text)):
      return displayText(
        String(text.unicodeScalars.prefix(240).map { $0 == "\n" || $0 == "\t" ? " " : Character($0) }))
    case .success(.row(let fields)):
      return telling(fields, row).prefix(24).map {
        "\(displayText($0.name.prefix(40)))=\(displayText($0.value.prefix(60)))"
      }.joined(separator: " ")
    case .success, nil: return ""
    case .failure(let problem): return displayText(problem.reason)
    }
  }
}
