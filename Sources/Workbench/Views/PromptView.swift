import Model
import Screen

extension Frame {
  mutating func paintPrompt() {
    switch state.prompt {
    case .line(let line): paint(line)
    case .label(let label): paint(label)
    case .confirm(let question): paint(question)
    case .letter(let letter): paint(letter)
    case .refused: paintRefusal()
    case nil: break
    }
  }

  /// Why stands above it.
  private mutating func paintRefusal() {
    let row = Rect(row: layout.statusRow, column: 0, height: 1, width: grid.width)
    grid.fill(row)
    draw(
      Line([
        (" Enter", theme[.key]), (" or ", theme[.dim]), ("Esc", theme[.key]),
        (" goes on; what is typed does nothing", theme[.dim]),
      ]), row: 0, in: row)
  }

  // MARK: A line of text

  private mutating func paint(_ line: LinePrompt) {
    let shown = displayText(line.string)
    // The caret is counted in characters of what is shown; of plain text the two are the same.
    let caret = displayText(String(line.text[..<line.cursor])).count
    let above = Rect(row: layout.messageRow, column: 0, height: 1, width: grid.width)
    grid.fill(above)
    if let error = line.error {
      let column = 1 + displayText(String(line.text.prefix(error.offset))).count
      let mark = String(repeating: "^", count: min(error.length, max(1, grid.width - column - 1)))
      if column + mark.count + 2 + TextWidth.width(error.message) <= grid.width {
        draw(
          Line(String(repeating: " ", count: column) + mark + " " + error.message, theme[.error]), row: 0,
          in: above)
      } else {
        draw(Line(" \(error.message) (at character \(error.offset + 1))", theme[.error]), row: 0, in: above)
      }
    } else if !line.completions.words.isEmpty {
      paint(line.completions, in: above)
    } else {
      draw(Line(" " + explanation(line), theme[.dim]), row: 0, in: above)
    }
    Screen.Prompt(
      label: line.mark, text: shown, caret: caret, hint: line.text.isEmpty ? example(line.purpose) : "",
      hintStyle: theme[.dim]
    ).draw(into: &grid, row: layout.statusRow, column: 0, width: grid.width, capabilities: capabilities)
  }

  private func example(_ purpose: LinePrompt.Purpose) -> String {
    switch purpose {
    case .command: "sort label   filter suspicion > 0.9   write csv PATH   quit"
    case .filter: "suspicion >= 0.9 and label = cat   (empty: all conditions off)"
    case .search: "text in id, label, source or sample"
    case .note: "kept with the verdict in the journal and the exports"
    case .tag: "one word, as: crop, ask-vendor"
    }
  }

  private func explanation(_ line: LinePrompt) -> String {
    switch line.purpose {
    case .command:
      let name = line.string.split(separator: " ").first.map(String.init) ?? ""
      guard let row = CommandTable.named(name).flatMap({ CommandTable.row($0) }) else {
        return "Tab completes, Enter runs it, Esc cancels"
      }
      return "\(row.usage): \(row.help(in: material))"
    case .filter:
      return "columns: " + RowColumn.allNames(in: material).map { displayText($0) }.joined(separator: " ")
    case .search: return "Enter finds below the cursor, Esc cancels"
    case .note: return "Enter keeps the note for the verdict on this sample, Esc cancels"
    case .tag(_, let forMany):
      let words = state.marks.tags.words
      let known = words.isEmpty ? "" : "; Tab: " + words.map { displayText($0) }.joined(separator: " ")
      return (forMany ? "for \(grouped(state.selection.rows.count)) selected" : "for this sample") + known
    }
  }

  private mutating func paint(_ completions: Completions, in rect: Rect) {
    var line = Line(" ")
    for (index, word) in completions.words.enumerated() {
      let isChosen = index == completions.chosen
      // The chosen one is always to be seen.
      if isChosen, line.width + TextWidth.width(word) > rect.width - 2 {
        line = Line(" " + capabilities.ellipsis + " ")
      }
      line = line + Line([(displayText(word), isChosen ? theme[.cursor] : .plain), ("  ", .plain)])
    }
    draw(line, row: 0, in: rect)
  }

  // MARK: A label

  private mutating func paint(_ label: LabelPrompt) {
    let matches = label.matches
    let height = min(layout.body.height, max(3, min(matches.count, 12)) + 4)
    let width = min(grid.width - 4, 48)
    let rect = Rect(
      row: layout.body.row + layout.body.height - height, column: (grid.width - width) / 2, height: height,
      width: width)
    let title: String
    switch label.target {
    case .sample(let row): title = "label of #\(displayText(material.report.ids[row]))"
    case .selection: title = "label of \(grouped(state.selection.rows.count)) selected"
    }
    grid.fill(rect)
    let inner = grid.box(
      rect, title: title, style: theme[.border], titleStyle: theme[.title], capabilities: capabilities)
    let list = Rect(
      row: inner.row, column: inner.column + 1, height: inner.height - 2, width: inner.width - 2)
    let top = max(0, min(label.cursor - list.height + 1, matches.count - list.height))
    for (offset, name) in matches.dropFirst(top).prefix(list.height).enumerated() {
      let index = top + offset
      let digit = label.digitsChoose && label.typed.isEmpty && index < 9 ? "\(index + 1) " : "  "
      draw(
        Line([(digit, theme[.key]), (displayText(name), .plain), (remark(name, label.target), theme[.dim])]),
        row: offset, in: list)
      if index == label.cursor { mark(offset, in: list) }
    }
    if label.asksForNewClass {
      draw(Line("no sample has this class: y creates it", theme[.warning]), row: 0, in: list)
    } else if matches.isEmpty {
      draw(Line("no label contains this; Enter creates one", theme[.warning]), row: 0, in: list)
    }
    let typed = "type: " + displayText(label.typed)
    let foot = Rect(row: rect.row + rect.height - 3, column: list.column, height: 2, width: list.width)
    draw(Line(typed, theme[.key]), row: 0, in: foot)
    draw(
      Line(
        label.digitsChoose ? "digit or Enter chooses, Esc cancels" : "Enter chooses, Esc cancels", theme[.dim]
      ),
      row: 1, in: foot)
    grid.cursor = (foot.row, min(foot.column + TextWidth.width(typed), foot.column + foot.width - 1))
  }

  /// Whether a label is the given or the suggested one, with its probability.
  private func remark(_ label: String, _ target: LabelPrompt.Target) -> String {
    guard case .sample(let row) = target, !state.isHidden(row) else { return "" }
    let p = material.report.labelProbabilities(of: row)
    func words(_ word: String, _ p: Float?) -> String {
      "  \(word)" + (p.map { ", p \(fixed(Double($0), 2))" } ?? "")
    }
    if label == material.suggestedLabel(of: row) { return words("suggested", p?.other) }
    return label == material.label(of: row) ? words("given", p?.given) : ""
  }
}
