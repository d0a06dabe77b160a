import Model

/// What all plots have in common: the samples that they are of, and what tells these apart.
extension State {
  /// The samples that the screen on top is of.
  package var scope: SampleScope { views.scopes[context] ?? SampleScope() }

  /// Opens a plot of what is shown where one comes from; coming back from what it has opened, it is what it was.
  mutating func showPlot(_ place: Place, _ plot: Context) {
    if !views.stack.contains(place) {
      let isScoped = views.scopes[plot] != nil
      let scope = currentQueue.map { SampleScope($0) } ?? self.scope
      views.scopes[plot] = scope.description == nil ? nil : scope
      if isScoped || views.scopes[plot] != nil { views.forgetCounts(on: plot) }
    }
    views.show(place)
  }

  /// The samples of the screen on top for a job.
  var sampleSet: SampleSet {
    SampleSet(
      base: scope.base, filtering: Filtering(filters: scope.filters, marks: marks, rank: summary?.rank))
  }

  mutating func restrictPlot(_ filter: CompiledFilter) {
    views.scopes[context, default: SampleScope()].filters.append(filter)
    views.forgetCounts(on: context)
  }

  /// Takes the last condition off the screen on top, or all of them.
  mutating func widenPlot(toAll isWhole: Bool) {
    var scope = scope
    guard let description = scope.description else {
      messages.say("all samples are shown already", .warning)
      return
    }
    let last = scope.filters.popLast()
    if last == nil || isWhole { scope = SampleScope() }
    views.scopes[context] = scope.description == nil ? nil : scope
    views.forgetCounts(on: context)
    messages.say("removed: \(displayText(isWhole ? description : last?.source ?? description))")
  }

  // MARK: Splits

  /// What can tell samples apart, that by which poison is told most often first.
  package var splits: [PlotSplit] {
    let known = RowColumn.all(in: material)
    let columns: [RowColumn] = [
      .label, .source, .verdict, .cluster, .incident, .hypothesis, .suggested,
    ]
    return [.flag] + columns.filter(known.contains).map { .column($0) }
  }

  /// Splits the plot on top by a column, or by the next one.
  mutating func splitPlot(_ argument: String) -> [Effect] {
    guard !argument.trimmed.isEmpty else {
      switch place {
      case .scatter: color(by: next(after: views.scatter.split) ?? .flag)
      case .timeline: splitTimeline(next(after: views.timeline.split))
      default: splitHistogram(next(after: views.histogram.split))
      }
      return []
    }
    if argument.trimmed == "none", place != .scatter {
      place == .timeline ? splitTimeline(nil) : splitHistogram(nil)
      return []
    }
    guard let split = split(named: argument.trimmed) else { return [] }
    switch place {
    case .scatter: color(by: split)
    case .timeline: splitTimeline(split)
    default: splitHistogram(split)
    }
    return []
  }

  /// Nil behind the last one. Flags are marked in a timeline as they are.
  private func next(after split: PlotSplit?) -> PlotSplit? {
    let splits = place == .timeline ? splits.filter { $0 != .flag } : splits
    guard let split else { return splits.first }
    return splits.firstIndex(of: split).flatMap { $0 + 1 < splits.count ? splits[$0 + 1] : nil }
  }

  private mutating func split(named name: String) -> PlotSplit? {
    if name == "flag" { return .flag }
    let word = (try? filterTokens(name))?.first?.word ?? name
    guard let column = RowColumn.named(word, in: material), pivotColumns.contains(column) else {
      let names = ["flag"] + pivotColumns.map { $0.name(in: material) }
      let hint = nearest(word, names).map { "; did you mean \($0)?" } ?? ""
      messages.say("\(displayText(word)) cannot be grouped\(hint)", .error)
      return nil
    }
    return .column(column)
  }

  // MARK: What a plot opens and selects

  /// The samples of the scope for which a condition holds, as a queue of its own.
  mutating func openScoped(
    _ condition: String, title: String? = nil, of group: FoundGroup? = nil
  ) -> [Effect] {
    let scope = scope
    return openQueue(
      title: title ?? displayText(condition), base: scope.base, rule: scope.rule, of: group ?? scope.group,
      where: condition, and: scope.filters)
  }

  /// Selects the samples of the scope for which a condition holds, or all of them.
  mutating func selectScoped(_ condition: String?, of group: FoundGroup? = nil) -> [Effect] {
    var set = sampleSet
    do {
      if let condition {
        set.filtering.filters.append(try CompiledFilter(condition, material: material))
      }
    } catch {
      messages.say(error.message, .error)
      return []
    }
    let rule = [scope.description, condition].compactMap { $0 }.joined(separator: " & ")
    return collect(
      CollectRequest(set: set),
      Collecting(rule: rule.isEmpty ? "all samples" : rule, group: group ?? scope.group))
  }

  mutating func collect(_ request: CollectRequest, _ collecting: Collecting) -> [Effect] {
    self.collecting = collecting
    return want("looking for \(collecting.title ?? "samples")", .collect(request), .collect)
  }

  mutating func takeCollected(_ rows: ContiguousArray<Int32>) -> [Effect] {
    guard let collecting else { return [] }
    self.collecting = nil
    guard !rows.isEmpty else {
      let place =
        collecting.replacesSelection ? "meets the condition: \(displayText(collecting.rule))" : "there"
      messages.say("no sample \(place)", .warning)
      return []
    }
    if let title = collecting.title {
      return openQueue(title: title, base: rows, rule: collecting.rule, of: collecting.group)
    }
    if collecting.replacesSelection { selection.clear() }
    selection.add(rows, rule: collecting.rule, of: collecting.group)
    if let choice = collecting.choice { return askForMany(choice) }
    saySelected()
    return []
  }
}
