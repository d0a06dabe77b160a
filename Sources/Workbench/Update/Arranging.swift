import Model

extension State {
  /// Makes the rows of a queue again: filter, then sort. The rows of before stay until they are there.
  mutating func arrange(_ id: Int) -> [Effect] {
    views.queues[id]?.phase = .waiting
    if let queue = views.queues[id] { views.queues[id] = hidingScores(queue) }
    guard let queue = views.queues[id] else { return [] }
    // Without a survey, which may have been stopped, it comes first and brings the waiting queues with it.
    guard let survey else { return jobs.isWanted(.survey) ? [] : wantSurvey() }
    if let row = queue.likeRow, queue.distances == nil {
      return want("comparing with #\(name(row))", .similarity(Similarity(row: row)), .similarity(id))
    }
    let arrangement = Arrangement(
      base: queue.base, filters: queue.filters, sort: queue.sort, marks: marks, survey: survey,
      distances: queue.distances,
      keep: queue.currentRow.map { Int32($0) })
    let title = queue.filters.isEmpty ? "sorting" : "filtering"
    return want(
      "\(title) \(grouped(queue.base?.count ?? material.count)) samples", .arrange(arrangement), .queue(id))
  }

  mutating func arrangeIfWaiting(_ id: Int) -> [Effect] {
    guard views.queues[id]?.phase != .ready, !jobs.isWanted(.queue(id)) else { return [] }
    return arrange(id)
  }

  mutating func arrangeCurrent() -> [Effect] {
    guard let queue = currentQueue else { return [] }
    return arrange(queue.id)
  }

  mutating func filter(_ argument: String) -> [Effect] {
    let text = argument.trimmed
    guard !text.isEmpty else {
      prompt = .line(LinePrompt(.filter))
      return []
    }
    do {
      return apply(try CompiledFilter(text, material: material))
    } catch {
      var line = LinePrompt(.filter, text: text)
      line.error = error
      prompt = .line(line)
      return []
    }
  }

  mutating func apply(_ filter: CompiledFilter) -> [Effect] {
    guard !isRefusedBlind(filter.asksForScores) else { return [] }
    guard let queue = currentQueue else {
      restrictPlot(filter)
      return []
    }
    views.queues[queue.id]?.filters.append(filter)
    return arrange(queue.id)
  }

  mutating func clearFilters() -> [Effect] {
    guard let queue = currentQueue else {
      widenPlot(toAll: true)
      return []
    }
    guard !queue.filters.isEmpty else { return [] }
    views.queues[queue.id]?.filters = []
    return arrange(queue.id)
  }

  mutating func popFilter() -> [Effect] {
    guard let queue = currentQueue else {
      widenPlot(toAll: false)
      return []
    }
    guard let last = queue.filters.last else {
      messages.say("no condition to take off", .warning)
      return []
    }
    views.queues[queue.id]?.filters.removeLast()
    messages.say("taken off: \(displayText(last.source))")
    return arrange(queue.id)
  }

  mutating func sortByCursor(descending: Bool) -> [Effect] {
    guard let queue = currentQueue else { return [] }
    return sort(queue.id, Sort(column: queue.column, descending: descending))
  }

  mutating func sort(_ argument: String) -> [Effect] {
    let words = (try? filterTokens(argument))?.compactMap(\.word) ?? []
    guard let queue = currentQueue, let name = words.first else {
      messages.say("sort COLUMN [asc|desc]", .error)
      return []
    }
    guard let column = RowColumn.named(name, in: material), column != .text else {
      let hint = nearest(name, RowColumn.allNames(in: material)).map { "; did you mean \($0)?" } ?? ""
      messages.say("no column \(displayText(name)) to sort by\(hint)", .error)
      return []
    }
    guard words.count < 3, words.count < 2 || ["asc", "desc"].contains(words[1]) else {
      messages.say("sort COLUMN [asc|desc]", .error)
      return []
    }
    let isScore = column.kind == .number && ![.cluster, .rank, .shuffled].contains(column)
    return sort(queue.id, Sort(column: column, descending: words.count == 2 ? words[1] == "desc" : isScore))
  }

  private mutating func sort(_ id: Int, _ sort: Sort) -> [Effect] {
    if isRefusedBlind(sort.column.isScore) { return [] }
    views.queues[id]?.sort = sort
    if let queue = views.queues[id], columns(of: queue).contains(sort.column) {
      views.queues[id]?.column = sort.column
    }
    return arrange(id)
  }

  // MARK: Columns

  /// "label suspicion age": the columns of the lists, in their order; all without a name.
  mutating func chooseColumns(_ argument: String) -> [Effect] {
    let names = (try? filterTokens(argument))?.compactMap(\.word) ?? []
    let known = listedColumns
    var chosen: [RowColumn] = []
    for name in names {
      guard let column = RowColumn.named(name, in: material), known.contains(column) else {
        let hint = nearest(name, known.map { $0.name(in: material) }).map { "; did you mean \($0)?" } ?? ""
        messages.say("no column \(displayText(name))\(hint)", .error)
        return []
      }
      if !chosen.contains(column) { chosen.append(column) }
    }
    views.columns = chosen.isEmpty ? nil : chosen
    return []
  }

  /// The columns of a list of samples.
  package func columns(of queue: Queue) -> [RowColumn] {
    let columns = (views.columns ?? listedColumns).filter { !session.isBlind || !$0.isScore }
    if queue.likeRow != nil { return [.distance] + columns }
    guard queue.isOfDisputes else { return columns }
    let own: [RowColumn] = [.rank, .verdict, .id]
    let others = marks.peers.reviewers.filter { $0 != session.reviewer }
    return [.id] + ([session.reviewer] + others).map { .reviewer($0) } + [.settled]
      + columns.filter { !own.contains($0) }
  }

  /// Those that lists can show; tags where there are any.
  private var listedColumns: [RowColumn] {
    var columns = RowColumn.all(in: material)
    let place = columns.firstIndex(of: .suggested) ?? columns.endIndex
    if !marks.tags.isEmpty { columns.insert(.tag, at: place) }
    return columns
  }

  // MARK: Search

  mutating func search(_ argument: String) -> [Effect] {
    guard !argument.isEmpty else {
      prompt = .line(LinePrompt(.search))
      return []
    }
    return startSearch(argument, backward: false)
  }

  mutating func searchAgain(backward: Bool) -> [Effect] {
    guard let needle = session.needle else {
      messages.say("nothing to find again: / finds", .warning)
      return []
    }
    return startSearch(needle, backward: backward)
  }

  mutating func startSearch(_ needle: String, backward: Bool) -> [Effect] {
    if place == .help { return searchHelp(needle, backward: backward) }
    guard let queue = currentQueue else { return nothingHere() }
    session.needle = needle
    session.searchedQueue = queue.id
    return want(
      "finding \(displayText(needle))",
      .search(Search(rows: queue.rows, from: queue.list.cursor, backward: backward, needle: needle)), .search)
  }

  /// What the help screen shows.
  package var helpLines: [HelpText.Line] {
    HelpText.lines(for: views.helpContext, in: material, keymap: keymap)
  }

  private mutating func searchHelp(_ needle: String, backward: Bool) -> [Effect] {
    session.needle = needle
    let lines = helpLines
    let words = CaselessNeedle(needle)
    let places = (1...lines.count).map { step in
      (views.help.top + (backward ? -step : step) + 2 * lines.count) % lines.count
    }
    guard let place = places.first(where: { words.isIn(lines[$0].words) }) else {
      messages.say("not found: \(displayText(needle))", .warning)
      return []
    }
    views.help = ListCursor(cursor: place, top: place)
    return []
  }

  // MARK: Results

  mutating func take(_ result: WorkResult, _ topic: Jobs.Topic) -> [Effect] {
    switch result {
    case .survey(let survey): return takeSurvey(survey)
    case .arranged(let arranged):
      guard case .queue(let id) = topic, var queue = views.queues[id] else { return [] }
      let place = queue.currentRow.flatMap { arranged.place(of: $0) }
      queue.rows = arranged.rows
      queue.rangeStart = nil
      queue.phase = .ready
      if let place { queue.list.cursor = place }
      resume(in: &queue)
      queue.list.cursor = queue.list.cursor.clamped(to: 0...max(0, queue.rows.count - 1))
      views.queues[id] = queue
    case .found(let outcome):
      guard let id = session.searchedQueue, let needle = session.needle, let queue = views.queues[id] else {
        return []
      }
      guard let position = outcome.place(in: queue.rows) else {
        let reason = outcome.row == nil ? "not found" : "found, but no longer shown"
        messages.say("\(reason): \(displayText(needle))", .warning)
        return []
      }
      views.queues[id]?.list.cursor = position
      views.review.scrollToTop()
      messages.say(
        outcome.wrapped ? "found \(displayText(needle)), past the end" : "found \(displayText(needle))")
    case .distances(let distances):
      guard case .similarity(let id) = topic, views.queues[id] != nil else { return [] }
      views.queues[id]?.distances = distances
      return arrange(id)
    case .pivot(let pivot): if pivot.request == views.pivot.wanted { views.pivot.pivot = pivot }
    case .bins(let bins): if bins.request == views.histogram.wanted { views.histogram.take(bins) }
    case .raster(let raster):
      let suspicion = material.report.suspicion
      if raster.request == views.scatter.wanted { views.scatter.take(raster) { suspicion[$0] } }
    case .timeline(let timeline):
      if timeline.request == views.timeline.wanted { views.timeline.take(timeline) }
    case .collected(let rows): return takeCollected(rows)
    case .profile(let code, let profile): views.review.take(profile, of: code)
    case .references(let samples): return finishBulk(samples)
    case .compared(let comparison): return takeComparison(comparison)
    case .located(let rows):
      session.rowsByID.merge(rows) { known, _ in known }
      // All that were asked for: what was not found is not in this dataset.
      session.unlocated = []
      mark(Array(rows.keys))
    case .cancelled: break
    }
    return []
  }

  private mutating func takeSurvey(_ survey: CaseSummary) -> [Effect] {
    self.survey = survey
    session.rowsByID.merge(survey.located) { known, _ in known }
    mark(Array(survey.located.keys))
    if views.main.filters.isEmpty, views.main.sort == .bySuspicion, !session.isBlind {
      var main = views.main
      main.rows = survey.order
      main.phase = .ready
      resume(in: &main)
      views.main = main
    }
    return views.queues.keys.sorted().filter { views.queues[$0]?.phase == .waiting }.flatMap { arrange($0) }
  }
}
