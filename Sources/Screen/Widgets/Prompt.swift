/// A line that is being typed: a label, the text, the terminal's cursor, and a dim hint behind the text.
package struct Prompt: Sendable {
  package var label: String
  package var text: String
  /// Where the cursor stands, in characters of `text`.
  package var caret: Int
  package var hint: String
  package var style: Style
  package var hintStyle: Style

  package init(
    label: String, text: String, caret: Int, hint: String = "", style: Style = .plain,
    hintStyle: Style = Style(dim: true)
  ) {
    self.label = label
    self.text = text
    self.caret = max(0, min(caret, text.count))
    self.hint = hint
    self.style = style
    self.hintStyle = hintStyle
  }

  /// A text wider than the line scrolls sideways, so that the cursor is always seen.
  package func draw(into grid: inout Grid, row: Int, column: Int, width: Int, capabilities: Capabilities) {
    guard width > 0 else { return }
    grid.fill(Rect(row: row, column: column, height: 1, width: width), GridCell(" ", style))
    let end = column + width
    let start =
      column
      + grid.draw(
        label, row: row, column: column, style: style, maxWidth: max(0, width - 2),
        ellipsis: capabilities.ellipsis)
    let room = max(1, end - start - 1)
    let characters = Array(text)
    var first = caret
    var before = 0
    while first > 0 {
      let columns = TextWidth.width(String(characters[first - 1]))
      if before + columns > room { break }
      before += columns
      first -= 1
    }
    let shown = String(characters[first...])
    let used = grid.draw(shown, row: row, column: start, style: style, maxWidth: end - start)
    if first > 0 {
      grid.put(capabilities.unicode ? "…" : "<", columns: 1, row: row, column: start, style: hintStyle)
    }
    grid.draw(
      hint, row: row, column: start + used + 1, style: hintStyle, maxWidth: max(0, end - start - used - 1),
      ellipsis: capabilities.ellipsis)
    if row >= 0, row < grid.height { grid.cursor = (row, min(start + before, end - 1, grid.width - 1)) }
  }
}
