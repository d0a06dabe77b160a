import Model
import Screen

/// The two lowest rows: a message or the keys of the screen, and the state of the session.
extension Frame {
  mutating func paintMessage() {
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
    if material.report.facts.modality != .image { rows.removeAll { $0.command == .picture } }
    rows.removeAll { $0.command == .help }
    func line(_ row: CommandRow) -> Line {
      Line([
        (state.keymap.text(of: row.command, in: state.context), theme[.key]),
        // On the first screen going back is leaving.
        (" " + (row.command == .back && state.place == .dashboard ? "quit" : row.hint) + "  ", theme[.dim]),
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

  mutating func paintStatus() {
    var left = [StatusLine.Piece(state.context.title.uppercased(), style: bold(theme[.status]))]
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
