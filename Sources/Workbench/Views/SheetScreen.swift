import Model
import Scanning
import Screen

extension Frame {
  mutating func paintSheet(_ queue: Queue) {
    let layout = state.sheetLayout
    let rows = state.sheetRows(queue)
    guard !rows.isEmpty else { return paintEmpty(queue, in: self.layout.body) }
    let first = state.views.sheet.top * layout.columns
    for (place, row) in rows.enumerated() {
      let isCurrent = first + place == queue.list.cursor
      let rect = layout.rect(place)
      if material.report.facts.modality == .image {
        paintTile(row, isCurrent: isCurrent, in: rect)
      } else {
        paintLine(row, isCurrent: isCurrent, in: rect)
      }
    }
  }

  // MARK: Pictures

  private mutating func paintTile(_ row: Int, isCurrent: Bool, in rect: Rect) {
    let room = Rect(row: rect.row, column: rect.column, height: rect.height - 1, width: rect.width)
    let items = items(of: row)
    switch state.samples[row] {
    case .success(.image(let image)):
      thumbnail(image, items, in: room).draw(into: &grid, room, capabilities: capabilities)
    case .success, nil: break
    case .failure: draw(Line("unreadable", theme[.error]), row: 0, in: room)
    }
    let caption = Rect(row: rect.row + rect.height - 1, column: rect.column, height: 1, width: rect.width)
    draw(self.caption(row, width: caption.width), row: 0, in: caption)
    if isCurrent { mark(0, in: caption) }
  }

  /// "P 4>9 0.98": verdict, labels, suspicion, which gives way to long labels.
  private func caption(_ row: Int, width: Int) -> Line {
    let letter = verdictLetter(row)
    let suspicion = Double(material.report.suspicion[row])
    let sign = state.selection.rows.contains(row) ? "*" : ""
    let labels = Line([
      (sign, theme[.selected]), (letter.text + " ", letter.style), (labels(of: row), .plain),
    ])
    let score = Line(" " + fixed(suspicion, 2), theme.score(suspicion))
    return state.isHidden(row) || labels.width + score.width > width ? labels : labels + score
  }

  /// The given label, and behind it the one that a person or the evidence puts in its place.
  func labels(of row: Int) -> String {
    let given = material.label(of: row).map { displayText($0) } ?? "none"
    if case .relabel(let name)? = state.marks.verdict(of: row) { return "\(given)>\(displayText(name))" }
    if state.isHidden(row) { return given }
    return material.suggestedLabel(of: row).map { "\(given)>\(displayText($0))" } ?? given
  }

  // MARK: Texts and rows

  private mutating func paintLine(_ row: Int, isCurrent: Bool, in rect: Rect) {
    let letter = verdictLetter(row)
    let suspicion = Double(material.report.suspicion[row])
    let isSelected = state.selection.rows.contains(row)
    let head = Line([
      (isCurrent ? ">" : " ", .plain), (isSelected ? "*" : " ", theme[.selected]),
      (letter.text + " ", letter.style),
      state.isHidden(row) ? ("", .plain) : (fixed(suspicion, 2) + " ", theme.score(suspicion)),
      (cell(labels(of: row), min(state.labelPairWidth, rect.width / 4)) + " ", theme[.dim]),
    ])
    draw(head + keyword(row, width: rect.width - head.width), row: 0, in: rect)
    if isCurrent { mark(0, in: rect) }
  }

  /// What is telling of a text in its context, or the telling cells of a row; else its beginning.
  func keyword(_ row: Int, width: Int) -> Line {
    let items = items(of: row)
    let profile = profile(of: row)
    switch state.samples[row] {
    case .success(.text(let text)): return keyword(text, items, profile, width: width)
    case .success(.row(let fields)): return cells(fields, row, items, profile)
    case .success(.features(let values)):
      return Line(values.prefix(12).map { fixed(Double($0), 2) }.joined(separator: " "), theme[.dim])
    case .success(.image), nil: return Line()
    case .failure(let problem): return Line(displayText(problem.reason), theme[.error])
    }
  }

  /// So much of a text is looked through.
  private static var maxLooked: Int { 20_000 }

  private func keyword(_ text: String, _ items: [TriggerItem], _ profile: ClassProfile?, width: Int) -> Line {
    let shown = displayText(
      String(
        text.unicodeScalars.prefix(Self.maxLooked).map { $0 == "\n" || $0 == "\t" ? " " : Character($0) }))
    let marked = HighlightedText(shown, items: items).pieces(of: [shown]).first ?? []
    if let place = marked.firstIndex(where: \.isMarked) {
      return context(
        before: marked[..<place].map(\.text).joined(), word: marked[place].text,
        after: marked[(place + 1)...].map(\.text).joined(), width: width)
    }
    let extreme = profile.flatMap { profile -> String? in
      guard case .word(let word, _, _)? = ExtremePart.of(.text(text), in: profile).first else { return nil }
      return word
    }
    guard let extreme, let range = firstRange(of: extreme, in: shown) else { return Line(shown) }
    return context(
      before: String(shown[..<range.lowerBound]), word: String(shown[range]),
      after: String(shown[range.upperBound...]), width: width)
  }

  /// The word stands at the same place of every line, after two fifths of it.
  private func context(before: String, word: String, after: String, width: Int) -> Line {
    let room = max(0, width * 2 / 5)
    let head = String(before.suffix(room))
    return Line([
      (String(repeating: " ", count: max(0, room - TextWidth.width(head))) + head, .plain),
      (word, theme[.trigger]),
      (after, .plain),
    ])
  }

  private func firstRange(of word: String, in text: String) -> Range<String.Index>? {
    var start = text.startIndex
    let needle = Array(word)
    while start < text.endIndex {
      if let end = text.index(start, offsetBy: needle.count, limitedBy: text.endIndex),
        text[start..<end].lowercased() == word
      {
        return start..<end
      }
      start = text.index(after: start)
    }
    return nil
  }

  private func cells(_ fields: [Payload.Field], _ row: Int, _ items: [TriggerItem], _ profile: ClassProfile?)
    -> Line
  {
    let triggers = Set(items.flatMap(\.kind.conditions).map(\.column))
    var line = Line()
    for field in fields where triggers.contains(field.name) {
      line =
        line + Line("\(displayText(field.name))=\(displayText(field.value.prefix(40)))  ", theme[.trigger])
    }
    let parts = profile.map { ExtremePart.of(.row(fields), in: $0) } ?? []
    for case .cell(let column, let value, let kind, let share) in parts where !triggers.contains(column) {
      let side = kind == .low ? " low" : kind == .high ? " high" : ""
      line =
        line
        + Line([
          ("\(displayText(column))=\(displayText(value.prefix(40)))", theme[.high]),
          (" \(fixed(100 * share, 1))%\(side)  ", theme[.dim]),
        ])
    }
    guard line.width == 0 else { return line }
    let all = telling(fields, row).prefix(16).map {
      "\(displayText($0.name.prefix(20)))=\(displayText($0.value.prefix(30)))"
    }
    return Line(all.joined(separator: "  "), theme[.dim])
  }
}
