import Model
import Screen

/// Draws the state. Pure; touches every cell of the grid, whose size should be the state's.
package func view(_ state: State, into grid: inout Grid) {
  var frame = Frame(state, grid)
  frame.paint()
  grid = frame.grid
}

extension Frame {
  fileprivate mutating func paint() {
    grid.fill(grid.bounds)
    grid.cursor = nil
    guard !layout.size.isTooSmall else { return paintTooSmall() }
    paintBreadcrumbs()
    switch state.place {
    case .dashboard: paintDashboard()
    case .queue(let id): if let queue = state.views.queues[id] { paintQueue(queue) }
    case .review(let id): if let queue = state.views.queues[id] { paintReview(queue) }
    case .histogram: paintHistogram()
    case .sheet(let id): if let queue = state.views.queues[id] { paintSheet(queue) }
    case .compare(let rows): paintCompare(rows)
    case .scatter: paintScatter()
    case .timeline: paintTimeline()
    case .pivot: paintPivot()
    case .findings: paintFindings()
    case .log: paintLog()
    case .help: paintHelp()
    }
    paintMessage()
    paintStatus()
    paintPrompt()
  }

  private mutating func paintTooSmall() {
    let minimum = ScreenSize.minimum
    let lines = [
      "need \(minimum.width)x\(minimum.height), have \(grid.width)x\(grid.height)", "u undo, q quit",
    ]
    for (index, line) in lines.enumerated() where index < grid.height {
      grid.draw(line, row: index, column: 0, style: theme[.warning])
    }
  }

  private mutating func paintBreadcrumbs() {
    let bar = theme[.status]
    grid.fill(Rect(row: 0, column: 0, height: 1, width: grid.width), Cell(" ", bar))
    let facts = material.report.facts
    let names = [displayText(facts.name)] + state.views.stack.map(title)
    let right = rightOfBreadcrumbs
    let rightWidth = TextWidth.width(right)
    let room = max(20, grid.width - rightWidth - 4)
    var shown = names
    // The first and the last say most: the middle gives way.
    func width() -> Int { shown.reduce(0) { $0 + TextWidth.width($1) + 3 } }
    while width() > room, shown.count > 2 {
      if shown.count > 3, shown[1] == capabilities.ellipsis {
        shown.remove(at: 2)
      } else {
        shown[1] = capabilities.ellipsis
      }
      if shown.count == 3, shown[1] == capabilities.ellipsis { break }
    }
    var column = 1
    for (index, name) in shown.enumerated() {
      var style = bar
      style.bold = index == shown.count - 1 || index == 0
      if index > 0 { column += grid.draw(" \(arrow) ", row: 0, column: column, style: bar) }
      column += grid.draw(
        name, row: 0, column: column, style: style, maxWidth: max(0, room - column),
        ellipsis: capabilities.ellipsis)
    }
    if column + rightWidth + 2 <= grid.width {
      grid.draw(right, row: 0, column: grid.width - rightWidth - 1, style: bar)
    }
  }

  private func title(_ place: Place) -> String {
    switch place {
    case .dashboard: "dashboard"
    case .queue(let id): "queue" + (id == 0 ? "" : ":" + (state.views.queues[id]?.title ?? ""))
    case .review: "review"
    case .histogram: "histogram:" + state.views.histogram.column(material).name(in: material)
    case .scatter: "scatter"
    case .timeline: "timeline"
    case .sheet: "sheet"
    case .compare: "compare"
    case .pivot: "pivot" + (state.views.pivot.column.map { ":" + displayText($0.name(in: material)) } ?? "")
    case .findings: "incidents"
    case .log: "log"
    case .help: "help"
    }
  }

  private var rightOfBreadcrumbs: String {
    if let queue = state.currentQueue {
      if queue.phase == .waiting, queue.rows.isEmpty { return "of \(grouped(material.count))" }
      let all = queue.rows.count == material.count ? "" : " of \(grouped(material.count))"
      return "\(grouped(queue.rows.count)) shown\(all)"
    }
    return datasetSummary
  }

  var datasetSummary: String {
    let facts = material.report.facts
    let kind =
      switch facts.modality {
      case .image: "images"
      case .text: "texts"
      case .tabular: "rows"
      case .embedding: "embeddings"
      }
    return "\(grouped(material.count)) \(kind), \(facts.classes.count) labels"
  }

  // MARK: The two lowest rows

  private mutating func paintMessage() {
    let row = layout.messageRow
    var width = grid.width - 1
    if let title = state.jobs.title {
      let text = capabilities.unicode ? "⋯ \(title)" : "... \(title)"
      let used = min(TextWidth.width(text), grid.width / 2)
      grid.draw(
        text, row: row, column: grid.width - used - 1, style: theme[.middle], maxWidth: used,
        ellipsis: capabilities.ellipsis)
      width -= used + 2
    }
    let place = Rect(row: row, column: 1, height: 1, width: max(0, width - 1))
    guard let text = state.messages.text else { return draw(hints(width: place.width), row: 0, in: place) }
    let style =
      switch state.messages.weight {
      case .note: theme[.note]
      case .warning: theme[.warning]
      case .error: theme[.error]
      }
    let shown = capabilities.unicode ? text : text.map { $0 == "…" ? "..." : String($0) }.joined()
    guard TextWidth.width(shown) > place.width, state.prompt == nil else {
      return draw(Line(shown, style), row: 0, in: place)
    }
    // What does not fit grows upward, over the body, until it is dismissed.
    let lines = TextWidth.wrap(shown, to: place.width)
    let height = min(lines.count, layout.body.height / 2)
    let room = Rect(row: row - height + 1, column: 1, height: height, width: place.width)
    grid.fill(Rect(row: room.row, column: 0, height: height - 1, width: grid.width))
    draw(lines.map { Line($0, style) }, in: room)
  }

  /// Keys of this screen from the table of commands, as many as fit.
  private func hints(width: Int) -> Line {
    let order: [CommandRow.Group] = [.decide, .select, .move, .plots, .find, .screens, .program]
    var rows = order.flatMap { group in
      CommandTable.rows.filter {
        $0.group == group && $0.contexts.contains(state.context) && !$0.hint.isEmpty && !$0.keys.isEmpty
      }
    }
    if state.marks.decided == 0, !state.context.isAboutSamples { rows.removeAll { $0.command == .undo } }
    if state.session.isBlind {
      rows.removeAll { State.refusedBlind.contains($0.command) || $0.command == .suggested }
    }
    if !state.offersBulkPoisoned { rows.removeAll { $0.command == .bulkPoisoned } }
    rows.removeAll { $0.command == .help }
    func line(_ row: CommandRow) -> Line {
      Line([
        (state.keymap.text(of: row.command, in: state.context), theme[.key]),
        (" " + row.hint + "  ", theme[.dim]),
      ])
    }
    let help = CommandTable.row(.help)
    let last =
      help.map {
        Line([
          (state.keymap.text(of: $0.command, in: state.context), theme[.key]), (" " + $0.hint, theme[.dim]),
        ])
      }
      ?? Line()
    var result = Line([])
    for row in rows {
      let next = line(row)
      if result.width + next.width + last.width > width { break }
      result = result + next
    }
    return result + last
  }

  private mutating func paintStatus() {
    var left = [StatusLine.Piece(state.context.rawValue.uppercased(), style: bold(theme[.status]))]
    if let queue = state.currentQueue {
      let position = queue.rows.isEmpty ? 0 : queue.list.cursor + 1
      let phase = queue.phase == .ready ? "" : queue.phase == .waiting ? " (sorting)" : " (stopped: = again)"
      left[0].text += " \(grouped(position))/\(grouped(queue.rows.count))\(phase)"
    }
    let counts = VerdictMark.allCases.map { "\($0.letter) \(countText($0))" }
    left.append(StatusLine.Piece(counts.joined(separator: " ")))
    if !state.selection.rows.isEmpty {
      left.append(StatusLine.Piece("sel \(grouped(state.selection.rows.count))", style: bold(theme[.status])))
    }
    if let queue = state.currentQueue {
      for filter in queue.filters {
        left.append(StatusLine.Piece("&" + displayText(filter.source), priority: 3))
      }
      if let group = openCountText(queue) { left.append(StatusLine.Piece(group, priority: 2)) }
      let sort = (queue.sort.descending ? "]" : "[") + queue.sort.column.name(in: material)
      left.append(StatusLine.Piece(sort, priority: 4))
    }
    var right: [StatusLine.Piece] = []
    if !state.input.isEmpty { right.append(StatusLine.Piece(state.input.text, style: bold(theme[.status]))) }
    if let recording = state.session.macros.recording {
      right.append(StatusLine.Piece("REC \(recording.letter)", style: bold(theme[.error])))
    }
    if state.session.isBlind { right.append(StatusLine.Piece("BLIND", style: bold(theme[.status]))) }
    if state.session.unsaved > 0 {
      right.append(StatusLine.Piece("\(state.session.unsaved) NOT SAVED", style: bold(theme[.error])))
    }
    if state.session.untrusted != nil {
      right.append(StatusLine.Piece("NOT TRUSTED", style: bold(theme[.status])))
    }
    if state.session.readOnlyReason != nil {
      right.append(StatusLine.Piece("READ-ONLY", style: bold(theme[.status])))
    } else if state.session.isSaving {
      right.append(StatusLine.Piece("saving"))
    } else {
      right.append(
        StatusLine.Piece(state.review.decisions.isEmpty ? "nothing to save" : "saved", priority: 2))
    }
    let bar = capabilities.unicode ? " │ " : " | "
    StatusLine(left: left, right: right, style: theme[.status], separator: bar).draw(
      into: &grid, row: layout.statusRow, capabilities: capabilities)
  }

  /// What is left to decide, of a queue that is short enough to be counted in every frame.
  private func openCountText(_ queue: Queue) -> String? {
    guard queue.rows.count <= 20_000, !queue.rows.isEmpty, state.knowsMarks else { return nil }
    return "\(grouped(queue.rows.count { state.isOpen(Int($0), in: queue) })) open"
  }

  private func bold(_ style: Style) -> Style {
    var style = style
    style.bold = true
    return style
  }
}

extension Context {
  /// Verdict keys work here.
  var isAboutSamples: Bool { self == .queue || self == .sheet || self == .review }
}
