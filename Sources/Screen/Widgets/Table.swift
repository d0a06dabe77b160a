/// A column of a table: what it wants of the width, and how soon it gives way on a narrow screen.
package struct TableColumn: Sendable, Equatable {
  package var title: String
  /// Columns it needs at least.
  package var width: Int
  /// Columns it takes at most where there is room; equal to `width` for a fixed column.
  package var maximum: Int
  package var alignment: Alignment
  /// 0 never gives way; the highest gives way first, the rightmost of equals.
  package var priority: Int

  package init(
    _ title: String, width: Int, maximum: Int? = nil, alignment: Alignment = .left, priority: Int = 0
  ) {
    self.title = title
    self.width = max(0, width)
    self.maximum = max(width, maximum ?? width)
    self.alignment = alignment
    self.priority = priority
  }
}

package struct TableCell: Sendable, Equatable {
  package enum Content: Sendable, Equatable {
    case text(String)
    /// A bar of a share in 0...1.
    case bar(Double)
  }
  package var content: Content
  package var style: Style
  package init(_ text: String, style: Style = .plain) {
    content = .text(text)
    self.style = style
  }
  package init(bar fraction: Double, style: Style = .plain) {
    content = .bar(fraction)
    self.style = style
  }
}

/// The visible rows of a table, with a header, a cursor row (`>` and reversed) and marks of a selection (`*`).
package struct Table: Sendable {
  package struct Row: Sendable, Equatable {
    package var cells: [TableCell]
    package var isSelected: Bool
    package init(_ cells: [TableCell], isSelected: Bool = false) {
      self.cells = cells
      self.isSelected = isSelected
    }
  }
  package var columns: [TableColumn]
  /// Only the rows that are to be seen: the caller scrolls.
  package var rows: [Row]
  /// Index in `rows`.
  package var cursor: Int?
  /// The column the rows are ordered by, marked in the header.
  package var sorted: (column: Int, ascending: Bool)?
  package var headerStyle: Style
  package var selectedStyle: Style

  package init(
    columns: [TableColumn], rows: [Row], cursor: Int? = nil, sorted: (column: Int, ascending: Bool)? = nil,
    headerStyle: Style = Style(bold: true, underline: true), selectedStyle: Style = Style(bold: true)
  ) {
    self.columns = columns
    self.rows = rows
    self.cursor = cursor
    self.sorted = sorted
    self.headerStyle = headerStyle
    self.selectedStyle = selectedStyle
  }

  /// Columns of the gutter: the cursor's sign, the selection's sign.
  package static let gutter = 2

  /// Which columns are shown, where they begin and how wide they are. One free column stands between two.
  package static func layout(_ columns: [TableColumn], width: Int) -> [(index: Int, start: Int, width: Int)] {
    var kept = Array(columns.indices)
    func needed() -> Int { kept.reduce(gutter - 1) { $0 + 1 + columns[$1].width } }
    while needed() > width {
      guard
        let worst = kept.filter({ columns[$0].priority > 0 })
          .max(by: { (columns[$0].priority, $0) < (columns[$1].priority, $1) })
      else { break }
      kept.removeAll { $0 == worst }
    }
    var spare = max(0, width - needed())
    var start = gutter
    var places: [(index: Int, start: Int, width: Int)] = []
    // Room that is left goes to the growing columns in order of importance, then of place.
    var extra = [Int: Int]()
    for index in kept.sorted(by: { (columns[$0].priority, $0) < (columns[$1].priority, $1) }) {
      let more = min(spare, columns[index].maximum - columns[index].width)
      extra[index] = more
      spare -= more
    }
    for index in kept {
      let room = min(columns[index].width + (extra[index] ?? 0), max(0, width - start))
      places.append((index, start, room))
      start += room + 1
    }
    return places
  }

  /// The header takes the first row of the rectangle.
  package func draw(into grid: inout Grid, _ rect: Rect, capabilities: Capabilities) {
    grid.fill(rect)
    guard !rect.isEmpty else { return }
    let places = Self.layout(columns, width: rect.width)
    grid.fill(
      Rect(row: rect.row, column: rect.column, height: 1, width: rect.width), GridCell(" ", headerStyle))
    for place in places {
      let title = TextWidth.fit(
        heading(place.index, width: place.width, capabilities), to: place.width,
        alignment: columns[place.index].alignment, ellipsis: capabilities.ellipsis)
      grid.draw(
        title, row: rect.row, column: rect.column + place.start, style: headerStyle,
        maxWidth: min(place.width, rect.width - place.start))
    }
    for (index, row) in rows.prefix(rect.height - 1).enumerated() {
      draw(row, isCursor: index == cursor, at: rect.row + 1 + index, places, into: &grid, rect, capabilities)
    }
  }

  private func heading(_ index: Int, width: Int, _ capabilities: Capabilities) -> String {
    guard let sorted, sorted.column == index else { return columns[index].title }
    let arrow = capabilities.unicode ? (sorted.ascending ? "▲" : "▼") : (sorted.ascending ? "^" : "v")
    return TextWidth.truncate(columns[index].title, to: max(0, width - 1)) + arrow
  }

  private func draw(
    _ row: Row, isCursor: Bool, at line: Int, _ places: [(index: Int, start: Int, width: Int)],
    into grid: inout Grid, _ rect: Rect, _ capabilities: Capabilities
  ) {
    let base = row.isSelected ? selectedStyle : Style.plain
    grid.draw(isCursor ? ">" : " ", row: line, column: rect.column, style: base, maxWidth: rect.width)
    grid.draw(
      row.isSelected ? "*" : " ", row: line, column: rect.column + 1, style: base, maxWidth: rect.width - 1)
    for place in places where place.index < row.cells.count {
      let cell = row.cells[place.index]
      let text =
        switch cell.content {
        case .text(let text):
          TextWidth.fit(
            text, to: place.width, alignment: columns[place.index].alignment, ellipsis: capabilities.ellipsis)
        case .bar(let share): Bar.text(share, width: place.width, capabilities: capabilities)
        }
      grid.draw(
        text, row: line, column: rect.column + place.start, style: cell.style == .plain ? base : cell.style,
        maxWidth: min(place.width, rect.width - place.start))
    }
    guard isCursor else { return }
    // A bar is left as it is: in reverse what it measures would be the gap beside it.
    let bars = places.filter {
      if $0.index < row.cells.count, case .bar = row.cells[$0.index].content { true } else { false }
    }
    for column in 0..<rect.width
    where !bars.contains(where: { $0.start <= column && column < $0.start + $0.width }) {
      grid.restyle(Rect(row: line, column: rect.column + column, height: 1, width: 1)) { style in
        style = Style(bold: true, reverse: true)
      }
    }
  }
}
