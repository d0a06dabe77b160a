import Screen

/// A cell of a small picture without colors, of a terminal of 256: two grays, one above the other, for each of which any that
/// looks the same will do.
struct GrayCell: Equatable {
  private let upper: UInt8
  private let lower: UInt8

  /// The terminal's grays for each of 256, the nearest first, and behind it those that look the same.
  private static let choices: [[Color]] = (0...255).map { value in
    let nearest = UInt8(ColorReduction.xterm256(UInt8(value), UInt8(value), UInt8(value)))
    let others = (UInt8(16)...255).filter { index in
      index != nearest
        && ColorReduction.gray(index).map { ColorDifference.areAlike(UInt8(value), $0) } == true
    }
    return ([nearest] + others).map(Color.palette)
  }

  /// - Parameters:
  ///   - exact: the cell as it was drawn.
  ///   - reduced: in the colors of the terminal.
  init?(_ exact: GridCell, _ reduced: GridCell) {
    guard !exact.style.reverse, !exact.style.underline, !exact.style.dim else { return nil }
    func gray(_ color: Color, _ reduced: Color) -> UInt8? {
      guard case .approximate(let red, let green, let blue) = color, red == green, green == blue,
        case .palette = reduced
      else { return nil }
      return red
    }
    let front = gray(exact.style.foreground, reduced.style.foreground)
    let ground = gray(exact.style.background, reduced.style.background)
    let halves: (UInt8?, UInt8?) =
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
    var pieces: [FrugalRow.Piece] = []
    func add(_ text: String, _ foreground: Color, _ background: Color) {
      pieces.append(.init(cell: GridCell(text, Style(foreground: foreground, background: background))))
    }
    for above in Self.choices[Int(upper)] {
      for below in Self.choices[Int(lower)] {
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
