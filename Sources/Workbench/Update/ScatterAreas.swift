import Model

/// Boxes and lassos in the plane, and what it opens and selects.
extension State {
  /// Begins a box at the cursor, or selects the one that has begun.
  mutating func boxInScatter() -> [Effect] {
    guard let cursor = views.scatter.cursor else { return stillCounting() }
    if case .box? = views.scatter.area { return selectInScatter() }
    views.scatter.area = .box(cursor)
    views.scatter.focus = .plane
    messages.say("box starts here: move, v selects, Enter opens, o opposite corner, Esc cancels")
    return []
  }

  /// Begins a lasso at the cursor, or closes and selects the one that has begun.
  mutating func lassoInScatter() -> [Effect] {
    guard let cursor = views.scatter.cursor else { return stillCounting() }
    if case .lasso? = views.scatter.area { return selectInScatter() }
    views.scatter.area = .lasso([cursor])
    views.scatter.focus = .plane
    messages.say("lasso starts here: move, Space sets a corner, gv selects, Enter opens, Esc cancels")
    return []
  }

  mutating func setCorner() -> [Effect] {
    guard let cursor = views.scatter.cursor else { return stillCounting() }
    guard case .lasso(let corners)? = views.scatter.area else { return lassoInScatter() }
    guard corners.last != cursor else { return [] }
    views.scatter.area = .lasso(corners + [cursor])
    messages.say("\(corners.count + 1) corners: gv closes the lasso and selects, Enter opens, Esc cancels")
    return []
  }

  mutating func swapCorners() -> [Effect] {
    guard case .box(let corner)? = views.scatter.area, let cursor = views.scatter.cursor else {
      messages.say("v begins a box", .warning)
      return []
    }
    views.scatter.area = .box(cursor)
    views.scatter.cursor = corner
    if views.scatter.cell == nil { views.scatter.zoom(to: views.scatter.zoom) }
    return []
  }

  /// With the cursor as the last corner; nil while there are less than three.
  var lasso: Lasso? {
    let scatter = views.scatter
    guard case .lasso(var corners)? = scatter.area, let cursor = scatter.cursor, let x = scatter.x,
      let y = scatter.y
    else { return nil }
    if corners.last != cursor, corners.first != cursor { corners.append(cursor) }
    return corners.count < 3 ? nil : Lasso(x: x, y: y, corners: corners)
  }

  private var boxCondition: String? {
    guard case .box(let corner)? = views.scatter.area, let cursor = views.scatter.cursor else { return nil }
    return views.scatter.raster?.condition(corner, cursor, in: material)
  }

  /// What the area holds, the group under the cursor, or all that is shown.
  mutating func selectInScatter() -> [Effect] {
    guard let raster = views.scatter.raster else { return stillCounting() }
    switch views.scatter.area {
    case .box:
      guard let condition = boxCondition else { return stillCounting() }
      views.scatter.area = nil
      return selectScoped(condition)
    case .lasso:
      guard let lasso else { return saysTooFewCorners() }
      views.scatter.area = nil
      return collect(CollectRequest(set: sampleSet, lasso: lasso), toCollect(lasso))
    case nil: break
    }
    if views.scatter.focus == .groups {
      guard let group = views.scatter.currentGroup else { return nothingHere() }
      guard let condition = group.condition else { return noCondition() }
      return selectScoped(condition, of: groupUnderCursor)
    }
    // What has no place in the plane is not shown.
    guard views.scatter.zoom > 0 || raster.missing > 0 else { return selectScoped(nil) }
    let corners = raster.window
    return selectScoped(
      raster.condition(
        PlotPoint(x: corners.minX, y: corners.minY), PlotPoint(x: corners.maxX, y: corners.maxY),
        in: material))
  }

  /// What the area holds, the group under the cursor, or the samples of the cell under it, each in a review.
  mutating func openInScatter() -> [Effect] {
    guard let raster = views.scatter.raster else { return stillCounting() }
    switch views.scatter.area {
    case .box:
      guard let condition = boxCondition else { return stillCounting() }
      return openScoped(condition, title: "box")
    case .lasso:
      guard let lasso else { return saysTooFewCorners() }
      var collecting = toCollect(lasso)
      collecting.title = "lasso"
      return collect(CollectRequest(set: sampleSet, lasso: lasso), collecting)
    case nil: break
    }
    if views.scatter.focus == .groups {
      guard let group = views.scatter.currentGroup else { return nothingHere() }
      guard let condition = group.condition else { return noCondition() }
      return openScoped(condition, of: groupUnderCursor)
    }
    guard let cursor = views.scatter.cursor, let row = views.scatter.currentRow else { return nothingHere() }
    let effects = openScoped(raster.condition(cursor, cursor, in: material), title: "#\(name(row))")
    guard case .queue(let id) = place else { return effects }
    // The sample that the cursor names is shown at once, the others of its cell once they are in order.
    views.queues[id]?.rows = [Int32(row)]
    views.review.scrollToTop()
    views.show(.review(id))
    return effects
  }

  private var groupUnderCursor: FoundGroup? {
    views.scatter.raster?.request.split == .column(.cluster) ? .cluster : nil
  }

  private func toCollect(_ lasso: Lasso) -> Collecting {
    let rule = [scope.description, lasso.rule(in: material)].compactMap { $0 }.joined(separator: " & ")
    return Collecting(rule: rule, group: scope.group)
  }

  private mutating func saysTooFewCorners() -> [Effect] {
    messages.say("a lasso needs three corners: Space sets one at the cursor", .warning)
    return []
  }
}
