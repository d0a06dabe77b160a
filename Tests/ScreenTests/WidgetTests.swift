import Screen
import TestSupport
import Testing

@Suite struct BarTests {
  @Test func widthIsExactAndShareIsMonotone() {
    for capabilities in [Capabilities.full, .plain] {
      var last = -1
      for step in 0...100 {
        let text = Bar.text(Double(step) / 100, width: 9, capabilities: capabilities)
        #expect(TextWidth.width(text) == 9)
        let marks = text.filter { $0 != " " }.count
        #expect(marks >= last)
        last = marks
      }
      #expect(last == 9)
    }
  }

  @Test func oddSharesAreBars() {
    #expect(Bar.text(.nan, width: 4, capabilities: .full) == "    ")
    #expect(Bar.text(-1, width: 4, capabilities: .full) == "    ")
    #expect(Bar.text(.infinity, width: 4, capabilities: .plain) == "====")
    #expect(Bar.text(1e-9, width: 4, capabilities: .full) == "▏   ")
    #expect(Bar.text(0.5, width: 0, capabilities: .full) == "")
    #expect(Bar.text(0.5, width: 3, capabilities: .full) == "█▌ ")
  }
}

@Suite struct TableLayoutTests {
  private let columns = [
    TableColumn("a", width: 5), TableColumn("b", width: 5, maximum: 9, priority: 1),
    TableColumn("c", width: 5, priority: 3), TableColumn("d", width: 5, maximum: 20, priority: 2),
  ]

  @Test(arguments: [
    (100, [0, 1, 2, 3]), (25, [0, 1, 2, 3]), (24, [0, 1, 3]), (18, [0, 1]), (12, [0]), (3, [0]),
  ])
  func columnsGiveWayByPriority(_ width: Int, _ kept: [Int]) {
    let places = Table.layout(columns, width: width)
    #expect(places.map(\.index) == kept)
    for (place, next) in zip(places, places.dropFirst()) { #expect(place.start + place.width < next.start) }
    if let last = places.last { #expect(last.start + last.width <= width) }
  }

  @Test func spareRoomGoesToTheMoreImportantFirst() {
    #expect(Table.layout(columns, width: 30).map(\.width) == [5, 9, 5, 6])
    #expect(Table.layout(columns, width: 200).map(\.width) == [5, 9, 5, 20])
  }
}

@Suite struct TableCursorTests {
  /// In reverse the bar of the row under the cursor would be a hole.
  @Test func aBarUnderTheCursorIsABar() {
    let green = Style(foreground: .palette(2))
    let table = Table(
      columns: [TableColumn("a", width: 4), TableColumn("", width: 4), TableColumn("b", width: 2)],
      rows: [Table.Row([TableCell("x"), TableCell(bar: 0.5, style: green), TableCell("y")])], cursor: 0)
    var grid = Grid(height: 2, width: 16)
    table.draw(into: &grid, grid.bounds, capabilities: .full)
    #expect((7..<11).map { grid[1, $0] } == Array("██  ").map { GridCell(String($0), green) })
    #expect([0, 2, 6, 11, 12, 15].allSatisfy { grid[1, $0].style.reverse })
  }
}

@Suite struct ScrollBarTests {
  @Test func touchesTheEndsOnlyAtTheEnds() {
    for first in 0...90 {
      let thumb = ScrollBar(first: first, visible: 10, total: 100).thumb(height: 8)
      #expect((thumb.lowerBound == 0) == (first == 0))
      #expect((thumb.upperBound == 8) == (first == 90))
      #expect(!thumb.isEmpty)
    }
  }

  @Test func survivesHugeTotalsAndSmallPlaces() {
    #expect(ScrollBar(first: 5_000_000, visible: 20, total: 10_000_000).thumb(height: 20).count == 1)
    #expect(ScrollBar(first: 1, visible: 1, total: 9).thumb(height: 1) == 0..<1)
    #expect(ScrollBar(first: 0, visible: 9, total: 3).thumb(height: 4) == 0..<4)
  }
}

@Suite struct PixelTests {
  private let capabilities = Capabilities.full

  /// Every pixel of a picture that fits is found again in the cells, in its own color.
  @Test(arguments: [(4, 8, 1), (8, 16, 2), (9, 30, 2), (14, 26, 3)])
  func picturesThatFitAreExact(_ rows: Int, _ columns: Int, _ scale: Int) {
    var random = SeededGenerator(2)
    let bytes = (0..<8 * 8 * 3).map { _ in UInt8.random(in: 0...255, using: &random) }
    let image = PixelImage(height: 8, width: 8, channels: 3, bytes: bytes)
    var grid = canvas(rows, columns)
    PixelView(image: image).draw(into: &grid, grid.bounds, capabilities: capabilities)
    for y in 0..<8 * scale {
      for x in 0..<8 * scale {
        let style = grid[y / 2, x].style
        let shown = y % 2 == 0 ? style.foreground : style.background
        #expect(shown == image.color(row: y / scale, column: x / scale).color)
      }
    }
  }

  /// Of a pixel that takes several points all look the same, so that none of them may be another color.
  @Test(arguments: [(4, 8, true), (8, 16, false)])
  func onlyPixelsOfOnePointAreApproximate(_ rows: Int, _ columns: Int, _ isApproximate: Bool) {
    let image = PixelImage(height: 8, width: 8, channels: 1, bytes: (0..<64).map { UInt8($0 * 4) })
    var grid = canvas(rows, columns)
    PixelView(image: image, isApproximate: true).draw(into: &grid, grid.bounds, capabilities: .full)
    #expect(grid[0, 0].style.foreground == (isApproximate ? .approximate(0, 0, 0) : .rgb(0, 0, 0)))
    #expect(
      grid[rows - 1, columns - 1].style.background
        == (isApproximate ? .approximate(252, 252, 252) : .rgb(252, 252, 252)))
  }

  @Test func largePicturesAreMeans() {
    let image = PixelImage(height: 4, width: 4, channels: 1, bytes: (0..<16).map { UInt8($0 * 10) })
    var grid = canvas(1, 2)
    PixelView(image: image).draw(into: &grid, grid.bounds, capabilities: capabilities)
    #expect(grid[0, 0].style == Style(foreground: .rgb(25, 25, 25), background: .rgb(105, 105, 105)))
    #expect(grid[0, 1].style == Style(foreground: .rgb(45, 45, 45), background: .rgb(125, 125, 125)))
  }

  @Test func sizeIsWhatIsDrawn() {
    for capabilities in [Capabilities.full, .plain] {
      for side in [1, 5, 8, 28, 32, 224] {
        let view = PixelView(
          image: PixelImage(
            height: side, width: side, channels: 1, bytes: [UInt8](repeating: 200, count: side * side)),
          highlight: Rect(row: 0, column: 0, height: 1, width: 1))
        for (height, width) in [(1, 1), (3, 9), (20, 40), (40, 20)] {
          let rect = Rect(row: 0, column: 0, height: height, width: width)
          var grid = canvas(height, width)
          view.draw(into: &grid, rect, capabilities: capabilities)
          let size = view.size(within: rect, capabilities: capabilities)
          #expect(size.height <= height && size.width <= width)
          for row in 0..<height {
            for column in 0..<width where row >= size.height || column >= size.width {
              #expect(grid[row, column] == GridCell())
            }
          }
        }
      }
    }
  }

  /// In whatever room a picture is enlarged, the frame round a trigger in its corner has all four sides.
  @Test func theFrameOfACornerIsWhole() {
    let pink = RGB(255, 64, 160)
    for corner in [0, 12] {
      let view = PixelView(
        image: PixelImage(height: 16, width: 16, channels: 1, bytes: [UInt8](repeating: 9, count: 256)),
        highlight: Rect(row: corner, column: corner, height: 4, width: 4), highlightColor: pink)
      for (height, width) in [(16, 32), (17, 40), (20, 33), (40, 80), (30, 200)] {
        var grid = canvas(height, width)
        view.draw(into: &grid, grid.bounds, capabilities: .full)
        let scale = (view.size(within: grid.bounds, capabilities: .full).width - 2) / 16
        var points = 0
        for row in 0..<height {
          for column in 0..<width {
            let cell = grid[row, column]
            let colors = cell.text == " " ? [] : [cell.style.foreground, cell.style.background]
            points += colors.count { $0 == pink.color }
          }
        }
        #expect(scale >= 1 && points == 4 * (4 * scale + 2) - 4, "\(height)x\(width)")
      }
    }
  }

  @Test func emptyPicturesAndPlacesDrawNothing() {
    var grid = canvas(2, 2)
    PixelView(image: PixelImage(height: 0, width: 0, channels: 3, bytes: [])).draw(
      into: &grid, grid.bounds, capabilities: capabilities)
    #expect(grid == Grid(height: 2, width: 2))
  }
}

@Suite struct DegradationTests {
  /// Widgets drawn into places of every small size, wholly or partly outside of the grid, never trap and leave
  /// rows whole; without Unicode every cell is ASCII, without colors no cell has one.
  @Test(arguments: [
    Capabilities.full, .plain, Capabilities(unicode: false, colors: .eight),
    Capabilities(unicode: true, colors: .none),
  ])
  func anyPlaceAndAnyTerminal(_ capabilities: Capabilities) {
    let image = PixelImage(height: 5, width: 7, channels: 3, bytes: (0..<105).map { UInt8($0) })
    for height in 0...5 {
      for width in stride(from: 0, through: 40, by: 3) {
        for offset in [-2, 0, 3] {
          var grid = canvas(5, 30)
          let rect = Rect(row: offset, column: offset, height: height, width: width)
          Histogram(bins: [.init(label: "a", count: 3)], cut: 0).draw(
            into: &grid, rect, capabilities: capabilities)
          Table(columns: [TableColumn("ab", width: 4)], rows: [.init([TableCell("ab")])], cursor: 0).draw(
            into: &grid, rect, capabilities: capabilities)
          WidgetSnapshotTests.plot(height: 6, width: 12).draw(into: &grid, rect, capabilities: capabilities)
          PixelView(image: image, highlight: Rect(row: 1, column: 1, height: 2, width: 2)).draw(
            into: &grid, rect, capabilities: capabilities)
          MessageBox(title: "title", lines: ["some words"], keys: "y n").draw(
            into: &grid, within: rect, capabilities: capabilities)
          Prompt(label: ":", text: "abc", caret: 2).draw(
            into: &grid, row: offset, column: max(0, offset), width: width, capabilities: capabilities)
          StatusLine(left: [.init("abc")], right: [.init("d")]).draw(
            into: &grid, row: offset, column: offset, width: width, capabilities: capabilities)
          #expect(grid.text().split(separator: "\n").allSatisfy { TextWidth.width($0) == 30 })
          if !capabilities.unicode { #expect(grid.text().utf8.allSatisfy { $0 < 0x80 }) }
          if let cursor = grid.cursor {
            #expect(grid.bounds.contains(row: cursor.row, column: cursor.column))
          }
        }
      }
    }
  }

  @Test func unmarkedPlotsWithoutColorsHaveNone() {
    var grid = canvas(6, 12)
    var plot = WidgetSnapshotTests.plot(height: 6, width: 12)
    plot.markStyle = Style(bold: true)
    plot.draw(into: &grid, grid.bounds, capabilities: .plain)
    #expect(grid.cells.allSatisfy { $0.style.foreground == .standard && $0.style.background == .standard })
  }
}
