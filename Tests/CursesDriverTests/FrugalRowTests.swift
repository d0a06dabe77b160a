import CursesDriver
import Screen
import Testing
import TestSupport

/// Fewer styles, and nothing that anybody sees of it.
@Suite struct FrugalRowTests {
  /// What is seen of a cell: two colors one above the other, or a text in its style.
  private enum Seen: Equatable {
    case colors(upper: Color, lower: Color)
    /// All of it in the color that letters have.
    case letters
    case text(String, Style)
  }

  private static func seen(_ cell: GridCell) -> Seen {
    let (front, ground) = (cell.style.foreground, cell.style.background)
    let isWhole = cell.text == "█" && !cell.style.reverse && !cell.style.dim
    if front == .standard, !cell.style.underline, isWhole || cell.text == " " && cell.style.reverse {
      return .letters
    }
    guard !cell.style.reverse, !cell.style.underline else { return .text(cell.text, cell.style) }
    switch cell.text {
    case " ": return .colors(upper: ground, lower: ground)
    case "█" where !cell.style.dim && front != .standard: return .colors(upper: front, lower: front)
    case "▀" where front != .standard && ground != .standard: return .colors(upper: front, lower: ground)
    case "▄" where front != .standard && ground != .standard: return .colors(upper: ground, lower: front)
    default: return .text(cell.text, cell.style)
    }
  }

  private static func styles(_ cells: [GridCell]) -> Int {
    zip(cells, cells.dropFirst()).count { $0.style != $1.style }
  }

  @Test func rowsLookTheSame() {
    var random = SeededGenerator(5)
    let colors: [Color] = [.standard, .palette(1), .rgb(9, 9, 9), .rgb(250, 9, 9)]
    let texts = [" ", " ", " ", "▀", "▄", "█", "a", "─"]
    var (before, after) = (0, 0)
    for _ in 0..<500 {
      var cells: [GridCell] = []
      while cells.count < 60 {
        var style = Style()
        style.foreground = colors.randomElement(using: &random) ?? .standard
        style.background = colors.randomElement(using: &random) ?? .standard
        style.bold = Int.random(in: 0..<8, using: &random) == 0
        style.dim = Int.random(in: 0..<8, using: &random) == 0
        style.reverse = Int.random(in: 0..<8, using: &random) == 0
        style.underline = Int.random(in: 0..<8, using: &random) == 0
        if Int.random(in: 0..<10, using: &random) == 0 {
          cells += [GridCell("日", style), GridCell("", style)]
        } else {
          let cell = GridCell(texts.randomElement(using: &random) ?? " ", style)
          cells += Array(repeating: cell, count: .random(in: 1...6, using: &random))
        }
      }
      let pieces = FrugalRow(cells, isColorful: true).pieces
      #expect(pieces.count == cells.count)
      for (cell, piece) in zip(cells, pieces) {
        #expect(Self.seen(cell) == Self.seen(piece.cell))
        if piece.isErased { #expect(piece.cell == GridCell()) }
      }
      before += Self.styles(cells)
      after += Self.styles(pieces.map(\.cell))
    }
    #expect(after < before * 19 / 20, "\(before) to \(after)")
  }

  /// Bars of two colors take turns without a change of style, but for the first: one is the ground of the other.
  @Test func twoColorsThatTakeTurnsAreOneStyle() {
    let (red, green) = (Color.palette(203), Color.palette(114))
    let cells = (0..<40).map { GridCell("█", Style(foreground: $0 / 2 % 3 == 0 ? red : green)) }
    let pieces = FrugalRow(cells, isColorful: true).pieces
    #expect(Self.styles(pieces.map(\.cell)) <= 1 && Self.styles(cells) == 13)
    #expect(zip(cells, pieces).allSatisfy { Self.seen($0) == Self.seen($1.cell) })
  }

  /// Bars with gaps of the terminal's own color between them are drawn on that.
  @Test func barsWithGapsAreOneStyle() {
    let cells = (0..<40).map { $0 % 3 == 1 ? GridCell("█", Style(foreground: .palette(114))) : GridCell() }
    let pieces = FrugalRow(cells, isColorful: true).pieces
    #expect(Self.styles(pieces.map(\.cell)) <= 1 && Self.styles(cells) > 20)
    #expect(zip(cells, pieces).allSatisfy { Self.seen($0) == Self.seen($1.cell) })
  }

  /// A color of one's own for the letters of a blank would be sent with each change of its ground.
  @Test func blanksOfManyGroundsHaveNoColorOfLetters() {
    let cells = (0..<30).map { GridCell(" ", Style(background: .palette(UInt8(20 + $0 / 3)))) }
    let pieces = FrugalRow([GridCell("│", Style(foreground: .palette(59)))] + cells, isColorful: true).pieces
    #expect(pieces.dropFirst().allSatisfy { $0.cell.style.foreground == .standard })
  }

  /// A full block where colors cannot be that of the ground is a blank in reverse.
  @Test func eightColorsReverse() {
    let style = Style(foreground: .palette(2))
    let pieces = FrugalRow([GridCell("█", style), GridCell("x")], isColorful: false).pieces
    #expect(pieces[0].cell.text == " " && pieces[0].cell.style.reverse)
    #expect(pieces[1].cell == GridCell("x"))
  }

  @Test func blanksKeepTheStyleAtHandAndLongOnesAreErased() {
    let dim = Style(foreground: .palette(8))
    func row(_ blanks: Int) -> [FrugalRow.Piece] {
      let cells =
        [GridCell("a", dim)] + Array(repeating: GridCell(), count: blanks) + [GridCell("b", dim)]
      return FrugalRow(cells, isColorful: true).pieces
    }
    #expect(row(3).allSatisfy { $0.cell.style == dim && !$0.isErased })
    #expect(row(30).dropFirst().dropLast().allSatisfy { $0.isErased })
  }

  /// A gray of a small picture is any that looks the same, or the nearest; other colors, and grays that are meant exactly, stay.
  @Test func graysOfSmallPicturesAreThoseThatCostLeast() {
    var random = SeededGenerator(11)
    var (before, after) = (0, 0)
    for _ in 0..<100 {
      let base = Int.random(in: 0..<240, using: &random)
      let exact = (0..<60).map { _ -> GridCell in
        func gray() -> Color {
          let value = UInt8(min(255, base + Int.random(in: 0...16, using: &random)))
          return .approximate(value, value, value)
        }
        let other: Color = Bool.random(using: &random) ? .rgb(200, 10, 90) : .rgb(77, 77, 77)
        let style = Style(
          foreground: Int.random(in: 0..<10, using: &random) == 0 ? other : gray(), background: gray())
        return GridCell(["▀", "▄", "█", " "].randomElement(using: &random) ?? "▀", style)
      }
      let cells = exact.map { cell in
        GridCell(
          cell.text,
          Style(
            foreground: Self.reduced(cell.style.foreground), background: Self.reduced(cell.style.background)))
      }
      let pieces = FrugalRow(cells, exact: exact, isColorful: true).pieces
      for (cell, piece) in zip(exact, pieces) {
        guard case .colors(let upper, let lower) = Self.seen(cell),
          case .colors(let upperShown, let lowerShown) = Self.seen(piece.cell)
        else {
          Issue.record("\(cell) is \(piece)")
          continue
        }
        for (wanted, shown) in [(upper, upperShown), (lower, lowerShown)] {
          guard case .approximate(let value, _, _) = wanted, case .palette(let index) = shown else {
            #expect(shown == Self.reduced(wanted))
            continue
          }
          let looksTheSame = ColorReduction.gray(index).map { ColorDifference.areAlike(value, $0) }
          #expect(looksTheSame == true || shown == Self.reduced(wanted))
        }
      }
      before += Self.styles(FrugalRow(cells, isColorful: true).pieces.map(\.cell))
      after += Self.styles(pieces.map(\.cell))
    }
    #expect(after < before * 3 / 4, "\(before) to \(after)")
  }

  private static func reduced(_ color: Color) -> Color {
    switch color {
    case .rgb(let red, let green, let blue), .approximate(let red, let green, let blue):
      .palette(UInt8(ColorReduction.xterm256(red, green, blue)))
    case .standard, .palette: color
    }
  }
}
