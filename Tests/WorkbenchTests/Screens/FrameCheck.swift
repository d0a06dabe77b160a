import Screen
import Testing
import Workbench

/// What must hold of every frame, whatever it shows.
enum FrameCheck {
  /// Stands in cells that nobody painted. No data and no view holds it.
  static let unpainted = "\u{E0FF}"

  static func frame(_ state: State) -> Grid {
    var grid = Grid(height: state.size.height, width: state.size.width, filledWith: GridCell(unpainted))
    view(state, into: &grid)
    return grid
  }

  /// Whether the frame is as if all that there is of the samples were at hand: a screen asks for what it shows.
  static func hasItsSamples(_ state: State, _ samples: CaseSamples) -> Bool {
    let rows = Array(0..<samples.material.count)
    var complete = state
    _ = update(&complete, .samplesRead(samples.values(of: SampleNeeds(rows: rows, digests: rows))))
    return frame(state) == frame(complete)
  }

  /// What is wrong with a frame, nil for nothing.
  static func problem(in grid: Grid) -> String? {
    for row in 0..<grid.height {
      var column = 0
      while column < grid.width {
        let cell = grid[row, column]
        let place = "row \(row), column \(column)"
        if cell.text == unpainted { return "\(place) is not painted" }
        if cell.text.isEmpty { return "\(place) is half of a wide character" }
        for scalar in cell.text.unicodeScalars where !mayStand(scalar) {
          return "\(place) holds U+\(String(scalar.value, radix: 16))"
        }
        let width = TextWidth.width(cell.text)
        guard width == 1 || width == 2 else { return "\(place) is \(width) wide: \(cell.text)" }
        if width == 2, column + 1 >= grid.width || !grid[row, column + 1].text.isEmpty {
          return "\(place) is cut in half"
        }
        column += width
      }
    }
    guard let cursor = grid.cursor else { return nil }
    return grid.bounds.contains(row: cursor.row, column: cursor.column) ? nil : "the cursor is outside"
  }

  /// No control character, no override of the direction, nothing without a width of its own but combining marks.
  private static func mayStand(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .lineSeparator, .paragraphSeparator, .unassigned, .privateUse: false
    default: true
    }
  }
}
