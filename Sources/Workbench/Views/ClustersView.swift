import Model
import Screen

extension Frame {
  mutating func paintClusters() {
    let panes = layout.plotPanes
    separate(panes)
    let plot = Rect(
      row: panes[0].row, column: panes[0].column, height: panes[0].height - 1, width: panes[0].width)
    guard let survey = state.survey, survey.extent != nil else {
      return draw([plotWaits("The plane is being drawn…")], in: panes[0])
    }
    if let raster = state.views.scatter.raster, raster.height <= plot.height, raster.width <= plot.width {
      ScatterPlot(
        height: raster.height, width: raster.width, dots: raster.dots, counts: raster.counts,
        marked: raster.flagged,
        groups: raster.clusters, glyphs: state.views.scatter.showsLetters ? .letters : .density,
        palette: theme.clusterPalette, markStyle: theme[.high], cursor: center(raster)
      ).draw(into: &grid, plot, capabilities: capabilities)
    } else {
      draw([plotWaits("The plane is being drawn…")], in: plot)
    }
    let zoom = state.views.scatter.zoom
    let mark = capabilities.unicode ? "×" : "x"
    draw(
      Line(
        "\(mark) mostly flagged   \(capabilities.colors == .none ? "letter" : "color"): cluster"
          + (zoom > 0 ? "   zoom \(1 << zoom)" : ""), theme[.dim]),
      row: plot.height, in: panes[0])
    paintClusterList(survey, in: panes[1])
  }

  /// The cell of the cluster's middle.
  private func center(_ raster: Raster) -> (row: Int, column: Int)? {
    guard let cluster = state.currentCluster else { return nil }
    let window = raster.window
    let x = (cluster.x - window.minX) / max(window.maxX - window.minX, .leastNormalMagnitude)
    let y = (cluster.y - window.minY) / max(window.maxY - window.minY, .leastNormalMagnitude)
    guard (0...1).contains(x), (0...1).contains(y) else { return nil }
    return (
      min(Int((1 - y) * Double(raster.height)), raster.height - 1),
      min(Int(x * Double(raster.width)), raster.width - 1)
    )
  }

  private mutating func paintClusterList(_ survey: CaseSummary, in rect: Rect) {
    let list = state.views.scatter.list
    let rows = survey.clusters.dropFirst(list.top).prefix(rect.height - 1).map { cluster -> Table.Row in
      let share = Double(cluster.flagged) / Double(cluster.count)
      let letter = String(Unicode.Scalar(UInt8(ascii: "a") + UInt8(cluster.number % 26)))
      let name = state.views.scatter.showsLetters ? "c\(cluster.number) \(letter)" : "c\(cluster.number)"
      return Table.Row([
        TableCell(name, style: theme[.cluster(cluster.number)]), TableCell(compact(cluster.count)),
        TableCell(fixed(100 * share, 1), style: theme.score(share >= 0.5 ? 1 : share >= 0.05 ? 0.6 : 0)),
        TableCell(displayText(cluster.label)),
        TableCell(percent(cluster.labelCount, of: cluster.count), style: theme[.dim]),
      ])
    }
    Table(
      columns: [
        Screen.TableColumn("cluster", width: 7), Screen.TableColumn("n", width: 5, alignment: .right),
        Screen.TableColumn("flag%", width: 5, alignment: .right),
        Screen.TableColumn("label", width: 5, maximum: 14),
        Screen.TableColumn("share", width: 6, alignment: .right, priority: 1),
      ], rows: Array(rows), cursor: list.cursor - list.top, headerStyle: theme[.header]
    ).draw(into: &grid, rect, capabilities: capabilities)
  }
}
