extension State {
  /// After every action: cursors come into their lists and windows, and what the screen on top needs and does not
  /// have is asked for. Costs the same for any number of samples.
  mutating func settle() -> [Effect] {
    let layout = Layout(size: size)
    let height = layout.listHeight(context)
    switch place {
    case .queue(let id):
      guard var queue = views.queues[id] else { return [] }
      queue.list.settle(count: queue.rows.count, height: height)
      views.queues[id] = queue
    case .sheet(let id): return settleSheet(id)
    case .pivot:
      views.pivot.list.settle(count: views.pivot.pivot?.rows.count ?? 0, height: height)
      return views.isPlotStopped ? [] : wantPivot()
    case .compare(let rows): return wantProfiles(of: rows)
    case .review(let id):
      guard var queue = views.queues[id] else { return [] }
      queue.list.settle(count: queue.rows.count, height: height)
      views.queues[id] = queue
      return wantProfile()
    case .findings: views.findings.settle(count: foundLines.count, height: height)
    case .log: views.log.settle(count: review.decisions.count, height: height)
    case .help:
      views.help.settle(count: helpLines.count, height: height)
    case .dashboard:
      for panel in DashboardView.Panel.allCases {
        views.dashboard.lists[panel.rawValue].settle(count: dashboardCount(panel), height: height)
      }
    case .histogram: return views.isPlotStopped ? [] : wantBins()
    case .clusters:
      views.scatter.list.settle(count: survey?.clusters.count ?? 0, height: height)
      return views.isPlotStopped ? [] : wantRaster()
    }
    return []
  }

  private mutating func wantBins() -> [Effect] {
    let column = views.histogram.column(material)
    guard views.histogram.bins[column] == nil, !jobs.isWanted(.bins(column)) else { return [] }
    return want("counting \(column.name(in: material))", .bins(column), .bins(column))
  }

  private mutating func wantProfile() -> [Effect] {
    guard let code = currentRow.map({ material.labelCode(of: $0) }), code >= 0,
      views.review.profiles[code] == nil, !jobs.isWanted(.profile(code))
    else { return [] }
    return want("looking at the class", .profile(code), .profile(code))
  }

  private mutating func wantRaster() -> [Effect] {
    guard let request = rasterRequest else { return [] }
    if let raster = views.scatter.raster, raster.window == request.window, raster.height == request.height,
      raster.width == request.width
    {
      return []
    }
    guard views.scatter.wanted != request || !jobs.isWanted(.raster) else { return [] }
    views.scatter.wanted = request
    return want("drawing the plane", .raster(request), .raster)
  }

  /// The picture that the plane's pane needs now; nil without a layout.
  var rasterRequest: RasterRequest? {
    guard let survey, var window = survey.extent else { return nil }
    let pane = Layout(size: size).plotPanes[0]
    guard pane.height > 1, pane.width > 0 else { return nil }
    let scatter = views.scatter
    if scatter.zoom > 0, survey.clusters.indices.contains(scatter.list.cursor) {
      let cluster = survey.clusters[scatter.list.cursor]
      let share = 1.0 / Double(1 << scatter.zoom)
      let halfWidth = (window.maxX - window.minX) * share / 2
      let halfHeight = (window.maxY - window.minY) * share / 2
      window = PlotWindow(
        minX: cluster.x - halfWidth, minY: cluster.y - halfHeight, maxX: cluster.x + halfWidth,
        maxY: cluster.y + halfHeight)
    }
    return RasterRequest(window: window, height: pane.height - 1, width: pane.width)
  }
}
