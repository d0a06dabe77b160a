import Model
import Scanning
import Screen

extension Frame {
  /// Samples side by side, with what only some of them have marked.
  mutating func paintCompare(_ rows: [Int]) {
    let body = layout.body
    let width = (body.width - rows.count + 1) / max(1, rows.count)
    let payloads = rows.map { state.samples[$0] }
    var panes: [Rect] = []
    for (index, row) in rows.enumerated() {
      let column = body.column + index * (width + 1)
      let last = index == rows.count - 1
      let pane = Rect(
        row: body.row, column: column, height: body.height, width: last ? body.width - column : width)
      panes.append(panel("#" + sampleName(row), note: noteOfCompared(row), pane))
      draw(comparedLabels(row), row: 0, in: panes[index])
      panes[index] = Rect(
        row: panes[index].row + 1, column: pane.column, height: panes[index].height - 1, width: pane.width)
    }
    for pane in panes.dropFirst() {
      grid.verticalLine(
        row: body.row, column: pane.column - 1, height: body.height, style: theme[.border],
        capabilities: capabilities)
    }
    let scroll = state.views.review.scroll
    switch payloads.first ?? nil {
    case .success(.text): paintTexts(payloads, in: panes, scroll: scroll)
    case .success(.row): paintRows(payloads, of: rows, in: panes, scroll: scroll)
    default: for (row, pane) in zip(rows, panes) { paintPayload(row, in: pane) }
    }
  }

  private func noteOfCompared(_ row: Int) -> String {
    let mode = if case .success(.image) = state.samples[row] { pictureModeNote } else { "" }
    return mode + (state.isHidden(row) ? "" : fixed(Double(material.report.suspicion[row]), 3))
  }

  private func comparedLabels(_ row: Int) -> Line {
    let letter = verdictLetter(row)
    let given = material.label(of: row).map { displayText($0) } ?? "none"
    var line = Line([(letter.text + " ", letter.style), ("label ", theme[.dim]), (given, Style(bold: true))])
    if !state.isHidden(row), let suggested = material.suggestedLabel(of: row) {
      line = line + Line([("  suggested ", theme[.dim]), (displayText(suggested), theme[.relabel])])
    }
    if let source = material.source(of: row) {
      line = line + Line([("  source ", theme[.dim]), (displayText(source), .plain)])
    }
    return line
  }

  // MARK: Texts

  /// Words that not all of the texts have are marked.
  private mutating func paintTexts(
    _ payloads: [Result<Payload, PayloadProblem>?], in panes: [Rect], scroll: Int
  ) {
    let texts = payloads.map { payload -> String in
      if case .success(.text(let text)) = payload {
        String(text.unicodeScalars.prefix(20_000).map(Character.init))
      } else {
        ""
      }
    }
    let sets = texts.map { Set($0.lowercased().split(whereSeparator: Self.isBetweenWords)) }
    let shared = sets.dropFirst().reduce(sets.first ?? []) { $0.intersection($1) }
    for (text, pane) in zip(texts, panes) {
      let lines = TextWidth.wrap(displayText(text, keepNewlines: true), to: max(1, pane.width - 1))
      for (row, line) in lines.dropFirst(min(scroll, max(0, lines.count - 1))).prefix(pane.height)
        .enumerated()
      {
        draw(marked(line, shared), row: row, in: pane)
      }
    }
    guard scroll == 0, sets.allSatisfy({ $0 == shared }), let first = texts.first, let pane = panes.first
    else {
      return
    }
    let same = texts.allSatisfy { $0 == first } ? "the same text" : "the same words"
    let height = TextWidth.wrap(displayText(first, keepNewlines: true), to: max(1, pane.width - 1)).count
    if height + 1 < pane.height { draw(Line(same, theme[.key]), row: height + 1, in: pane) }
  }

  private static func isBetweenWords(_ character: Character) -> Bool {
    !character.isLetter && !character.isNumber
  }

  private func marked(_ line: String, _ shared: Set<Substring>) -> Line {
    var pieces: [(text: String, style: Style)] = []
    var word = ""
    func end() {
      guard !word.isEmpty else { return }
      let isShared = shared.contains(Substring(word.lowercased()))
      pieces.append((word, isShared ? theme[.dim] : theme[.high]))
      word = ""
    }
    for character in line {
      if Self.isBetweenWords(character) {
        end()
        pieces.append((String(character), theme[.dim]))
      } else {
        word.append(character)
      }
    }
    end()
    return Line(pieces)
  }

  // MARK: Rows

  /// Columns in which the rows differ come first, and are marked; last those that the line above tells already.
  private mutating func paintRows(
    _ payloads: [Result<Payload, PayloadProblem>?], of samples: [Int], in panes: [Rect], scroll: Int
  ) {
    let rows = payloads.map { payload -> [String: String] in
      guard case .success(.row(let fields)) = payload else { return [:] }
      return Dictionary(fields.map { ($0.name, $0.value) }) { first, _ in first }
    }
    var names: [String] = []
    var telling: Set<String> = []
    for (payload, row) in zip(payloads, samples) {
      guard case .success(.row(let fields)) = payload else { continue }
      if names.isEmpty { names = fields.map(\.name) }
      telling.formUnion(self.telling(fields, row).map(\.name))
    }
    func differs(_ name: String) -> Bool {
      telling.contains(name) && Set(rows.map { $0[name] ?? "" }).count > 1
    }
    let differing = names.filter(differs)
    let others = names.filter { telling.contains($0) && !differs($0) }
    let ordered = (differing + others + names.filter { !telling.contains($0) })
      .dropFirst(min(scroll, max(0, names.count - 1)))
    for (cells, pane) in zip(rows, panes) {
      let nameWidth = min(
        pane.width / 2,
        max(6, names.prefix(200).map { TextWidth.width(displayText($0.prefix(60))) }.max() ?? 6))
      for (line, name) in ordered.prefix(pane.height).enumerated() {
        draw(
          Line([
            (cell(String(name.prefix(120)), nameWidth) + "  ", theme[.dim]),
            (
              displayText((cells[name] ?? "").prefix(400)),
              line < differing.count - min(scroll, differing.count) ? theme[.high] : .plain
            ),
          ]), row: line, in: pane)
      }
    }
  }
}
