import Screen

/// A cell of a picture without colors, of a terminal of 256: two grays, one above the other. Its grays are ten steps of 255
/// apart, so that each stands for those near it; one a little further may stand for them too where it is at hand already,
/// which costs nothing.
struct GrayCell: Equatable {
  private struct Gray: Equatable {
    let exact: UInt8
    /// The nearest.
    let color: Color

    init?(_ exact: Color, _ color: Color) {
      guard case .rgb(let red, let green, let blue) = exact, red == green, green == blue,
        case .palette = color
      else { return nil }
      self.exact = red
      self.color = color
    }

    /// Whether nobody sees the difference.
    func isNear(_ other: Color) -> Bool {
      guard case .palette(let index) = other, let gray = ColorReduction.gray(index) else { return false }
      return abs(Int(gray) - Int(exact)) <= GrayCell.tolerance
    }
  }
  private let upper: Gray
  private let lower: Gray

  /// The nearest is 5 away at most: hardly more is lost than by the colors of the terminal.
  private static let tolerance = 6

  /// - Parameters:
  ///   - exact: the cell as it was drawn.
  ///   - reduced: in the colors of the terminal.
  init?(_ exact: GridCell, _ reduced: GridCell) {
    guard !exact.style.reverse, !exact.style.underline, !exact.style.dim else { return nil }
    let front = Gray(exact.style.foreground, reduced.style.foreground)
    let ground = Gray(exact.style.background, reduced.style.background)
    let halves: (Gray?, Gray?) =
      switch exact.text {
      case "▀": (front, ground)
      case "▄": (ground, front)
      case "█": (front, front)
      case " ": (ground, ground)
      default: (nil, nil)
      }
    guard let upper = halves.0, let lower = halves.1 else { return nil }
    (self.upper, self.lower) = (upper, lower)
  }

  /// How it can be written after a style.
  func pieces(after hand: Style?) -> [FrugalRow.Piece] {
    let known = hand ?? .plain
    func choices(_ gray: Gray) -> [Color] {
      [gray.color]
        + [known.foreground, known.background].filter { $0 != gray.color && gray.isNear($0) }
    }
    var pieces: [FrugalRow.Piece] = []
    func add(_ text: String, _ foreground: Color, _ background: Color) {
      pieces.append(.init(cell: GridCell(text, Style(foreground: foreground, background: background))))
    }
    let lowers = choices(lower)
    for above in choices(upper) {
      for below in lowers {
        if above == below {
          add(" ", known.foreground, above)
          add("█", above, known.background)
        } else {
          add("▀", above, below)
          add("▄", below, above)
        }
      }
    }
    return pieces
  }
}
