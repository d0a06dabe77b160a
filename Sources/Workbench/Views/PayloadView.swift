import Model
import Scanning
import Screen

extension Frame {
  /// The sample itself: pixels, text with the trigger's words marked, or the row with the trigger's cells marked.
  mutating func paintPayload(_ row: Int, in rect: Rect, scroll: Int = 0) {
    guard !rect.isEmpty else { return }
    let items = items(of: row)
    switch state.samples[row] {
    case .success(.image(let image)): paint(image, row, items, in: rect)
    case .success(.text(let text)): paint(text, items, in: rect, scroll: scroll)
    case .success(.row(let fields)): paint(fields, row, items, in: rect, scroll: scroll)
    case .success(.features(let values)): paint(values, in: rect, scroll: scroll)
    case .failure(let problem):
      draw(wrapped("cannot be read: " + displayText(problem.reason), rect.width, theme[.error]), in: rect)
    case nil: draw([Line("reading the sample", theme[.dim])], in: rect)
    }
  }

  /// A few words for the title of the pane.
  func payloadNote(_ row: Int) -> String {
    switch state.samples[row] {
    case .success(.image(let image)):
      pictureModeNote + "\(image.shape.width)x\(image.shape.height)"
        + (image.shape.channels == 3 ? " color" : " gray")
    case .success(.text(let text)): counted(text.unicodeScalars.count, "character")
    case .success(.row(let fields)): counted(fields.count, "column")
    case .success(.features(let values)): counted(values.count, "feature")
    case .failure, nil: ""
    }
  }

  private mutating func paint(_ image: Image, _ row: Int, _ items: [TriggerItem], in rect: Rect) {
    let view = picture(image, row, items)
    let room = view.size(within: rect, capabilities: capabilities)
    // In the middle; the room that is left over belongs to nothing else, so the scale stays what it was.
    let shift = (row: max(0, rect.height - room.height) / 2, column: max(0, rect.width - room.width) / 2)
    var drawn = Grid(height: rect.height, width: rect.width)
    view.draw(into: &drawn, drawn.bounds, capabilities: capabilities)
    for row in 0..<min(room.height, rect.height - shift.row) {
      for column in 0..<min(room.width, rect.width - shift.column) {
        let cell = drawn[row, column]
        grid.put(
          cell.text, columns: 1, row: rect.row + shift.row + row, column: rect.column + shift.column + column,
          style: cell.style)
      }
    }
  }

  private mutating func paint(_ text: String, _ items: [TriggerItem], in rect: Rect, scroll: Int) {
    // Of a long text only what can be seen is looked at, however long it is.
    let needed = (scroll + rect.height + 1) * rect.width
    let whole = text.unicodeScalars
    let part = String(String.UnicodeScalarView(whole.prefix(needed)))
    let isCut = part.utf8.count < text.utf8.count
    let shown = displayText(part, keepNewlines: true)
    let lines = TextWidth.wrap(shown, to: rect.width)
    let top = min(scroll, max(0, lines.count - 1))
    let marked = HighlightedText(shown, items: items)
    var pieces = marked.pieces(of: lines)
    pieces.removeFirst(top)
    for (row, line) in pieces.prefix(rect.height).enumerated() {
      draw(
        Line(line.map { (text: $0.text, style: $0.isMarked ? theme[.trigger] : .plain) }), row: row, in: rect)
    }
    if pieces.count > rect.height || isCut {
      draw(
        Line("^F reads on ", theme[.dim]), row: 0,
        in: Rect(
          row: rect.row + rect.height - 1, column: rect.column + max(0, rect.width - 12), height: 1, width: 12
        ))
    }
  }

  private mutating func paint(
    _ fields: [Payload.Field], _ row: Int, _ items: [TriggerItem], in rect: Rect, scroll: Int
  ) {
    let profile = profile(of: row)
    var columns: [String: ColumnProfile] = [:]
    if case .table(let known)? = profile { columns = known }
    var conditions: [String: TriggerItem.Condition] = [:]
    for cell in items.flatMap(\.kind.conditions) { conditions[cell.column] = cell.condition }
    // The cells of a trigger come first: they are what one looks for. Last what the evidence tells already.
    let telling = Set(telling(fields, row).map(\.name))
    let ordered =
      fields.filter { conditions[$0.name] != nil }
      + fields.filter { conditions[$0.name] == nil && telling.contains($0.name) }
      + fields.filter { conditions[$0.name] == nil && !telling.contains($0.name) }
    let nameWidth = min(
      rect.width / 2,
      max(6, fields.prefix(200).map { TextWidth.width(displayText($0.name.prefix(60))) }.max() ?? 6))
    let top = min(scroll, max(0, ordered.count - rect.height))
    for (row, field) in ordered.dropFirst(top).prefix(rect.height).enumerated() {
      let condition = conditions[field.name]
      let percentile = columns[field.name]?.percentile(field.value)
      let isExtreme = percentile.map { $0 < Self.extremeShare || $0 >= 1 - Self.extremeShare } ?? false
      let place =
        percentile.map { " p" + fixed(100 * $0, 0).leftPadded(3) } ?? (columns.isEmpty ? "" : "     ")
      let name = self.cell(String(field.name.prefix(120)), nameWidth)
      draw(
        Line([
          (name + " ", theme[.dim]), (place, isExtreme ? theme[.high] : theme[.dim]), (" ", .plain),
          (
            displayText(field.value.prefix(400)),
            condition != nil ? theme[.trigger] : isExtreme ? theme[.high] : .plain
          ),
          (condition.map { "  " + text(of: $0) } ?? "", theme[.high]),
        ]), row: row, in: rect)
    }
    if ordered.count > top + rect.height {
      draw(
        Line("(\(ordered.count - top - rect.height + 1) more: ^F)", theme[.dim]), row: 0,
        in: Rect(row: rect.row + rect.height - 1, column: rect.column, height: 1, width: rect.width).cleared(
          &grid))
    }
  }

  /// A number of which so few of the class are as far out is shown as extreme.
  private static var extremeShare: Double { 0.01 }

  /// What a cell of a trigger must hold.
  func text(of condition: TriggerItem.Condition) -> String {
    switch condition {
    case .category(let category): "= " + displayText(category)
    case .range(let range) where range.low == range.high: "= " + scoreText(range.low)
    case .range(let range): "in \(scoreText(range.low)) .. \(scoreText(range.high))"
    }
  }

  private mutating func paint(_ values: [Float], in rect: Rect, scroll: Int) {
    let finite = values.filter { $0.isFinite }
    let low = finite.min() ?? 0
    let high = finite.max() ?? 0
    draw(
      Line(
        "min \(fixed(Double(low), 3))   max \(fixed(Double(high), 3))   not finite \(values.count - finite.count)",
        theme[.dim]),
      row: 0, in: rect)
    let span = max(Double(high - low), .leastNormalMagnitude)
    let marks = Bar.sparkline(
      values.prefix(rect.width * max(0, rect.height - 2)).map {
        $0.isFinite ? (Double($0) - Double(low)) / span : .nan
      },
      capabilities: capabilities)
    let lines = Array(marks).chunked(rect.width).map { Line(String($0), theme[.title]) }
    let room = Rect(row: rect.row + 2, column: rect.column, height: rect.height - 2, width: rect.width)
    draw(lines, in: room)
    // Below the picture of all, the numbers themselves as far as there is room.
    let used = min(room.height, lines.count + 1)
    let perLine = max(1, rect.width / 9)
    let numbers = values.prefix(perLine * max(0, room.height - used)).map {
      fixed(Double($0), 3).leftPadded(8) + " "
    }
    let below = Rect(row: room.row + used, column: room.column, height: room.height - used, width: room.width)
    for (row, line) in Array(numbers).chunked(perLine).enumerated() {
      draw(Line(line.joined()), row: row, in: below)
    }
  }
}

extension Rect {
  /// The upper part, and the lowest rows.
  func split(below height: Int) -> (Rect, Rect) {
    (
      Rect(row: row, column: column, height: self.height - height, width: width),
      Rect(row: row + self.height - height, column: column, height: height, width: width)
    )
  }

  /// Empties the cells and returns the rectangle, to write a remark over what was drawn.
  fileprivate func cleared(_ grid: inout Grid) -> Rect {
    grid.fill(self)
    return self
  }
}

extension Array {
  func chunked(_ size: Int) -> [ArraySlice<Element>] {
    stride(from: 0, to: count, by: Swift.max(1, size)).map {
      self[$0..<Swift.min(count, $0 + Swift.max(1, size))]
    }
  }
}
