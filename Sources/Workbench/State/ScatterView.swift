import Review

/// Which numbers of the samples span the plane, what colors them, and where one is in it.
package struct ScatterView: Sendable {
  package enum Focus: Sendable { case plane, groups }
  /// What is being selected in the plane.
  package enum Area: Sendable, Equatable {
    /// From this corner to the cursor.
    case box(PlotPoint)
    /// Corners that are set already.
    case lasso([PlotPoint])
  }

  /// Nil until the plane is opened first.
  package var x: RowColumn?
  package var y: RowColumn?
  package var split = PlotSplit.flag
  package var focus = Focus.plane
  /// Cursor in the groups.
  package var list = ListCursor()
  /// The part of the plane that is shown; nil for all of it.
  package internal(set) var window: PlotWindow?
  /// In numbers of the axes, so that it stays where it is when the window changes.
  package var cursor: PlotPoint?
  package var area: Area?
  /// Letters for the groups instead of colors and density.
  package var showsLetters = false
  package internal(set) var raster: Raster?
  /// What was asked for last.
  var wanted: RasterRequest?

  /// How many times the window has been halved.
  package internal(set) var zoom = 0
  /// The window of all that there is; nil before it is drawn.
  private(set) var whole: PlotWindow?

  static let maxZoom = 10

  /// The cell under the cursor.
  package var cell: (row: Int, column: Int)? {
    cursor.flatMap { cursor in raster?.cell(of: cursor) }
  }

  /// The most suspicious of the samples under the cursor.
  package var currentRow: Int? {
    guard focus == .plane, let raster, let cell else { return nil }
    let row = raster.tops[cell.row * raster.width + cell.column]
    return row < 0 ? nil : Int(row)
  }

  /// How many samples are under the cursor.
  package var currentCount: Int {
    guard let raster, let cell else { return 0 }
    return Int(raster.counts[cell.row * raster.width + cell.column])
  }

  /// Groups that have a place, by the share of them that is surely flagged, as the pivot has them; verdicts and flags as
  /// they are.
  package var ranked: [Int] {
    guard let raster else { return [] }
    let held = raster.groups.indices.filter { raster.groups[$0].samples > 0 }
    guard raster.request.split != .flag, raster.request.split != .column(.verdict) else { return held }
    let low = raster.groups.map { wilsonInterval($0.flagged, of: $0.samples).low }
    return held.sorted { a, b in
      let (x, y) = (raster.groups[a].samples, raster.groups[b].samples)
      return low[a] != low[b] ? low[a] > low[b] : x != y ? x > y : a < b
    }
  }

  package var currentGroup: Raster.Group? {
    guard let raster, let index = ranked.dropFirst(list.cursor).first else { return nil }
    return raster.groups[index]
  }

  /// - Parameter suspicion: of a row; the cursor begins on the most suspicious sample.
  mutating func take(_ drawn: Raster, suspicion: (Int) -> Float) {
    raster = drawn
    if drawn.request.window == nil { whole = drawn.window }
    if cell == nil { cursor = drawn.point(ofSuspect: 0, suspicion) }
  }

  /// The window about the cursor that is half as wide and high for each step; of step 0 all that there is.
  mutating func zoom(to steps: Int) {
    guard let whole else { return }
    zoom = steps.clamped(to: 0...Self.maxZoom)
    guard zoom > 0, let cursor else {
      window = nil
      return
    }
    let share = 1 / Double(1 << zoom)
    let (width, height) = (whole.width * share, whole.height * share)
    let x = (cursor.x - width / 2).clamped(to: whole.minX...max(whole.minX, whole.maxX - width))
    let y = (cursor.y - height / 2).clamped(to: whole.minY...max(whole.minY, whole.maxY - height))
    window = PlotWindow(minX: x, minY: y, maxX: x + width, maxY: y + height)
  }

  /// Moves the cursor by cells; beyond the edge of a window that can be moved, the window goes with it.
  mutating func move(rows: Int, columns: Int) {
    guard let raster, let cell, let whole else { return }
    let (row, column) = (cell.row + rows, cell.column + columns)
    let isWithin = (0..<raster.height).contains(row) && (0..<raster.width).contains(column)
    guard zoom > 0, !isWithin else {
      cursor = raster.point(
        row: row.clamped(to: 0...raster.height - 1), column: column.clamped(to: 0...raster.width - 1))
      return
    }
    let (width, height) = (raster.window.width, raster.window.height)
    let x = raster.window.minX + (Double(column) + 0.5) / Double(raster.width) * width
    let y = raster.window.maxY - (Double(row) + 0.5) / Double(raster.height) * height
    cursor = PlotPoint(
      x: x.clamped(to: whole.minX...whole.maxX), y: y.clamped(to: whole.minY...whole.maxY))
    zoom(to: zoom)
  }

  /// Other axes, or other samples.
  mutating func forget() {
    raster = nil
    wanted = nil
    window = nil
    zoom = 0
    whole = nil
    cursor = nil
    area = nil
  }
}

extension Raster {
  /// The cell of the sample that is the next suspicious after so many others, each of another cell; nil without any.
  func point(ofSuspect place: Int, _ suspicion: (Int) -> Float) -> PlotPoint? {
    let cells = tops.indices.filter { tops[$0] >= 0 }
    guard !cells.isEmpty else { return nil }
    let ranked = cells.sorted { a, b in
      let (x, y) = (suspicion(Int(tops[a])), suspicion(Int(tops[b])))
      return x != y ? x > y : a < b
    }
    let cell = ranked[place.clamped(to: 0...ranked.count - 1)]
    return point(row: cell / width, column: cell % width)
  }
}
