import Model
import Scanning
import Screen

/// One frame while it is drawn. The screens are extensions of it, one file each; none of them changes the state.
struct Frame {
  let state: State
  let theme: Theme
  let capabilities: Capabilities
  let layout: Layout
  var grid: Grid

  var material: CaseMaterial { state.material }

  /// What findings know a sample by; nothing where that is not to be seen yet.
  func items(of row: Int) -> [TriggerItem] {
    state.isHidden(row) ? [] : material.findings(of: row).compactMap { material.report.findings[$0].item }
  }

  /// What is usual in the class of a sample; nil where it is not known, or would tell what to think of the sample.
  func profile(of row: Int) -> ClassProfile? {
    state.isHidden(row) ? nil : state.views.review.profiles[material.labelCode(of: row)]
  }

  init(_ state: State, _ grid: Grid) {
    self.state = state
    self.grid = grid
    theme = state.theme
    capabilities = state.capabilities
    layout = Layout(size: ScreenSize(height: grid.height, width: grid.width))
  }

  // MARK: Glyphs

  private func glyph(_ unicode: String, _ ascii: String) -> String { capabilities.unicode ? unicode : ascii }
  var arrow: String { glyph("›", ">") }
  var dot: String { glyph("·", "-") }
  var pointer: String { glyph("▸", ">") }

  // MARK: Text

  /// Pieces of one line, each in its style.
  struct Line {
    var pieces: [(text: String, style: Style)]
    init(_ text: String = "", _ style: Style = .plain) { pieces = [(text, style)] }
    init(_ pieces: [(text: String, style: Style)]) { self.pieces = pieces }
    static func + (a: Line, b: Line) -> Line { Line(a.pieces + b.pieces) }
    var width: Int { pieces.reduce(0) { $0 + TextWidth.width($1.text) } }
  }

  /// Draws a line within a rectangle, cut off with an ellipsis.
  mutating func draw(_ line: Line, row: Int, in rect: Rect) {
    var column = 0
    for piece in line.pieces where column < rect.width {
      column += grid.draw(
        piece.text, at: (row, column), style: piece.style, clippedTo: rect, ellipsis: capabilities.ellipsis)
    }
  }

  /// Draws lines from the top of a rectangle; where they do not fit, the last that is shown says how many do not.
  /// - Parameters:
  ///   - first: the line to begin with; the end of the text stays at the foot of the rectangle.
  ///   - key: shows the others.
  mutating func draw(_ lines: [Line], in rect: Rect, from first: Int = 0, more key: String = "") {
    let rest = lines.dropFirst(min(first, max(0, lines.count - rect.height)))
    let fits = rest.count <= rect.height
    for (row, line) in rest.prefix(fits ? rect.height : rect.height - 1).enumerated() {
      draw(line, row: row, in: rect)
    }
    if !fits, rect.height > 0 {
      let hint = key.isEmpty ? "" : ": \(key)"
      draw(
        Line("(\(rest.count - rect.height + 1) more lines\(hint))", theme[.dim]), row: rect.height - 1,
        in: rect)
    }
  }

  /// A text wrapped to lines of one style.
  func wrapped(_ text: String, _ width: Int, _ style: Style = .plain, indent: Int = 0) -> [Line] {
    let lines = TextWidth.wrap(text, to: max(1, width - indent))
    return lines.enumerated().map { index, line in
      Line((index == 0 ? "" : String(repeating: " ", count: indent)) + line, style)
    }
  }

  /// Text from data, brought to a width.
  func cell(_ text: String, _ width: Int, _ alignment: Alignment = .left) -> String {
    TextWidth.fit(displayText(text), to: width, alignment: alignment, ellipsis: capabilities.ellipsis)
  }

  // MARK: Panels

  /// A title with a rule to the right edge; returns the room below it.
  @discardableResult
  mutating func panel(_ title: String, note: String = "", isFocused: Bool = false, _ rect: Rect) -> Rect {
    guard rect.height > 0, rect.width > 4 else {
      return Rect(row: rect.row, column: rect.column, height: 0, width: 0)
    }
    grid.horizontalLine(
      row: rect.row, column: rect.column, width: rect.width, style: theme[.border], capabilities: capabilities
    )
    let mark = isFocused ? pointer + " " : ""
    let used = grid.draw(
      mark + title + " ", row: rect.row, column: rect.column, style: theme[.title], maxWidth: rect.width)
    // What stands before a comma says enough where all of it does not fit.
    let notes = [note, String(note.prefix { $0 != "," })].filter { !$0.isEmpty }.map { " " + $0 }
    if let text = notes.first(where: { used + TextWidth.width($0) + 1 <= rect.width }) {
      grid.draw(
        text, row: rect.row, column: rect.column + rect.width - TextWidth.width(text), style: theme[.dim])
    }
    return Rect(row: rect.row + 1, column: rect.column, height: rect.height - 1, width: rect.width)
  }

  /// Lines between panes that stand side by side.
  mutating func separate(_ panes: [Rect]) {
    for pane in panes.dropFirst() {
      grid.verticalLine(
        row: pane.row, column: pane.column - 1, height: pane.height, style: theme[.separator],
        capabilities: capabilities)
    }
  }

  /// Marks a line of a list as the one under the cursor.
  mutating func mark(_ row: Int, in rect: Rect, isFocused: Bool = true) {
    grid.restyle(Rect(row: rect.row + row, column: rect.column, height: 1, width: rect.width)) { style in
      style = isFocused ? theme[.cursor] : theme[.inactiveCursor]
    }
  }

  /// The letter of the standing verdict and its style; a dot for none.
  func verdictLetter(_ row: Int) -> (text: String, style: Style) {
    guard let mark = state.marks[row] else { return (".", .plain) }
    return (mark.letter, theme.style(mark))
  }

  /// How many samples stand under a verdict; an ellipsis while nobody knows.
  func countText(_ mark: VerdictMark) -> String {
    state.knowsMarks ? grouped(state.marks.count(mark)) : capabilities.ellipsis
  }

  /// "P 4,102" and its kin.
  func counts() -> Line {
    Line(
      VerdictMark.allCases.flatMap { mark -> [(text: String, style: Style)] in
        let style = state.marks.count(mark) > 0 ? theme.style(mark) : theme[.dim]
        return [(mark.letter + " " + countText(mark), style), ("  ", .plain)]
      })
  }
}
