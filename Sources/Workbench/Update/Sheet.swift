import Model

/// The contact sheet of a queue.
extension State {
  package var sheetLayout: SheetLayout {
    SheetLayout(
      Layout(size: size), arePictures: material.report.facts.modality == .image, zoom: views.sheet.zoom)
  }

  mutating func showSheet() -> [Effect] {
    guard let queue = currentQueue else { return nothingHere() }
    if case .sheet = place {
      _ = views.close()
      return []
    }
    views.show(.sheet(queue.id))
    return arrangeIfWaiting(queue.id)
  }

  /// Left and right go from one sample to the next, up and down from row to row.
  mutating func moveInSheet(_ id: Int, _ command: Command, _ count: Int?) {
    guard var queue = views.queues[id] else { return }
    let layout = sheetLayout
    let last = max(0, queue.rows.count - 1)
    func go(_ tiles: Int) {
      let (distance, overflow) = tiles.multipliedReportingOverflow(by: count ?? 1)
      let step = overflow ? (tiles < 0 ? -last : last) : distance.clamped(to: -last...last)
      queue.list.cursor = (queue.list.cursor + step).clamped(to: 0...last)
    }
    switch command {
    case .left: go(-1)
    case .right: go(1)
    case .up: go(-layout.columns)
    case .down: go(layout.columns)
    case .halfDown: go(layout.columns * max(1, layout.rows / 2))
    case .halfUp: go(-layout.columns * max(1, layout.rows / 2))
    case .pageDown: go(layout.columns * layout.rows)
    case .pageUp: go(-layout.columns * layout.rows)
    default: queue.list.move(command, count: count, total: queue.rows.count, page: layout.rows)
    }
    views.queues[id] = queue
  }

  mutating func zoomSheet(_ command: Command, _ count: Int) -> [Effect] {
    let step = min(count, SheetView.tileWidths.count) * (command == .zoomIn ? 1 : -1)
    views.sheet.zoom = (views.sheet.zoom + step).clamped(to: 0...SheetView.tileWidths.count - 1)
    return []
  }

  /// Brings the cursor's row of tiles into the window, and asks for what tells extreme cells and words.
  mutating func settleSheet(_ id: Int) -> [Effect] {
    guard var queue = views.queues[id] else { return [] }
    let layout = sheetLayout
    queue.list.settle(count: queue.rows.count, height: layout.rows * layout.columns)
    views.queues[id] = queue
    var tiles = ListCursor(cursor: queue.list.cursor / layout.columns, top: views.sheet.top)
    tiles.settle(count: (queue.rows.count + layout.columns - 1) / layout.columns, height: layout.rows)
    views.sheet.top = tiles.top
    return material.report.facts.modality == .image ? [] : wantProfiles(of: sheetRows(queue))
  }

  /// The rows that the sheet shows now.
  package func sheetRows(_ queue: Queue) -> [Int] {
    let layout = sheetLayout
    let first = min(views.sheet.top * layout.columns, queue.rows.count)
    return queue.rows[first..<min(queue.rows.count, first + layout.rows * layout.columns)].map(Int.init)
  }

  /// One at a time, as many as are kept.
  mutating func wantProfiles(of rows: [Int]) -> [Effect] {
    guard !views.review.isFull else { return [] }
    let codes = rows.lazy.map { [material] in material.labelCode(of: $0) }
    guard let code = codes.first(where: { $0 >= 0 && views.review.profiles[$0] == nil }),
      !jobs.isWanted(.profile(code))
    else { return [] }
    return want("profiling the class", .profile(code), .profile(code))
  }
}
