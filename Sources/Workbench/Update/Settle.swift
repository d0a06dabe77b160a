extension State {
  /// After every action: cursors come into their lists and windows, and what the screen on top needs and does not
  /// have is asked for. Costs the same for any number of samples.
  mutating func settle() -> [Effect] {
    let layout = Layout(size: size)
    let height = layout.listHeight(context)
    switch place {
    case .queue(let id):
      guard var queue = views.queues[id] else { return [] }
      queue.list.settle(count: queue.rows.count, height: max(1, height - agreementHeight(of: queue)))
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
    case .findings:
      let count = foundLines.count
      views.findings.settle(count: count, height: layout.foundHeight(count))
    case .log: views.log.settle(count: review.decisions.count, height: height)
    case .help:
      views.help.settle(count: helpLines.count, height: height)
    case .dashboard:
      for panel in DashboardView.Panel.allCases {
        views.dashboard.lists[panel.rawValue].settle(count: dashboardCount(panel), height: height)
      }
    case .histogram:
      // Verdicts come and go, and their groups with them.
      views.histogram.group = min(views.histogram.group, shownBins?.groups.count ?? 0)
      return views.isPlotStopped ? [] : wantBins()
    case .scatter:
      views.scatter.list.settle(count: views.scatter.ranked.count, height: height)
      return views.isPlotStopped ? [] : wantRaster()
    case .timeline:
      views.timeline.group = min(views.timeline.group, views.timeline.timeline?.groups.count ?? 0)
      return views.isPlotStopped ? [] : wantTimeline()
    }
    return []
  }

  private mutating func wantProfile() -> [Effect] {
    guard let code = currentRow.map({ material.labelCode(of: $0) }), code >= 0,
      views.review.profiles[code] == nil, !jobs.isWanted(.profile(code))
    else { return [] }
    return want("profiling the class", .profile(code), .profile(code))
  }
}
