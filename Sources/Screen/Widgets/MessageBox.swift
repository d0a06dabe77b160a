/// A box in the middle of a place: a message or a question, with the keys that answer it in its lower line.
package struct MessageBox: Sendable {
  package var title: String
  /// Paragraphs; each is wrapped.
  package var lines: [String]
  /// The keys that answer, such as `y yes   N no`.
  package var keys: String
  /// A line to type in, for confirmations that ask for a number.
  package var prompt: Prompt?
  package var style: Style
  package var titleStyle: Style

  package init(
    title: String, lines: [String], keys: String, prompt: Prompt? = nil, style: Style = .plain,
    titleStyle: Style = Style(bold: true)
  ) {
    self.title = title
    self.lines = lines
    self.keys = keys
    self.prompt = prompt
    self.style = style
    self.titleStyle = titleStyle
  }

  /// Draws over what is there. Where the text is longer than the place, its end is left out and an ellipsis line
  /// says so; the prompt and the keys always show.
  /// - Returns: where the box stands.
  @discardableResult
  package func draw(into grid: inout Grid, within place: Rect, capabilities: Capabilities) -> Rect {
    let longest = (lines + [keys, title]).map { TextWidth.width($0) }.max() ?? 0
    let width = min(place.width, max(24, min(longest, 76)) + 4)
    let inner = max(0, width - 4)
    var body = lines.flatMap { TextWidth.wrap($0, to: inner) }
    let fixed = 3 + (prompt == nil ? 0 : 1) + (body.isEmpty ? 0 : 1)
    let room = max(0, place.height - fixed)
    if body.count > room {
      body = Array(body.prefix(max(0, room - 1))) + (room > 0 ? [capabilities.ellipsis] : [])
    }
    let height = min(place.height, body.count + fixed)
    let rect = Rect(
      row: place.row + (place.height - height) / 2, column: place.column + (place.width - width) / 2,
      height: height, width: width)
    grid.fill(rect, GridCell(" ", style))
    grid.box(rect, title: title, style: style, titleStyle: titleStyle, capabilities: capabilities)
    for (offset, line) in body.enumerated() {
      grid.draw(line, row: rect.row + 1 + offset, column: rect.column + 2, style: style, maxWidth: inner)
    }
    let last = rect.row + rect.height - 2
    if let prompt {
      prompt.draw(
        into: &grid, row: last - 1, column: rect.column + 2, width: inner, capabilities: capabilities)
    }
    var keyStyle = style
    keyStyle.bold = true
    grid.draw(
      keys, row: last, column: rect.column + 2, style: keyStyle, maxWidth: inner,
      ellipsis: capabilities.ellipsis)
    return rect
  }
}
