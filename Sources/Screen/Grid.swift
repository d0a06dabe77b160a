/// A place and a size in cells; row 0, column 0 is the upper left.
package struct Rect: Sendable, Equatable {
  package var row: Int
  package var column: Int
  package var height: Int
  package var width: Int
  package init(row: Int, column: Int, height: Int, width: Int) {
    self.row = row
    self.column = column
    self.height = max(0, height)
    self.width = max(0, width)
  }
  package var isEmpty: Bool { height == 0 || width == 0 }
}

/// A color as the theme names it; the driver maps it to what the terminal has.
package enum Color: Sendable, Hashable {
  case standard
  /// 0...15: the terminal's own palette, as its user chose it. Beyond, which drivers alone use, xterm's 256.
  case palette(UInt8)
  /// True color, brought down to 256 or 8 where the terminal has no more.
  case rgb(UInt8, UInt8, UInt8)
  /// The same of a small picture: another that looks the same will do, where it is sent in fewer bytes.
  case approximate(UInt8, UInt8, UInt8)
}

package struct Style: Sendable, Hashable {
  package var foreground: Color = .standard
  package var background: Color = .standard
  package var bold = false
  package var dim = false
  package var underline = false
  package var reverse = false
  package init(
    foreground: Color = .standard, background: Color = .standard, bold: Bool = false, dim: Bool = false,
    underline: Bool = false, reverse: Bool = false
  ) {
    self.foreground = foreground
    self.background = background
    self.bold = bold
    self.dim = dim
    self.underline = underline
    self.reverse = reverse
  }
  package static let plain = Style()
}

/// One cell: a grapheme of one or two columns. The right half of a wide one is a cell with an empty text.
package struct GridCell: Sendable, Equatable {
  package var text: String
  package var style: Style
  package init(_ text: String = " ", _ style: Style = .plain) {
    self.text = text
    self.style = style
  }
}

/// What a screen shows: rows of cells. Everything is drawn into one of these; drivers and tests read it.
package struct Grid: Sendable, Equatable {
  package let height: Int
  package let width: Int
  package private(set) var cells: [GridCell]
  /// Where the terminal's cursor stands, nil to hide it (prompts show it).
  package var cursor: (row: Int, column: Int)?

  package init(height: Int, width: Int, filledWith cell: GridCell = GridCell()) {
    self.height = max(0, height)
    self.width = max(0, width)
    cells = [GridCell](repeating: cell, count: self.height * self.width)
  }

  package var bounds: Rect { Rect(row: 0, column: 0, height: height, width: width) }

  package subscript(row: Int, column: Int) -> GridCell {
    get { cells[row * width + column] }
    set { cells[row * width + column] = newValue }
  }

  package static func == (a: Grid, b: Grid) -> Bool {
    a.height == b.height && a.width == b.width && a.cells == b.cells && a.cursor?.row == b.cursor?.row
      && a.cursor?.column == b.cursor?.column
  }
}
