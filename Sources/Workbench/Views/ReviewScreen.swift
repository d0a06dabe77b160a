import Model
import Screen

extension Frame {
  mutating func paintReview(_ queue: Queue) {
    guard let row = queue.currentRow else {
      return draw([Line("No sample here: q goes back.", theme[.warning])], in: layout.body)
    }
    let panes = layout.reviewPanes
    separate(panes)
    let letter = verdictLetter(row)
    let payload = panel("#" + sampleName(row), note: payloadNote(row), panes[0])
    if letter.text != "." {
      // The standing verdict stands where the eye is: in the title of the sample.
      let title = " " + letter.text + " "
      grid.draw(
        title, row: panes[0].row, column: panes[0].column + TextWidth.width("#" + sampleName(row)) + 1,
        style: letter.style, maxWidth: 3)
    }
    // Where the sample leaves room, what else would share the next pane stands beneath it.
    let (shown, below) = payload.split(below: spareRows(below: row, in: panes[0]))
    paintPayload(row, in: shown, scroll: state.views.review.scroll)
    if panes.count < 3, !below.isEmpty { paintBeneath(row, queue, in: below) }
    if panes.count == 3 {
      let lines = evidence(row, width: panes[1].width)
      let height = below.isEmpty ? min(panes[1].height - 10, lines.count + 1) : panes[1].height
      let (upper, lower) = panes[1].split(below: panes[1].height - height)
      draw(lines, in: panel("evidence", upper), from: state.views.review.sideScroll, more: "^D")
      paintNeighbors(row, in: panel("neighbors", note: "nearest first", below.isEmpty ? lower : below))
      let third = panes[2]
      let next = Rect(row: third.row, column: third.column, height: third.height / 2, width: third.width)
      let record = Rect(
        row: next.row + next.height, column: third.column, height: third.height - next.height,
        width: third.width)
      paintNext(queue, in: panel("up next", next))
      draw(recordLines(row, width: record.width), in: panel("record", record))
      return
    }
    paintSide(queue, row, hasNext: below.isEmpty, in: panes[1])
  }

  /// Rows that a sample leaves in a pane beneath it; 0 where they are too few for anything.
  func spareRows(below row: Int, in pane: Rect) -> Int {
    let spare = pane.height - 2 - payloadHeight(row, width: pane.width)
    return spare < Self.minSpareRows ? 0 : layout.size.panes < 2 ? min(spare, Self.maxNextRows) : spare
  }

  /// With the title.
  private static var minSpareRows: Int { 4 }
  private static var maxNextRows: Int { 12 }

  /// The next samples, and above them where there is room the nearest ones, unless those stand beside it.
  private mutating func paintBeneath(_ row: Int, _ queue: Queue, in rect: Rect) {
    let isBeside = state.views.review.pane == .neighbors
    let (above, next) = rect.split(below: isBeside ? rect.height : min(rect.height, Self.maxNextRows))
    if above.height >= Self.minSpareRows {
      paintNeighbors(row, in: panel("neighbors", note: "nearest first", above))
    }
    paintNext(queue, in: panel("up next", next))
  }

  /// One of the three sides of a sample; Tab goes on.
  private mutating func paintSide(_ queue: Queue, _ row: Int, hasNext: Bool, in rect: Rect) {
    let pane = state.views.review.pane
    let nextHeight = hasNext && rect.height >= 26 ? 8 : 0
    let (main, below) = rect.split(below: nextHeight)
    let names = ReviewView.Pane.allCases.map {
      $0 == .neighbors ? "neighbors" : $0 == .record ? "record" : "evidence"
    }
    let others = names.enumerated().filter { $0.offset != pane.rawValue }.map(\.element).joined(
      separator: " ")
    let inner = panel(names[pane.rawValue], note: "Tab: " + others, main)
    let scroll = state.views.review.sideScroll
    switch pane {
    case .evidence: draw(evidence(row, width: inner.width), in: inner, from: scroll, more: "^D")
    case .neighbors: paintNeighbors(row, in: inner)
    case .record: draw(recordLines(row, width: inner.width), in: inner, from: scroll, more: "^D")
    }
    if nextHeight > 0 { paintNext(queue, in: panel("up next", below)) }
  }

  private mutating func paintNext(_ queue: Queue, in rect: Rect) {
    let start = queue.list.cursor + 1
    guard start < queue.rows.count else {
      return draw([Line("This is the last one.", theme[.dim])], in: rect)
    }
    for (line, index) in queue.rows[start..<min(queue.rows.count, start + rect.height)].enumerated() {
      let row = Int(index)
      let suspicion = Double(material.report.suspicion[row])
      let letter = verdictLetter(row)
      draw(
        Line([
          (letter.text + " ", letter.style),
          state.isHidden(row) ? ("", .plain) : (fixed(suspicion, 3) + " ", theme.score(suspicion)),
          (cell(material.report.ids[row], min(state.idWidth, max(12, rect.width / 3))) + " ", .plain),
          (material.label(of: row).map { displayText($0) } ?? "-", theme[.dim]),
        ]), row: line, in: rect)
    }
  }

  /// Rows that the sample itself takes; all there are of what fills whatever room it has.
  func payloadHeight(_ row: Int, width: Int) -> Int {
    switch state.samples[row] {
    case .success(.text(let text)):
      // More than a screen of text is long enough.
      let part = String(text.unicodeScalars.prefix(layout.body.height * width).map(Character.init))
      return part.utf8.count < text.utf8.count
        ? layout.body.height : TextWidth.wrap(displayText(part, keepNewlines: true), to: width).count
    case .success(.row(let fields)): return fields.count
    case .success(.image), .success(.features), .failure, nil: return layout.body.height
    }
  }

  private func noteLines(_ note: String, _ width: Int) -> [Line] {
    wrapped("note".padded(14) + displayText(note), width, indent: 14)
  }

  /// Each tag with who put it on the sample, and when.
  private func tagRecord(_ id: String) -> [Line] {
    state.review.tagDecisions(on: id).sorted { $0.key < $1.key }.map { word, decision in
      let moment = CalendarTime(milliseconds: decision.at)
      return Line([
        ("tag".padded(14), theme[.dim]), (displayText(word), theme[.key]),
        ("  \(moment.date) by \(displayText(decision.reviewer))", theme[.dim]),
      ])
    }
  }

  /// What is on record of the sample: where it stands, and all decisions on it.
  private func recordLines(_ row: Int, width: Int) -> [Line] {
    let id = material.report.ids[row]
    func fact(_ name: String, _ value: String) -> Line {
      Line([(name.padded(14), theme[.dim]), (value, .plain)])
    }
    var lines = [
      fact("row", grouped(row)),
      fact("hash", state.samples.digest(of: row).map { String($0.hex.prefix(16)) } ?? ""),
      fact("label", material.label(of: row).map { displayText($0) } ?? "none"),
    ]
    if let source = material.source(of: row) { lines.append(fact("source", displayText(source))) }
    if let time = material.time(of: row) {
      let moment = CalendarTime(milliseconds: time)
      lines.append(fact("time", "\(moment.date) \(moment.clock) UTC"))
    }
    if let place = material.layout(of: row) {
      lines.append(fact("2-D position", "\(fixed(Double(place.x), 2)), \(fixed(Double(place.y), 2))"))
    }
    lines += tagRecord(id)
    lines += opinionRecord(row, width: width)
    if !state.isHidden(row) {
      lines += [Line(), Line("raw scores", theme[.title])]
      lines += material.detectors.map { fact($0.info.name.padded(23), scoreText(Double($0.raw[row]))) }
    }
    if let decision = state.standingDecision(on: id) {
      let moment = CalendarTime(milliseconds: decision.at)
      lines.insert(
        fact(
          "decided",
          "\(moment.date) \(moment.clock) by \(displayText(decision.reviewer)), no. \(decision.sequence)"),
        at: 0)
      if let rule = decision.by { lines.insert(fact("rule", displayText(rule)), at: 1) }
      if let note = decision.note { lines.insert(contentsOf: noteLines(note, width), at: 1) }
    }
    return lines
  }
}
