import Model
import Scanning
import Screen

extension Frame {
  mutating func paintScatter() {
    let panes = layout.plotPanes
    separate(panes)
    let view = state.views.scatter
    let up = capabilities.unicode ? "↑ " : "up: "
    let inner = scopedPanel(
      up + displayText(view.y?.name(in: material) ?? ""), note: view.zoom > 0 ? "zoom \(1 << view.zoom)" : "",
      panes[0])
    let plot = layout.scatterPlot
    if let raster = view.raster, raster.height <= plot.height, raster.width <= plot.width {
      paint(raster, in: plot)
      paintGroups(raster, in: panes[1])
    } else {
      draw([plotWaits("Plotting…")], in: inner)
    }
  }

  // MARK: The plane

  private mutating func paint(_ raster: Raster, in plot: Rect) {
    let view = state.views.scatter
    let groups = raster.groups.indices
    var widget = ScatterPlot(
      height: raster.height, width: raster.width, dots: raster.dots, counts: raster.counts,
      marked: raster.flagged, groups: raster.leaders,
      glyphs: view.showsLetters ? .signs(groups.map { sign(of: $0, raster) }) : .density,
      palette: groups.map {
        theme.group($0, named: raster.groups[$0].name, of: raster.request.split).foreground
      },
      markStyle: theme[.high], cursor: view.cell)
    widget.pathStyle = theme[.key]
    switch view.area {
    case .box(let corner):
      if let cells = view.cursor.flatMap({ raster.cells(corner, $0) }) {
        widget.selection = Rect(
          row: cells.rows.lowerBound, column: cells.columns.lowerBound, height: cells.rows.count,
          width: cells.columns.count)
      }
    case .lasso(let corners):
      let points = corners + [view.cursor].compactMap { $0 }
      widget.path = points.compactMap { raster.cells($0, $0) }.map {
        ($0.rows.lowerBound, $0.columns.lowerBound)
      }
      if corners.count > 1, let first = widget.path.first { widget.path.append(first) }
    case nil: break
    }
    widget.draw(into: &grid, plot, capabilities: capabilities)
    paintAxes(raster, plot, marksAny: widget.marksAny)
  }

  private mutating func paintAxes(_ raster: Raster, _ plot: Rect, marksAny: Bool) {
    let window = raster.window
    let margin = Layout.plotMargin
    grid.verticalLine(
      row: plot.row, column: plot.column - 1, height: plot.height, style: theme[.border],
      capabilities: capabilities)
    let upright = Ticks.linear(window.minY, window.maxY, maxCount: max(2, plot.height / 3)).map { value in
      (
        row: Int(
          ((value - window.minY) / window.height * Double(plot.height))
            .clamped(to: 0...Double(plot.height - 1))), text: Ticks.text(value)
      )
    }
    paintUpright(upright, leftOf: plot, width: margin.left - 1)
    paintAxis(ticks(window.minX, window.maxX, width: plot.width), beneath: plot)
    grid.put(
      capabilities.unicode ? "└" : "+", columns: 1, row: plot.row + plot.height, column: plot.column - 1,
      style: theme[.border])
    let foot = Rect(
      row: plot.row + plot.height + 2, column: plot.column - margin.left, height: 1,
      width: plot.width + margin.left)
    let mark = capabilities.unicode ? "×" : "x"
    let missing = raster.missing > 0 ? "  \(grouped(raster.missing)) without a position" : ""
    draw(
      Line([
        (" " + mark, theme[.high]),
        (marksAny ? " flagged" : " mostly flagged", theme[.dim]), (missing, theme[.dim]),
      ]), row: 0, in: foot)
    let name = (state.views.scatter.x?.name(in: material)).map { displayText($0) } ?? ""
    let text = capabilities.unicode ? "\(name) →" : "\(name) ->"
    let width = TextWidth.width(text)
    if width + 20 + missing.count <= foot.width {
      grid.draw(text, at: (0, foot.width - width), style: theme[.title], clippedTo: foot)
    }
  }
}
