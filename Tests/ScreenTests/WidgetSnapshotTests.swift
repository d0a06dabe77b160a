import Screen
import TestSupport
import Testing

/// Golden pictures of the widgets with and without Unicode and colors. Widgets paint all of their place; around it
/// the `x` of the canvas must stay.
@Suite struct WidgetSnapshotTests {
  private static let both = [("full", Capabilities.full), ("plain", Capabilities.plain)]

  @Test(arguments: both)
  func table(_ name: String, _ capabilities: Capabilities) {
    let columns = [
      TableColumn("rank", width: 4, alignment: .right), TableColumn("V", width: 1),
      TableColumn("id", width: 6, maximum: 10, alignment: .right),
      TableColumn("score", width: 8, priority: 2), TableColumn("source", width: 9, priority: 1),
    ]
    let verdicts = ["P", ".", "C", "R"]
    let rows = (0..<4).map { (index: Int) -> Table.Row in
      let share = 0.97 - 0.3 * Double(index)
      var cells = [TableCell(String(index + 16)), TableCell(verdicts[index], style: Style(bold: true))]
      cells.append(TableCell(String(8122 + index * 91_000)))
      cells.append(TableCell(bar: share, style: Style(foreground: .palette(6))))
      cells.append(TableCell(index == 2 ? "日本語のソース" : "vendorB"))
      return Table.Row(cells, isSelected: index >= 2)
    }
    let table = Table(columns: columns, rows: rows, cursor: 1, sorted: (3, false))
    var grid = canvas(7, 42)
    table.draw(into: &grid, Rect(row: 1, column: 1, height: 5, width: 40), capabilities: capabilities)
    expectSnapshot("table-\(name)", grid)
    var narrow = canvas(4, 24)
    table.draw(into: &narrow, narrow.bounds, capabilities: capabilities)
    expectSnapshot("table-narrow-\(name)", narrow)
  }

  @Test(arguments: both)
  func histogram(_ name: String, _ capabilities: Capabilities) {
    let counts = [7_200_000, 2_600_000, 151_000, 90, 1, 0, 48]
    var histogram = Histogram(
      bins: counts.enumerated().map { .init(label: "0.\($0.offset)", count: $0.element) }, cut: 4,
      cutNote: "cut .4: 49", cursor: 3, isLogarithmic: true,
      barStyle: Style(foreground: .palette(4)), cutStyle: Style(foreground: .palette(1), bold: true))
    var grid = canvas(9, 50)
    histogram.draw(into: &grid, Rect(row: 1, column: 1, height: 7, width: 48), capabilities: capabilities)
    expectSnapshot("histogram-log-\(name)", grid)
    histogram.isLogarithmic = false
    grid = canvas(4, 40)
    histogram.draw(into: &grid, grid.bounds, capabilities: capabilities)
    expectSnapshot("histogram-linear-\(name)", grid)
  }

  @Test(arguments: both)
  func scatter(_ name: String, _ capabilities: Capabilities) {
    var plot = Self.plot(height: 8, width: 20)
    plot.selection = Rect(row: 2, column: 12, height: 3, width: 4)
    plot.cursor = (0, 0)
    var grid = canvas(10, 22)
    plot.draw(into: &grid, grid.bounds.inset(), capabilities: capabilities)
    expectSnapshot("scatter-\(name)", grid)
    plot.glyphs = .signs(["a", "b", "c"])
    plot.path = [(1, 2), (6, 2), (6, 9)]
    plot.selection = nil
    plot.draw(into: &grid, grid.bounds.inset(), capabilities: capabilities)
    expectSnapshot("scatter-letters-\(name)", grid)
  }

  /// Rising bars with fronts of every share, strong from the middle on, high, low, and in a single row.
  @Test(arguments: both + [("blocks", Capabilities(unicode: true, colors: .none))])
  func bars(_ name: String, _ capabilities: Capabilities) {
    let bars = (0...8).map { (index: Int) -> BarChart.Bar in
      let front = Double(index * (index % 3)) / 16
      return BarChart.Bar(
        share: Double(index) / 8, front: front, style: Style(foreground: .palette(2)),
        frontStyle: Style(foreground: .palette(1)), isStrong: index > 4)
    }
    for (size, height) in [("high", 6), ("low", 2), ("row", 1)] {
      var grid = canvas(height + 2, 24)
      BarChart(bars).draw(into: &grid, grid.bounds.inset(), capabilities: capabilities)
      expectSnapshot("bars-\(size)-\(name)", grid)
    }
  }

  /// Bars take all columns between them, and each as many as the others, but for one.
  @Test func barsFillTheWidth() {
    for count in 1...40 {
      for width in count...90 {
        let widths = (0..<count).map {
          BarChart.column(of: $0 + 1, count: count, width: width)
            - BarChart.column(of: $0, count: count, width: width)
        }
        #expect(widths.reduce(0, +) == width)
        #expect(widths.allSatisfy { $0 == width / count || $0 == width / count + 1 })
      }
    }
  }

  @Test(arguments: both + [("blocks", Capabilities(unicode: true, colors: .none))])
  func pixels(_ name: String, _ capabilities: Capabilities) {
    // A grey ramp with a 3 by 3 checker in the lower right corner.
    let bytes = (0..<64).map { (at: Int) -> UInt8 in
      let (row, column) = (at / 8, at % 8)
      if row >= 5 && column >= 5 { return (row + column) % 2 == 0 ? 255 : 0 }
      return UInt8(row * 30 + column)
    }
    let image = PixelImage(height: 8, width: 8, channels: 1, bytes: bytes)
    let view = PixelView(image: image, highlight: Rect(row: 5, column: 5, height: 3, width: 3))
    for (size, height, width) in [("exact", 6, 10), ("large", 17, 34), ("small", 3, 5)] {
      var grid = canvas(height, width)
      view.draw(into: &grid, grid.bounds, capabilities: capabilities)
      expectSnapshot("pixels-\(size)-\(name)", grid)
    }
  }

  @Test(arguments: both)
  func lines(_ name: String, _ capabilities: Capabilities) {
    var grid = canvas(9, 44)
    let status = StatusLine(
      left: [.init("QUEUE 17/48,211"), .init("P 4102 C 918"), .init("&score>.9", priority: 2)],
      right: [.init("saved", priority: 1), .init("? help", priority: 3)])
    status.draw(into: &grid, row: 0, capabilities: capabilities)
    status.draw(into: &grid, row: 1, column: 2, width: 34, capabilities: capabilities)
    Prompt(label: ":", text: "mark pois", caret: 9, hint: "mark poisoned where EXPR").draw(
      into: &grid, row: 2, column: 0, width: 30, capabilities: capabilities)
    Prompt(label: "&", text: "a long filter that does not fit", caret: 30).draw(
      into: &grid, row: 3, column: 0, width: 20, capabilities: capabilities)
    ScrollBar(first: 40, visible: 5, total: 100).draw(
      into: &grid, row: 2, column: 43, height: 6, capabilities: capabilities)
    grid.draw(Bar.progress(0.43, width: 12), row: 4, column: 0)
    grid.draw(Bar.sparkline([0, 1, 2, .nan, 9, 5], capabilities: capabilities), row: 4, column: 14)
    expectSnapshot("lines-\(name)", grid)
  }

  @Test(arguments: both)
  func messageBox(_ name: String, _ capabilities: Capabilities) {
    let box = MessageBox(
      title: "Mark 498 as POISONED?",
      lines: ["12 already are, 3 are CLEAN and stay as they are unless you override.", "top label: truck"],
      keys: "y yes   N no   o override", prompt: Prompt(label: "type 498: ", text: "49", caret: 2))
    var grid = canvas(12, 50)
    box.draw(into: &grid, within: grid.bounds, capabilities: capabilities)
    expectSnapshot("box-\(name)", grid)
    grid = canvas(5, 30)
    box.draw(into: &grid, within: grid.bounds, capabilities: capabilities)
    expectSnapshot("box-small-\(name)", grid)
  }

  static func plot(height: Int, width: Int) -> ScatterPlot {
    let none = [Int32](repeating: 0, count: height * width)
    var plot = ScatterPlot(
      height: height, width: width, dots: [UInt8](repeating: 0, count: height * width), counts: none,
      marked: none, groups: none.map { _ in -1 })
    for row in 0..<height {
      for column in 0..<width where (row * 7 + column * 3) % 5 < 3 && abs(row - column / 2) < 4 {
        let index = row * width + column
        plot.counts[index] = Int32(1 << ((row + column) % 9))
        plot.dots[index] = UInt8(truncatingIfNeeded: 0x9D &* (index + 1)) | 1
        plot.groups[index] = Int32(column / 7) - (row == 0 ? 1 : 0)
        if column >= 12, column < 15 { plot.marked[index] = plot.counts[index] }
      }
    }
    return plot
  }
}
