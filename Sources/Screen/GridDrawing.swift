extension Grid {
  /// Draws one line of text, clipped to the grid and to `maxWidth` columns from `column` on.
  ///
  /// A wide character that would cross the clip edge is left out and its column stays free; combining marks join
  /// the cell before. Where a wide character is half overwritten, its other half becomes a space, so that a row
  /// never holds half a character. Control and format characters are shown as `?`: text from data has passed
  /// `displayText` before, this is the second lock on the same door.
  /// - Returns: the columns used, from `column` to the end of what was drawn, cut-off parts not counted.
  @discardableResult
  package mutating func draw(
    _ text: String, row: Int, column: Int, style: Style = .plain, maxWidth: Int? = nil, ellipsis: String = ""
  ) -> Int {
    guard row >= 0, row < height, column < width else { return 0 }
    let limit = min(width, column + min(max(0, maxWidth ?? Int.max / 4), Int.max / 4))
    guard limit > column else { return 0 }
    let shown =
      ellipsis.isEmpty ? text : TextWidth.truncate(text, to: limit - column, ellipsis: ellipsis)
    var at = column
    var lastBase: Int?
    for scalar in shown.unicodeScalars {
      let columns = TextWidth.width(of: scalar)
      if columns == 0 {
        if let base = lastBase { appendMark(scalar, row: row, column: base) }
        continue
      }
      if at + columns > limit { break }
      if at >= 0 {
        put(Self.printable(scalar), columns: columns, row: row, column: at, style: style)
        lastBase = at
      } else {
        lastBase = nil
        // The right half of a wide character cut by the left edge.
        if at + columns > 0 { put(" ", columns: 1, row: row, column: 0, style: style) }
      }
      at += columns
    }
    return at - column
  }

  /// Draws one line of text within a rectangle; `row` and `column` count from its upper left corner.
  @discardableResult
  package mutating func draw(
    _ text: String, at place: (row: Int, column: Int), style: Style = .plain, clippedTo rect: Rect,
    ellipsis: String = ""
  ) -> Int {
    guard place.row >= 0, place.row < rect.height, place.column >= 0, place.column < rect.width else {
      return 0
    }
    return draw(
      text, row: rect.row + place.row, column: rect.column + place.column, style: style,
      maxWidth: rect.width - place.column, ellipsis: ellipsis)
  }

  /// Fills what of the rectangle lies within the grid with one cell of one column.
  package mutating func fill(_ rect: Rect, _ cell: GridCell = GridCell()) {
    let area = rect.intersection(bounds)
    for row in area.row..<area.row + area.height {
      for column in area.column..<area.column + area.width {
        put(cell.text, columns: 1, row: row, column: column, style: cell.style)
      }
    }
  }

  /// Changes the style of cells and leaves their text.
  package mutating func restyle(_ rect: Rect, _ change: (inout Style) -> Void) {
    let area = rect.intersection(bounds)
    for row in area.row..<area.row + area.height {
      for column in area.column..<area.column + area.width {
        var cell = self[row, column]
        change(&cell.style)
        self[row, column] = cell
      }
    }
  }

  /// Sets one cell (two for a wide character) that lies within the grid, and repairs halves that it cuts.
  package mutating func put(_ text: String, columns: Int, row: Int, column: Int, style: Style) {
    guard row >= 0, row < height, column >= 0, column + columns <= width else { return }
    if column > 0, self[row, column].text.isEmpty { self[row, column - 1].text = " " }
    let after = column + columns
    if after < width, self[row, after].text.isEmpty { self[row, after].text = " " }
    self[row, column] = GridCell(text, style)
    if columns == 2 { self[row, column + 1] = GridCell("", style) }
  }

  /// ncurses holds a base and four marks in a cell (CCHARW_MAX is 5).
  private mutating func appendMark(_ mark: Unicode.Scalar, row: Int, column: Int) {
    var cell = self[row, column]
    guard cell.text.unicodeScalars.count < 5, !Self.isVariationSelector(mark) else { return }
    cell.text.unicodeScalars.append(mark)
    self[row, column] = cell
  }

  /// They make some terminals show a character wider than its cell.
  private static func isVariationSelector(_ scalar: Unicode.Scalar) -> Bool {
    (0xFE00...0xFE0F).contains(scalar.value) || (0xE0100...0xE01EF).contains(scalar.value)
  }

  private static func printable(_ scalar: Unicode.Scalar) -> String {
    if scalar.value >= 0x20 && scalar.value < 0x7F { return String(scalar) }
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .lineSeparator, .paragraphSeparator, .unassigned: return "?"
    default: return String(scalar)
    }
  }
}

extension Rect {
  package func intersection(_ other: Rect) -> Rect {
    let top = max(row, other.row)
    let left = max(column, other.column)
    let bottom = min(row + height, other.row + other.height)
    let right = min(column + width, other.column + other.width)
    return Rect(row: top, column: left, height: bottom - top, width: right - left)
  }

  /// The rectangle without `rows` above and below and `columns` left and right.
  package func inset(rows: Int = 1, columns: Int = 1) -> Rect {
    Rect(row: row + rows, column: column + columns, height: height - 2 * rows, width: width - 2 * columns)
  }

  package func contains(row: Int, column: Int) -> Bool {
    row >= self.row && row < self.row + height && column >= self.column && column < self.column + width
  }
}
