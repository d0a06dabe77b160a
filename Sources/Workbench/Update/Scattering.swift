import Model

/// The plane of two numbers.
extension State {
  /// What can span it, beside the layout.
  package var axisColumns: [RowColumn] { HistogramView.columns(material) }

  /// All numbers that can be asked for by their names.
  private var namedAxes: [RowColumn] {
    let layout: [RowColumn] = material.report.layout.isEmpty ? [] : [.layout(0), .layout(1)]
    return axisColumns + layout + material.detectors.indices.map { .detector($0) }
  }

  var axisNames: [String] { namedAxes.map { $0.name(in: material) } }

  mutating func showScatter() -> [Effect] {
    if views.scatter.x == nil {
      if !material.report.layout.isEmpty {
        (views.scatter.x, views.scatter.y) = (.layout(0), .layout(1))
        views.scatter.split = material.report.clusters.isEmpty ? .flag : .column(.cluster)
      } else if axisColumns.count > 1 {
        (views.scatter.x, views.scatter.y) = (axisColumns[1], axisColumns[0])
      } else {
        messages.say("this case has neither two numeric columns nor a layout", .warning)
        return []
      }
    }
    showPlot(.scatter, .scatter)
    return []
  }

  /// Another column for an axis: the one that is named, or the next. The layout is both axes.
  mutating func changeAxis(isX: Bool, _ argument: String) -> [Effect] {
    let hasLayout = !material.report.layout.isEmpty
    let choices = axisColumns + (hasLayout ? [.layout(isX ? 0 : 1)] : [])
    let column: RowColumn
    if argument.trimmed.isEmpty {
      let at = (isX ? views.scatter.x : views.scatter.y).flatMap { choices.firstIndex(of: $0) } ?? -1
      column = choices[(at + 1) % choices.count]
    } else {
      let name = (try? filterTokens(argument))?.first?.word ?? argument.trimmed
      guard let named = namedAxes.first(where: { $0.name(in: material) == name }) else {
        let hint = nearest(name, axisNames).map { "; did you mean \($0)?" } ?? ""
        messages.say("\(displayText(name)) is not numeric\(hint)", .error)
        return []
      }
      column = named
    }
    if case .layout = column {
      (views.scatter.x, views.scatter.y) = (.layout(0), .layout(1))
    } else {
      let old = isX ? views.scatter.y : views.scatter.x
      var other = old ?? column
      if case .layout = other {
        other = column == .suspicion ? axisColumns[axisColumns.count - 1] : .suspicion
      }
      (views.scatter.x, views.scatter.y) = isX ? (column, other) : (other, column)
    }
    views.scatter.forget()
    return []
  }

  mutating func color(by split: PlotSplit) {
    views.scatter.split = split
    views.scatter.list = ListCursor()
  }

  mutating func moveOnScatter(_ command: Command, _ count: Int?, _ page: Int) {
    if command == .nextPane || command == .previousPane {
      views.scatter.focus = views.scatter.focus == .plane ? .groups : .plane
      if views.scatter.focus == .groups { goToGroup() }
      return
    }
    guard views.scatter.focus == .plane || command == .left || command == .right else {
      views.scatter.list.move(
        command, count: count, total: views.scatter.ranked.count, page: page)
      goToGroup()
      return
    }
    views.scatter.focus = .plane
    let times = min(count ?? 1, 10_000)
    let half = max(1, (views.scatter.raster?.height ?? 2) / 2)
    switch command {
    case .left: views.scatter.move(rows: 0, columns: -times)
    case .right: views.scatter.move(rows: 0, columns: times)
    case .up: views.scatter.move(rows: -times, columns: 0)
    case .down: views.scatter.move(rows: times, columns: 0)
    case .halfUp: views.scatter.move(rows: -half * times, columns: 0)
    case .halfDown: views.scatter.move(rows: half * times, columns: 0)
    case .pageUp: views.scatter.move(rows: -2 * half * times, columns: 0)
    case .pageDown: views.scatter.move(rows: 2 * half * times, columns: 0)
    case .first: goToSuspect((count ?? 1) - 1)
    case .last: goToSuspect(count.map { $0 - 1 } ?? Int.max)
    default: break
    }
  }

  /// The cells by their most suspicious sample.
  private mutating func goToSuspect(_ place: Int) {
    let suspicion = material.report.suspicion
    guard let point = views.scatter.raster?.point(ofSuspect: place, { suspicion[$0] }) else { return }
    views.scatter.cursor = point
  }

  /// Puts the cursor of the plane into the middle of the group under the cursor of the list.
  private mutating func goToGroup() {
    guard let middle = views.scatter.currentGroup?.middle else { return }
    views.scatter.cursor = middle
    if views.scatter.cell == nil { views.scatter.zoom(to: views.scatter.zoom) }
  }

  mutating func zoomScatter(_ command: Command, _ count: Int) {
    let zoom = views.scatter.zoom
    let maxZoom = ScatterView.maxZoom
    switch command {
    case .zoomIn: views.scatter.zoom(to: zoom + min(count, maxZoom))
    case .zoomOut: views.scatter.zoom(to: zoom - min(count, maxZoom))
    case .fit: views.scatter.zoom(to: 0)
    default: views.scatter.showsLetters.toggle()
    }
  }

  // MARK: Drawing

  mutating func wantRaster() -> [Effect] {
    let scatter = views.scatter
    let room = Layout(size: size).scatterPlot
    guard let x = scatter.x, let y = scatter.y, !room.isEmpty else { return [] }
    let request = RasterRequest(
      x: x, y: y, window: scatter.window, split: scatter.split, height: room.height, width: room.width,
      stamp: views.stamp)
    guard scatter.raster?.request != request, scatter.wanted != request || !jobs.isWanted(.raster) else {
      return []
    }
    views.scatter.wanted = request
    return want("plotting", .raster(request, sampleSet), .raster)
  }
}
