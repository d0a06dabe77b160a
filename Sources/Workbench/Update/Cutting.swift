import Model

/// The histogram and its cut.
extension State {
  /// What the histogram shows now; nil before it is counted.
  package var shownBins: Bins? { views.histogram.shown(material) }

  mutating func moveOnHistogram(_ command: Command, _ count: Int) {
    let columns = HistogramView.columns(material).count
    let column = views.histogram.column(material)
    let step = command == .down || command == .right || command == .nextPane ? 1 : -1
    switch command {
    case .left, .right:
      views.histogram.moveCut(of: column, by: step * min(count, Bins.count << BinRange.maxZoom))
    case .up where views.histogram.split != nil, .down where views.histogram.split != nil:
      let groups = shownBins?.groups.count ?? 0
      views.histogram.group = (views.histogram.group + step * min(count, groups + 1)).clamped(to: 0...groups)
    default:
      views.histogram.score = (views.histogram.score + columns + step * (count % columns)) % columns
    }
  }

  mutating func zoomHistogram(_ command: Command, _ count: Int) {
    let column = views.histogram.column(material)
    let maxZoom = BinRange.maxZoom
    switch command {
    case .zoomIn: views.histogram.zoom(column, by: min(count, maxZoom))
    case .zoomOut: views.histogram.zoom(column, by: -min(count, maxZoom))
    case .fit: views.histogram.zoom(column, by: -maxZoom)
    default: views.histogram.isLogarithmic.toggle()
    }
  }

  mutating func splitHistogram(_ split: PlotSplit?) {
    views.histogram.split = split
    views.histogram.group = 0
  }

  /// What Enter on the histogram opens: the samples at or above the cut, of all or of the group under the cursor. Nil
  /// before the score is counted, and of a group that no condition names.
  package var cutCondition: String? {
    guard let bins = shownBins else { return nil }
    return bins.condition(
      ofGroup: views.histogram.group, above: views.histogram.cut(bins.column), in: material)
  }

  mutating func openAboveCut() -> [Effect] {
    guard let cutCondition else { return shownBins == nil ? stillCounting() : noCondition() }
    return openScoped(cutCondition)
  }

  mutating func selectAboveCut() -> [Effect] {
    guard let cutCondition else { return shownBins == nil ? stillCounting() : noCondition() }
    return selectScoped(cutCondition)
  }

  mutating func noCondition() -> [Effect] {
    messages.say("too many groups for one condition: choose another", .warning)
    return []
  }

  mutating func wantBins() -> [Effect] {
    let view = views.histogram
    let column = view.column(material)
    let request = BinsRequest(
      column: column, range: view.range(column), split: view.split, stamp: views.stamp)
    guard view.bins[request] == nil, view.wanted != request || !jobs.isWanted(.bins) else { return [] }
    views.histogram.wanted = request
    return want(
      "counting \(displayText(request.column.name(in: material)))", .bins(request, sampleSet), .bins)
  }
}
