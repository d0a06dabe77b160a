import Screen
import TestSupport
import Testing

@Suite struct GridDrawingTests {
  @Test func drawsAndSaysHowManyColumns() {
    var grid = canvas(1, 8)
    #expect(grid.draw("abc", row: 0, column: 1) == 3)
    #expect(grid.text() == "xabcxxxx")
    #expect(grid.draw("日本", row: 0, column: 4) == 4)
    #expect(grid.text() == "xabc日本")
    #expect(grid[0, 5].text.isEmpty)
  }

  @Test(arguments: [
    ("abcdef", 3, "", "abcxxx"), ("日本語", 3, "", "日xxxx"), ("日本語", 5, "…", "日本…x"),
    ("abc", 0, "", "xxxxxx"), ("abcdef", -4, "", "xxxxxx"),
  ])
  func clipsToTheWidth(_ text: String, _ limit: Int, _ ellipsis: String, _ expected: String) {
    var grid = canvas(1, 6)
    grid.draw(text, row: 0, column: 0, maxWidth: limit, ellipsis: ellipsis)
    #expect(grid.text() == expected)
  }

  @Test func clipsAtAllEdgesOfTheGrid() {
    var grid = canvas(2, 4)
    for row in -1...2 { for column in -3...5 { grid.draw("日é", row: row, column: column) } }
    grid.draw("abcdef", row: 0, column: -2)
    #expect(grid.text().split(separator: "\n").allSatisfy { TextWidth.width($0) == 4 })
    #expect(grid.text().hasPrefix("cdef"))
  }

  @Test func marksJoinTheCellBeforeAndStopAtFour() {
    var grid = canvas(1, 3)
    grid.draw("e\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}z", row: 0, column: 0)
    #expect(grid[0, 0].text.unicodeScalars.count == 5)
    #expect(grid[0, 1].text == "z")
    grid.draw("❤\u{FE0F}", row: 0, column: 0)
    #expect(grid[0, 0].text == "❤")
    grid.draw("\u{301}", row: 0, column: 2)
    #expect(grid[0, 2].text == "x")
  }

  @Test func controlAndFormatCharactersNeverReachACell() {
    var grid = canvas(1, 12)
    grid.draw("a\u{1B}[1m\u{9B}\u{202E}\u{200B}\n\t", row: 0, column: 0)
    #expect(grid.text() == "a?[1m?????xx")
  }

  @Test func halvesOfWideCharactersAreRepaired() {
    var grid = canvas(1, 4)
    grid.draw("日本", row: 0, column: 0)
    grid.draw("a", row: 0, column: 1)
    #expect(grid.text() == " a本")
    grid.draw("b", row: 0, column: 2)
    #expect(grid.text() == " ab ")
    grid.draw("日", row: 0, column: 1)
    #expect(grid.text() == " 日 ")
  }

  @Test func rowsStayWholeUnderRandomDrawing() {
    var random = SeededGenerator(11)
    var grid = canvas(3, 17)
    let words = ["日本語", "abc", "é", "😀", "한글x", "", "e\u{301}日"]
    for _ in 0..<2000 {
      let column = Int.random(in: -4...20, using: &random)
      let row = Int.random(in: -1...3, using: &random)
      let limit = Int.random(in: 0...9, using: &random)
      switch Int.random(in: 0..<4, using: &random) {
      case 0: grid.fill(Rect(row: row, column: column, height: 2, width: limit))
      case 1:
        grid.box(
          Rect(row: row, column: column, height: 2, width: limit), title: "日本", capabilities: .full)
      default:
        grid.draw(
          words[Int.random(in: 0..<words.count, using: &random)], row: row, column: column, maxWidth: limit)
      }
      #expect(grid.text().split(separator: "\n").allSatisfy { TextWidth.width($0) == 17 })
    }
  }

  @Test func boxHasATitleAndGivesItsRoom() {
    var grid = canvas(4, 12)
    let room = grid.box(grid.bounds, title: "a long title", capabilities: .plain)
    #expect(room == Rect(row: 1, column: 1, height: 2, width: 10))
    #expect(grid.text() == "+- a lon~ -+\n|xxxxxxxxxx|\n|xxxxxxxxxx|\n+----------+")
    #expect(grid.box(Rect(row: 0, column: 0, height: 1, width: 9), capabilities: .plain).isEmpty)
  }

  @Test func stylePlaneHasALegend() {
    var grid = Grid(height: 1, width: 4)
    grid.draw("ab", row: 0, column: 1, style: Style(foreground: .palette(2), bold: true))
    #expect(grid.styles() == ".aa.\na = fg palette 2, bold")
  }
}

@Suite struct GridDiffTests {
  @Test func equalGridsHaveNoSpans() {
    let grid = canvas(3, 5)
    #expect(GridDiff.spans(from: grid, to: grid).isEmpty)
  }

  @Test func everythingIsNewWithoutAnOldGridOrWithAnother() {
    let grid = canvas(2, 3)
    let whole = [GridSpan(row: 0, columns: 0..<3), GridSpan(row: 1, columns: 0..<3)]
    #expect(GridDiff.spans(from: nil, to: grid) == whole)
    #expect(GridDiff.spans(from: canvas(2, 4), to: grid) == whole)
  }

  @Test func nearChangesJoinAndFarOnesDoNot() {
    let old = canvas(1, 20)
    var new = old
    for column in [1, 4, 15] { new.draw("y", row: 0, column: column) }
    #expect(
      GridDiff.spans(from: old, to: new) == [
        GridSpan(row: 0, columns: 1..<5), GridSpan(row: 0, columns: 15..<16),
      ])
  }

  /// Copying the spans alone must turn the old grid into the new one, and no span may cut a character.
  @Test func spansCoverAllChangesAndWholeCharacters() {
    var random = SeededGenerator(5)
    let words = ["日本", "ab", "한x", " ", "é"]
    for _ in 0..<500 {
      var old = canvas(2, 13)
      var new = old
      for _ in 0..<6 {
        let word = words[Int.random(in: 0..<words.count, using: &random)]
        let row = Int.random(in: 0...1, using: &random)
        let column = Int.random(in: 0...12, using: &random)
        if Bool.random(using: &random) { old.draw(word, row: row, column: column) }
        new.draw(word, row: row, column: column)
      }
      for span in GridDiff.spans(from: old, to: new) {
        #expect(!new[span.row, span.columns.lowerBound].text.isEmpty)
        let end = span.columns.upperBound
        #expect(end == new.width || !new[span.row, end].text.isEmpty)
        for column in span.columns { old[span.row, column] = new[span.row, column] }
      }
      #expect(old == new)
    }
  }
}
