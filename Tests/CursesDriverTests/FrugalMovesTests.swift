import CursesDriver
import TestSupport
import Testing

/// Fewer bytes, and each letter where ncurses put it.
@Suite struct FrugalMovesTests {
  /// Where a terminal of 12 rows and 40 columns writes. In the last column it stays until more is written, as those of xterm's
  /// kind do.
  private struct Terminal: Equatable {
    private(set) var cells: [[Character]] = Array(repeating: Array(repeating: " ", count: 40), count: 12)
    private(set) var row = 0
    private(set) var column = 0
    private var isAtEnd = false

    mutating func take(_ bytes: [UInt8]) {
      var rest = Array(String(decoding: bytes, as: UTF8.self))[...]
      while let first = rest.popFirst() {
        guard first == "\u{1B}" else {
          write(first)
          continue
        }
        guard rest.first == "[" else {
          rest = rest.dropFirst(rest.first == "(" ? 2 : 1)
          continue
        }
        let end = rest.firstIndex { $0 != "[" && $0 >= "@" && $0 <= "~" } ?? rest.endIndex - 1
        move(
          rest[end], rest[(rest.startIndex + 1)..<end].split(separator: ";").compactMap { Int(String($0)) })
        rest = rest[(end + 1)...]
      }
    }

    private mutating func write(_ letter: Character) {
      switch letter {
      case "\r": (column, isAtEnd) = (0, false)
      case "\n": (row, isAtEnd) = (min(11, row + 1), false)
      case "\u{8}": (column, isAtEnd) = (max(0, column - 1), false)
      default:
        if isAtEnd { (row, column, isAtEnd) = (min(11, row + 1), 0, false) }
        cells[row][column] = letter
        if column == 39 { isAtEnd = true } else { column += 1 }
      }
    }

    private mutating func move(_ final: Character, _ numbers: [Int]) {
      let one = numbers.first ?? 1
      switch final {
      case "H": (row, column) = (min(12, one) - 1, min(40, numbers.count > 1 ? numbers[1] : 1) - 1)
      case "G": column = min(40, one) - 1
      case "d": row = min(12, one) - 1
      case "A": row = max(0, row - one)
      case "B": row = min(11, row + one)
      case "C": column = min(39, column + one)
      case "D": column = max(0, column - one)
      case "K": for place in column..<40 { cells[row][place] = " " }
      default: return
      }
      if final != "K" { isAtEnd = false }
    }
  }

  @Test func eachLetterIsWhereItWas() {
    var random = SeededGenerator(3)
    var (before, after) = (0, 0)
    for _ in 0..<200 {
      var (plain, frugal) = (Terminal(), Terminal())
      var moves = FrugalMoves(width: 40)
      for _ in 0..<4 {
        var text = ""
        for _ in 0..<60 {
          let (row, column) = (Int.random(in: 5...8, using: &random), Int.random(in: 1...40, using: &random))
          let part =
            switch Int.random(in: 0..<12, using: &random) {
            case 0...4: "\u{1B}[\(row);\(column)H"
            case 5: ["\r", "\n", "\u{8}", "\r\n"].randomElement(using: &random) ?? ""
            case 6:
              "\u{1B}[\(column % 9 + 1)"
                + (["A", "B", "C", "D", "G", "d"].randomElement(using: &random) ?? "")
            case 7:
              ["\u{1B}[K", "\u{1B}[m", "\u{1B}(B", "\u{1B}[38;5;9m"].randomElement(using: &random) ?? ""
            default: String("abcdefghijklmnopqrstuvwxyz".prefix(Int.random(in: 1...26, using: &random)))
            }
          text += part
        }
        let sent = moves.shortened(Array(text.utf8))
        plain.take(Array(text.utf8))
        frugal.take(sent)
        #expect(plain == frugal)
        (before, after) = (before + text.utf8.count, after + sent.count)
      }
    }
    #expect(after < before, "\(before) to \(after)")
  }

  @Test func theRowIsSaidWhereItIsNotKnown() {
    var moves = FrugalMoves(width: 80)
    func sent(_ text: String) -> String { String(decoding: moves.shortened(Array(text.utf8)), as: UTF8.self) }
    #expect(sent("\u{1B}[14;3Ha\u{1B}[14;39H-") == "\u{1B}[14;3Ha\u{1B}[39G-")
    #expect(sent("\u{1B}[14;49H") == "\u{1B}[49G", "from one frame to the next")
    #expect(sent("\u{1B}[15;49H\n\u{1B}[15;4H") == "\u{1B}[15;49H\n\u{1B}[15;4H")
    #expect(sent("\u{1B}[2J\u{1B}[15;4H\u{1B}[H") == "\u{1B}[2J\u{1B}[15;4H\u{1B}[H")
    moves.forget()
    #expect(sent("\u{1B}[15;4H") == "\u{1B}[15;4H")
  }

  /// Sequences that end nowhere, and bytes of any kind, are handed on.
  @Test func anyBytesAreTaken() {
    var random = SeededGenerator(9)
    let parts: [[UInt8]] = [
      [0x1B], [0x1B, 0x5B], Array("1;1".utf8), Array("H".utf8), Array(";".utf8), [0xFF], [0x0D],
      [0x1B, 0x28],
    ]
    for _ in 0..<3000 {
      var moves = FrugalMoves(width: 40)
      let bytes = (0..<12).flatMap { _ in parts.randomElement(using: &random) ?? [] }
      #expect(moves.shortened(bytes).count <= bytes.count)
    }
  }
}
