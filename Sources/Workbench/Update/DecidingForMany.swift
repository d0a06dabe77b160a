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
      selection.add(queue.rows, rule: queue.description ?? "all samples", of: queue.group)
    case .findings:
      let ranked = rankedFindings
      guard ranked.indices.contains(views.findings.cursor) else { return nothingHere() }
      let finding = material.report.findings[ranked[views.findings.cursor]]
      selection.add(
        finding.members.filter { [count = material.count] in $0 >= 0 && $0 < count },
        rule: "finding \(finding.id)", of: FoundGroup(finding))
    case .clusters:
      guard let cluster = currentCluster else { return nothingHere() }
      let number = Int32(cluster.number)
      let clusters = material.report.clusters
      let rows = (0..<min(material.count, clusters.count)).lazy.filter { clusters[$0] == number }
      selection.add(rows.map { Int32($0) }, rule: "cluster = c\(cluster.number)", of: .cluster)
    case .histogram:
      guard let cutCondition, let filter = try? CompiledFilter(cutCondition, material: material) else {
        return stillCounting()
      }
      let rows = (0..<material.count).lazy.filter { filter.holds($0, { _ in nil }) }
      selection.add(rows.map { Int32($0) }, rule: cutCondition)
    default: return []
    }
    saySelected()
    return []
  }

  private mutating func saySelected() {
    let count = "\(grouped(selection.rows.count)) selected"
    switch selection.group?.advice {
    case nil: messages.say("\(count): gp poisoned, gc clean, gr relabel, gs unsure, gu none")
    case .markFlagged: messages.say("\(count): gp poisoned, with f only the flagged; gu none")
    case .relabel: messages.say("\(count): gr relabels, gc clean, gs unsure, gu none")
    case .look:
      let name = selection.group?.name ?? ""
      messages.say("\(count): \(name) is a reason to look at each, no verdict on all; Enter opens, gu none")
    }
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
    let question = Confirmation(verdict, selection, marks, material.report)
    guard question.all.count > question.all.already else {
      messages.say(
        "all \(grouped(question.all.already)) selected samples are \(capitals(verdict)) already", .warning)
      return []
    }
    prompt = .confirm(question)
    return []
  }

  mutating func takeInConfirmation(_ key: Key, _ question: Confirmation) -> [Effect] {
    var question = question
    switch key {
    case .character("f"), .character("F"):
      guard question.canBeNarrowed else { return [] }
      question.onlyFlagged.toggle()
      question.typed = ""
    case .character("o"), .character("O"):
      guard !question.candidates.others.isEmpty else { return [] }
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
    let rows = question.rows
    session.bulk = Session.PendingBulk(
      verdict: question.verdict, rows: rows, rule: question.recordedRule)
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
