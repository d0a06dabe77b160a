import Model

extension State {
  /// Makes the rows of a queue again: filter, then sort. The rows of before stay until they are there.
  mutating func arrange(_ id: Int) -> [Effect] {
    views.queues[id]?.phase = .waiting
    if let queue = views.queues[id] { views.queues[id] = hidingScores(queue) }
    guard let queue = views.queues[id] else { return [] }
    // Without a summary, which may have been stopped, it comes first and brings the waiting queues with it.
    guard let summary else { return jobs.isWanted(.summary) ? [] : wantSummary() }
    if let row = queue.likeRow, queue.distances == nil {
      return want("comparing with #\(name(row))", .similarity(Similarity(row: row)), .similarity(id))
    }
    let arrangement = Arrangement(
      base: queue.base, filters: queue.filters, sort: queue.sort, marks: marks, summary: summary,
      distances: queue.distances,
      keep: queue.currentRow.map { Int32($0) })
    let title = queue.filters.isEmpty ? "sorting" : "filtering"
    return want(
      "\(title) \(counted(queue.base?.count ?? material.count, "sample"))", .arrange(arrangement), .queue(id))
  }

  mutating func arrangeIfWaiting(_ id: Int) -> [Effect] {
    guard views.queues[id]?.phase != .ready, !jobs.isWanted(.queue(id)) else { return [] }
    return arrange(id)
  }

  mutating func arrangeCurrent() -> [Effect] {
    guard let queue = currentQueue else { return [] }
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

  mutating func sort(_ id: Int, _ sort: Sort) -> [Effect] {
    if isRefusedBlind(sort.column.isScore) { return [] }
    views.queues[id]?.sort = sort
    if let queue = views.queues[id], columns(of: queue).contains(sort.column) {
      views.queues[id]?.column = sort.column
    }
    return arrange(id)
  }

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
    func seen(_ columns: [RowColumn]) -> [RowColumn] { columns.filter { !session.isBlind || !$0.isScore } }
    let chosen = seen(views.columns ?? listedColumns)
    // Of columns that are all scores a blind session would show none.
    let columns = chosen.isEmpty ? seen(listedColumns) : chosen
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

  /// What the help screen shows.
  package var helpLines: [HelpText.Line] {
    HelpText.lines(for: views.helpContext, in: material, keymap: keymap, width: size.width)
  }
}
