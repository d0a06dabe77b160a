import Model
import Scanning

extension State {
  mutating func move(_ command: Command, count: Int?) -> [Effect] {
    let page = Layout(size: size).listHeight(context)
    views.isPlotStopped = false
    views.hasMoved = true
    switch place {
    case .dashboard: moveOnDashboard(command, count, page)
    case .queue(let id): moveInQueue(id, command, count, page)
    case .review(let id): moveInReview(id, command, count, page)
    case .sheet(let id): moveInSheet(id, command, count)
    case .pivot: moveOnPivot(command, count, page)
    case .compare:
      let isDown = [.down, .pageDown, .halfDown].contains(command)
      let step = command == .down || command == .up ? 1 : page / 2
      views.review.scroll = max(0, views.review.scroll + (isDown ? step : -step) * min(count ?? 1, 1000))
    case .histogram: moveOnHistogram(command, count ?? 1)
    case .scatter: moveOnScatter(command, count, page)
    case .timeline: moveOnTimeline(command, count)
    case .findings:
      if command == .nextPane || command == .previousPane {
        toggleFindings()
      } else {
        let total = foundLines.count
        views.findings.move(
          command, count: count, total: total, page: Layout(size: size).foundHeight(total))
      }
    case .log: views.log.move(command, count: count, total: review.decisions.count, page: page)
    case .help: scrollHelp(command, count, page)
    }
    return []
  }

  /// Shows or hides the findings that incidents join; the cursor stays with its incident.
  private mutating func toggleFindings() {
    let incident = currentFound.flatMap { line in
      if case .incident = line { line } else { material.entry(line)?.incident.flatMap(line(of:)) ?? line }
    }
    views.areFindingsShown.toggle()
    views.findings.cursor = incident.flatMap { foundLines.firstIndex(of: $0) } ?? 0
  }

  private func line(of incident: Incident) -> FoundLine? {
    material.report.incidents.firstIndex { $0.id == incident.id }.map { .incident($0) }
  }

  /// Help has no cursor: moving scrolls.
  private mutating func scrollHelp(_ command: Command, _ count: Int?, _ page: Int) {
    let total = helpLines.count
    var list = ListCursor(cursor: views.help.top)
    list.move(command, count: count, total: max(1, total - page + 1), page: page)
    views.help = ListCursor(cursor: list.cursor, top: list.cursor)
  }

  private mutating func moveOnDashboard(_ command: Command, _ count: Int?, _ page: Int) {
    typealias Panel = DashboardView.Panel
    let panels = Panel.allCases.filter { dashboardCount($0) > 0 }
    guard let at = panels.firstIndex(of: views.dashboard.panel) else {
      views.dashboard.panel = panels.first ?? .next
      return
    }
    switch command {
    case .nextPane, .right: views.dashboard.panel = panels[(at + 1) % panels.count]
    case .previousPane, .left: views.dashboard.panel = panels[(at + panels.count - 1) % panels.count]
    default:
      views.dashboard.list.move(
        command, count: count, total: dashboardCount(views.dashboard.panel), page: min(page, 8))
    }
  }

  private mutating func moveInQueue(_ id: Int, _ command: Command, _ count: Int?, _ page: Int) {
    guard var queue = views.queues[id] else { return }
    let columns = columns(of: queue)
    let place = columns.firstIndex(of: queue.column) ?? 0
    switch command {
    case .left: queue.column = columns[max(0, place - (count ?? 1))]
    case .right: queue.column = columns[min(columns.count - 1, place + min(count ?? 1, columns.count))]
    default: queue.list.move(command, count: count, total: queue.rows.count, page: page)
    }
    views.queues[id] = queue
  }

  private mutating func moveInReview(_ id: Int, _ command: Command, _ count: Int?, _ page: Int) {
    let panes = ReviewView.Pane.allCases
    switch command {
    case .nextPane, .previousPane:
      let step = command == .nextPane ? 1 : panes.count - 1
      views.review.pane = panes[(views.review.pane.rawValue + step) % panes.count]
    case .pageDown, .pageUp:
      let step = (page - 1) * min(count ?? 1, 1000) * (command == .pageDown ? 1 : -1)
      views.review.scroll = (views.review.scroll + step).clamped(to: 0...1_000_000)
    case .halfDown, .halfUp:
      let step = page / 2 * min(count ?? 1, 1000) * (command == .halfDown ? 1 : -1)
      views.review.sideScroll = (views.review.sideScroll + step).clamped(to: 0...sideLines)
    default:
      let total = views.queues[id]?.rows.count ?? 0
      views.queues[id]?.list.move(command, count: count, total: total, page: page)
      views.review.scrollToTop()
    }
  }

  /// About as many lines as stand beside a sample: beyond them there is nothing to scroll to.
  private var sideLines: Int {
    let findings = currentRow.map { material.findings(of: $0).count } ?? 0
    return material.detectors.count + 3 * findings + 8
  }

  /// To the `count`-th sample without a verdict before or after the cursor.
  mutating func moveToOpen(forward: Bool, count: Int) {
    guard let queue = currentQueue else { return }
    var at = queue.list.cursor
    var left = count
    var found: Int?
    while left > 0 {
      at += forward ? 1 : -1
      guard queue.rows.indices.contains(at) else { break }
      if isOpen(Int(queue.rows[at]), in: queue) {
        found = at
        left -= 1
      }
    }
    guard let found else {
      messages.say("no undecided sample \(forward ? "below" : "above")", .warning)
      return
    }
    views.queues[queue.id]?.list.cursor = found
    views.review.scrollToTop()
  }

  /// After a decision at `position`: the next open sample below, else the first above.
  mutating func advance(queue id: Int, from position: Int) {
    guard let queue = views.queues[id], queue.list.cursor == position else { return }
    func isLeft(at place: Int) -> Bool { isOpen(Int(queue.rows[place]), in: queue) }
    let below =
      position + 1 < queue.rows.count ? (position + 1..<queue.rows.count).first(where: isLeft(at:)) : nil
    if let next = below ?? (0..<min(position, queue.rows.count)).first(where: isLeft(at:)) {
      views.queues[id]?.list.cursor = next
      views.review.scrollToTop()
    } else {
      messages.say((messages.text ?? "") + "; all \(grouped(queue.rows.count)) here are decided")
    }
  }

  mutating func goTo(_ argument: String) -> [Effect] {
    guard let queue = currentQueue else { return nothingHere() }
    let word = argument.trimmed
    if let number = Int(word), number >= 1, number <= queue.rows.count {
      views.queues[queue.id]?.list.cursor = number - 1
      views.review.scrollToTop()
      return []
    }
    guard !word.isEmpty else {
      messages.say("goto NUMBER or ID", .error)
      return []
    }
    return startSearch(word, backward: false, isID: true)
  }
}
