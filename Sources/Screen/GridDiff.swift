/// A run of cells in one row that a driver must write. Spans never begin or end within a wide character.
package struct GridSpan: Sendable, Equatable {
  package var row: Int
  package var columns: Range<Int>
  package init(row: Int, columns: Range<Int>) {
    self.row = row
    self.columns = columns
  }
}

package enum GridDiff {
  /// The cells of `new` that differ from `old`, as spans in reading order; all rows where the sizes differ or
  /// there is no old grid. Spans that are at most `joining` equal cells apart become one: a cursor movement
  /// costs more bytes than a few cells.
  package static func spans(from old: Grid?, to new: Grid, joining: Int = 4) -> [GridSpan] {
    guard let old, old.height == new.height, old.width == new.width else {
      return new.width == 0 ? [] : (0..<new.height).map { GridSpan(row: $0, columns: 0..<new.width) }
    }
    var spans: [GridSpan] = []
    for row in 0..<new.height {
      var open: Range<Int>?
      for column in 0..<new.width where old[row, column] != new[row, column] {
        // A change in the right half redraws the character, and a narrow cell over a wide one both its columns.
        let lower = new[row, column].text.isEmpty && column > 0 ? column - 1 : column
        var upper = column + 1
        while upper < new.width, new[row, upper].text.isEmpty { upper += 1 }
        if let span = open, lower - span.upperBound <= joining {
          open = min(span.lowerBound, lower)..<max(span.upperBound, upper)
        } else {
          if let span = open { spans.append(GridSpan(row: row, columns: span)) }
          open = lower..<upper
        }
      }
      if let span = open { spans.append(GridSpan(row: row, columns: span)) }
    }
    return spans
  }
}
