import Model
import Screen

/// Draws the state. Pure; touches every cell of the grid, whose size should be the state's.
package func view(_ state: State, into grid: inout Grid) {
  var frame = Frame(state, grid)
  frame.paint()
  grid = frame.grid
}

extension Frame {
  fileprivate mutating func paint() {
    grid.fill(grid.bounds)
    grid.cursor = nil
    guard !layout.size.isTooSmall else { return paintTooSmall() }
    paintBreadcrumbs()
    switch state.place {
    case .dashboard: paintDashboard()
    case .queue(let id): if let queue = state.views.queues[id] { paintQueue(queue) }
    case .review(let id): if let queue = state.views.queues[id] { paintReview(queue) }
    case .histogram: paintHistogram()
    case .sheet(let id): if let queue = state.views.queues[id] { paintSheet(queue) }
    case .compare(let rows): paintCompare(rows)
    case .scatter: paintScatter()
    case .timeline: paintTimeline()
    case .pivot: paintPivot()
    case .findings: paintFindings()
    case .log: paintLog()
    case .help: paintHelp()
    }
    paintMessage()
    paintStatus()
    paintPrompt()
  }

  private mutating func paintTooSmall() {
    let minimum = ScreenSize.minimum
    let lines = [
      "need \(minimum.width)x\(minimum.height), have \(grid.width)x\(grid.height)", "u undo, q quit",
    ]
    for (index, line) in lines.enumerated() where index < grid.height {
      grid.draw(line, row: index, column: 0, style: theme[.warning])
    }
  }

  private mutating func paintBreadcrumbs() {
    let bar = theme[.status]
    grid.fill(Rect(row: 0, column: 0, height: 1, width: grid.width), GridCell(" ", bar))
    let facts = material.report.facts
    let names = [displayText(facts.name)] + state.views.stack.map(title)
    let right = rightOfBreadcrumbs
    let rightWidth = TextWidth.width(right)
    let room = max(20, grid.width - rightWidth - 4)
    var shown = names
    // The first and the last say most: the middle gives way.
    func width() -> Int { shown.reduce(0) { $0 + TextWidth.width($1) + 3 } }
    while width() > room, shown.count > 2 {
      if shown.count > 3, shown[1] == capabilities.ellipsis {
        shown.remove(at: 2)
      } else {
        shown[1] = capabilities.ellipsis
      }
      if shown.count == 3, shown[1] == capabilities.ellipsis { break }
    }
    var column = 1
    for (index, name) in shown.enumerated() {
      var style = bar
      style.bold = index == shown.count - 1 || index == 0
      if index > 0 { column += grid.draw(" \(arrow) ", row: 0, column: column, style: bar) }
      column += grid.draw(
        name, row: 0, column: column, style: style, maxWidth: max(0, room - column),
        ellipsis: capabilities.ellipsis)
    }
    if column + rightWidth + 2 <= grid.width {
      grid.draw(right, row: 0, column: grid.width - rightWidth - 1, style: bar)
    }
  }

  private func title(_ place: Place) -> String {
    switch place {
    case .dashboard: "dashboard"
    case .queue(let id): "queue" + (id == 0 ? "" : ":" + (state.views.queues[id]?.title ?? ""))
    case .review: "review"
    case .histogram: "histogram:" + state.views.histogram.column(material).name(in: material)
    case .scatter: "scatter"
    case .timeline: "timeline"
    case .sheet: "sheet"
    case .compare: "compare"
    case .pivot: "pivot" + (state.views.pivot.column.map { ":" + displayText($0.name(in: material)) } ?? "")
    case .findings: "incidents"
    case .log: "log"
    case .help: "help"
    }
  }

  private var rightOfBreadcrumbs: String {
    if let queue = state.currentQueue {
      if queue.phase == .waiting, queue.rows.isEmpty { return "of \(grouped(material.count))" }
      let all = queue.rows.count == material.count ? "" : " of \(grouped(material.count))"
      return "\(grouped(queue.rows.count)) shown\(all)"
    }
    return datasetSummary
  }

  var datasetSummary: String {
    let facts = material.report.facts
    let kind =
      switch facts.modality {
      case .image: "image"
      case .text: "text"
      case .tabular: "row"
      case .embedding: "embedding"
      }
    return "\(counted(material.count, kind)), \(counted(facts.classes.count, "label"))"
  }
}
