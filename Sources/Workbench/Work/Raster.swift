import Model
import Scanning

/// Asks for samples drawn into cells by two of their numbers.
package struct RasterRequest: Sendable, Hashable {
  var x: RowColumn
  var y: RowColumn
  /// Nil for all that there is.
  var window: PlotWindow?
  var split: PlotSplit
  var height: Int
  var width: Int
  /// Of the verdicts and the scope; what was drawn with another one is no longer true.
  var stamp: Int
}

/// Samples in cells, row 0 at the top (largest y).
package struct Raster: Sendable {
  /// Samples that the split puts together.
  package struct Group: Sendable {
    package let name: String
    let condition: String?
    /// Of the whole plane.
    package fileprivate(set) var samples = 0
    package fileprivate(set) var flagged = 0
    fileprivate var sum = PlotPoint(x: 0, y: 0)

    package var middle: PlotPoint? {
      samples > 0 ? PlotPoint(x: sum.x / Double(samples), y: sum.y / Double(samples)) : nil
    }
  }

  let request: RasterRequest
  /// In dots: two to a cell across, four up.
  package let xScale: PlotScale
  package let yScale: PlotScale
  package private(set) var groups: [Group]
  /// Samples in each cell.
  package private(set) var counts: [Int32]
  /// Which of the 2 by 4 dots of each cell have a sample: a Braille pattern.
  package private(set) var dots: [UInt8]
  /// Flagged samples in each cell.
  package private(set) var flagged: [Int32]
  /// Group that most of the samples of each cell belong to, -1 for none. Those of the background give way.
  package private(set) var leaders: [Int32]
  /// The most suspicious sample of each cell, -1 for none.
  package private(set) var tops: [Int32]
  /// Samples of the whole plane, and those that have no place in it.
  package private(set) var placed = 0
  package private(set) var missing = 0

  package var height: Int { request.height }
  package var width: Int { request.width }
  package var window: PlotWindow {
    PlotWindow(minX: xScale.low, minY: yScale.low, maxX: xScale.high, maxY: yScale.high)
  }

  /// Bit of each dot in a Braille pattern (Unicode block U+2800), by row and column of the dot.
  private static let dotBit: [UInt8] = [0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80]

  /// Nil when cancelled.
  static func make(
    _ request: RasterRequest, _ set: SampleSet, _ samples: CaseSamples, isCancelled: () -> Bool
  ) -> Raster? {
    guard let rows = set.rows(samples, isCancelled: isCancelled),
      let xs = request.x.numbers(samples, isCancelled: isCancelled),
      let ys = request.y.numbers(samples, isCancelled: isCancelled),
      let split = PlotGroups.make(
        request.split, rows: rows, samples, set.filtering.marks, isCancelled: isCancelled),
      !isCancelled()
    else { return nil }
    var raster = Raster(request, request.window ?? extent(rows, xs, ys), split.groups)
    let isDrawn = raster.add(
      rows, xs, ys, split.codes, background: Int32(split.background ?? -1), samples.material.report.suspicion,
      isCancelled: isCancelled)
    return isDrawn ? raster : nil
  }

  private init(_ request: RasterRequest, _ window: PlotWindow, _ groups: [PlotGroups.Group]) {
    self.request = request
    let cells = request.height * request.width
    xScale = PlotScale(
      low: window.minX, high: window.maxX, count: 2 * request.width, areFloats: request.x.areFloats)
    yScale = PlotScale(
      low: window.minY, high: window.maxY, count: 4 * request.height, areFloats: request.y.areFloats)
    self.groups = groups.map { Group(name: $0.name, condition: $0.condition) }
    counts = [Int32](repeating: 0, count: cells)
    dots = [UInt8](repeating: 0, count: cells)
    flagged = counts
    leaders = [Int32](repeating: -1, count: cells)
    tops = leaders
  }

  private static func extent(_ rows: SampleRows, _ xs: ColumnNumbers, _ ys: ColumnNumbers) -> PlotWindow {
    var window = PlotWindow(minX: .infinity, minY: .infinity, maxX: -.infinity, maxY: -.infinity)
    for row in rows {
      let (x, y) = (xs[row], ys[row])
      guard !x.isNaN, !y.isNaN else { continue }
      if x < window.minX { window.minX = x }
      if x > window.maxX { window.maxX = x }
      if y < window.minY { window.minY = y }
      if y > window.maxY { window.maxY = y }
    }
    return window.minX > window.maxX ? PlotWindow(minX: 0, minY: 0, maxX: 1, maxY: 1) : window
  }

  /// False when cancelled.
  private mutating func add(
    _ rows: SampleRows, _ xs: ColumnNumbers, _ ys: ColumnNumbers, _ codes: [UInt8], background: Int32,
    _ suspicion: Column<Float>, isCancelled: () -> Bool
  ) -> Bool {
    // Boyer and Moore's vote: the group that holds more than half of a cell, in one pass and one word a cell.
    var votes = [Int32](repeating: 0, count: counts.count)
    for (place, at) in rows.enumerated() {
      if place % 65_536 == 0 && isCancelled() { return false }
      let (x, y) = (xs[at], ys[at])
      guard !x.isNaN, !y.isNaN else {
        missing += 1
        continue
      }
      let isFlagged = suspicion[at] >= Report.flagThreshold
      let code = Int(codes[place])
      placed += 1
      groups[code].samples += 1
      groups[code].flagged += isFlagged ? 1 : 0
      groups[code].sum.x += x
      groups[code].sum.y += y
      guard let dotX = xScale.place(of: x), let upward = yScale.place(of: y) else { continue }
      let dotY = yScale.count - 1 - upward
      let cell = dotY / 4 * width + dotX / 2
      counts[cell] += 1
      dots[cell] |= Self.dotBit[dotY % 4 * 2 + dotX % 2]
      flagged[cell] += isFlagged ? 1 : 0
      if tops[cell] < 0 || suspicion[at] > suspicion[Int(tops[cell])] { tops[cell] = Int32(at) }
      let group = Int32(code)
      if group == background {
        if leaders[cell] < 0 { leaders[cell] = group }
      } else if votes[cell] == 0 || leaders[cell] == background {
        leaders[cell] = group
        votes[cell] = 1
      } else {
        votes[cell] += leaders[cell] == group ? 1 : -1
      }
    }
    return true
  }

  /// The cell of a point that lies in the window.
  func cell(of point: PlotPoint) -> (row: Int, column: Int)? {
    guard let x = xScale.place(of: point.x), let y = yScale.place(of: point.y) else { return nil }
    return ((yScale.count - 1 - y) / 4, x / 2)
  }

  /// The middle of a cell.
  func point(row: Int, column: Int) -> PlotPoint {
    PlotPoint(x: xScale.edge(2 * column + 1), y: yScale.edge(4 * (height - 1 - row) + 2))
  }

  /// What lies in the cells from that of one point to that of another, as a condition. Of a point outside of the window
  /// the point itself is the corner.
  func condition(_ a: PlotPoint, _ b: PlotPoint, in material: CaseMaterial) -> String {
    let x = xScale.condition(request.x, a.x, b.x, each: 2, in: material)
    return x + " and " + yScale.condition(request.y, a.y, b.y, each: 4, in: material)
  }

  /// The cells from that of one point to that of another, as far as they lie in the window.
  func cells(_ a: PlotPoint, _ b: PlotPoint) -> (rows: ClosedRange<Int>, columns: ClosedRange<Int>)? {
    func within(_ point: PlotPoint) -> PlotPoint {
      PlotPoint(
        x: point.x.clamped(to: xScale.low...xScale.high), y: point.y.clamped(to: yScale.low...yScale.high))
    }
    guard let a = cell(of: within(a)), let b = cell(of: within(b)) else { return nil }
    return (min(a.row, b.row)...max(a.row, b.row), min(a.column, b.column)...max(a.column, b.column))
  }
}
