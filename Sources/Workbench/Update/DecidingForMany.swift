import Analysis
import Model
import Review
import Screen

extension State {
  mutating func select(_ command: Command) -> [Effect] {
    switch command {
    case .clear: selection.clear()
    case .toggle:
      guard let queue = currentQueue, let row = queue.currentRow else { return nothingHere() }
      selection.toggle(row)
      views.queues[queue.id]?.list.cursor += 1
    default: return selectAll()
    }
    return []
  }

  /// All rows of the queue; elsewhere what the cursor stands for.
  private mutating func selectAll() -> [Effect] {
    switch place {
    case .queue(let id):
      guard let queue = views.queues[id] else { return [] }
      guard queue.phase == .ready else {
        messages.say("the rows are those of before: nothing selected until the queue is made again", .warning)
        return []
      }
      selection.add(queue.rows, rule: queue.description ?? "all samples")
    case .findings:
      let ranked = rankedFindings
      guard ranked.indices.contains(views.findings.cursor) else { return nothingHere() }
      let finding = material.report.findings[ranked[views.findings.cursor]]
      selection.add(
        finding.members.filter { [count = material.count] in $0 >= 0 && $0 < count },
        rule: "finding \(finding.id)")
    case .clusters:
      guard let cluster = currentCluster else { return nothingHere() }
      let number = Int32(cluster.number)
      let clusters = material.report.clusters
      let rows = (0..<min(material.count, clusters.count)).lazy.filter { clusters[$0] == number }
      selection.add(rows.map { Int32($0) }, rule: "cluster = c\(cluster.number)")
    case .histogram:
      guard let cutCondition, let filter = try? CompiledFilter(cutCondition, material: material) else {
        return stillCounting()
      }
      let rows = (0..<material.count).lazy.filter { filter.holds($0, { _ in nil }) }
      selection.add(rows.map { Int32($0) }, rule: cutCondition)
    default: return []
    }
    messages.say(
      "\(grouped(selection.rows.count)) selected: gp poisoned, gc clean, gr relabel, gs unsure, gu none")
    return []
  }

  mutating func relabelMany(_ argument: String) -> [Effect] {
    guard mayDecideForMany() else { return [] }
    let classes = material.report.facts.classes
    if !argument.isEmpty {
      guard let label = knownLabel(argument) else { return [] }
      return askForMany(.relabel(label))
    }
    guard !classes.isEmpty else {
      messages.say("this dataset has no labels", .warning)
      return []
    }
    prompt = .label(LabelPrompt(.selection, classes: classes))
    return []
  }

  private mutating func mayDecideForMany() -> Bool {
    guard !selection.rows.isEmpty else {
      messages.say("nothing is selected: * selects all that is shown", .warning)
      return false
    }
    return mayDecide()
  }

  /// Opens the question; nothing is decided before it is answered.
  mutating func askForMany(_ verdict: Verdict) -> [Effect] {
    guard mayDecideForMany() else { return [] }
    var open = ContiguousArray<Int32>()
    var others = ContiguousArray<Int32>()
    var already = 0
    var otherCounts: [VerdictMark: Int] = [:]
    var labels: [Int32: Int] = [:]
    var sources: [Int32: Int] = [:]
    let report = material.report
    for index in selection.rows {
      let row = Int32(index)
      if index < report.labels.count { labels[report.labels[index], default: 0] += 1 }
      if let codes = report.sources?.codes { sources[codes[index], default: 0] += 1 }
      guard let mark = marks[index] else {
        open.append(row)
        continue
      }
      if marks.verdict(of: index) == verdict {
        already += 1
      } else {
        others.append(row)
        otherCounts[mark, default: 0] += 1
      }
    }
    func top(_ counts: [Int32: Int], _ names: [String]) -> [(name: String, count: Int)] {
      counts.sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }.prefix(3).map {
        (name: names.indices.contains(Int($0.key)) ? names[Int($0.key)] : "none", count: $0.value)
      }
    }
    guard !open.isEmpty || !others.isEmpty else {
      messages.say("all \(grouped(already)) selected samples are \(capitals(verdict)) already", .warning)
      return []
    }
    prompt = .confirm(
      Confirmation(
        verdict: verdict, open: open, already: already, others: others,
        otherCounts: VerdictMark.allCases.compactMap { mark in otherCounts[mark].map { (mark, $0) } },
        rule: selection.rule, topLabels: top(labels, report.facts.classes),
        topSources: top(sources, report.sources?.names ?? [])))
    return []
  }

  mutating func takeInConfirmation(_ key: Key, _ question: Confirmation) -> [Effect] {
    var question = question
    switch key {
    case .character("o"), .character("O"):
      guard !question.others.isEmpty else { return [] }
      question.overrides.toggle()
      question.typed = ""
    case .character(let character)
    where question.mustType && character.isASCII && character.isNumber && question.typed.count < 12:
      question.typed.append(character)
    case .backspace where question.mustType: _ = question.typed.popLast()
    case .character("y"), .character("Y"):
      guard question.count > 0, !question.mustType else { return [] }
      return decideForMany(question)
    case .enter:
      guard question.mustType, question.typed == String(question.count) else { return dropQuestion() }
      return decideForMany(question)
    case .character("n"), .character("N"), .character("q"), .escape, .control("c"): return dropQuestion()
    default: return []
    }
    prompt = .confirm(question)
    return []
  }

  private mutating func dropQuestion() -> [Effect] {
    prompt = nil
    messages.say("nothing was decided")
    return []
  }

  private mutating func decideForMany(_ question: Confirmation) -> [Effect] {
    prompt = nil
    var rows = question.open
    if question.overrides {
      rows.append(contentsOf: question.others)
      rows.sort()
    }
    let rule = question.rule ?? "selection of \(rows.count) by hand"
    session.bulk = Session.PendingBulk(verdict: question.verdict, rows: rows, rule: rule)
    messages.say("reading \(grouped(rows.count)) samples…")
    return want("reading \(grouped(rows.count)) samples", .references(rows), .references)
  }

  /// The digests are there: now it can be written.
  mutating func finishBulk(_ samples: [Decision.SampleReference]) -> [Effect] {
    guard let bulk = session.bulk, samples.count == bulk.rows.count else { return [] }
    session.bulk = nil
    return append(bulk.verdict, rows: bulk.rows, samples: samples, rule: bulk.rule, intent: .bulk)
  }
}
