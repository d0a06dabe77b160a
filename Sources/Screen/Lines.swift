extension Grid {
  package mutating func horizontalLine(
    row: Int, column: Int, width: Int, style: Style = .plain, capabilities: Capabilities
  ) {
    fill(
      Rect(row: row, column: column, height: 1, width: width),
      GridCell(capabilities.unicode ? "─" : "-", style))
  }

  package mutating func verticalLine(
    row: Int, column: Int, height: Int, style: Style = .plain, capabilities: Capabilities
  ) {
    fill(
      Rect(row: row, column: column, height: height, width: 1),
      GridCell(capabilities.unicode ? "│" : "|", style))
  }

  /// A frame along the edge of the rectangle, with a title in its upper line.
  /// - Returns: the room within the frame.
  @discardableResult
  package mutating func box(
    _ rect: Rect, title: String = "", style: Style = .plain, titleStyle: Style? = nil,
    capabilities: Capabilities
  ) -> Rect {
    let inner = rect.inset()
    guard rect.height >= 2, rect.width >= 2 else {
      return Rect(row: rect.row, column: rect.column, height: 0, width: 0)
    }
    let bottom = rect.row + rect.height - 1
    let right = rect.column + rect.width - 1
    for row in [rect.row, bottom] {
      horizontalLine(
        row: row, column: rect.column + 1, width: rect.width - 2, style: style, capabilities: capabilities)
    }
    for column in [rect.column, right] {
      verticalLine(
        row: rect.row + 1, column: column, height: rect.height - 2, style: style, capabilities: capabilities)
    }
    let corners = capabilities.unicode ? ["┌", "┐", "└", "┘"] : ["+", "+", "+", "+"]
    let places = [(rect.row, rect.column), (rect.row, right), (bottom, rect.column), (bottom, right)]
    for (corner, place) in zip(corners, places) {
      put(corner, columns: 1, row: place.0, column: place.1, style: style)
    }
    if !title.isEmpty, rect.width >= 6 {
      draw(
        " " + TextWidth.truncate(title, to: rect.width - 6, ellipsis: capabilities.ellipsis) + " ",
        row: rect.row, column: rect.column + 2, style: titleStyle ?? style, maxWidth: rect.width - 4)
    }
    return inner
  }
}
