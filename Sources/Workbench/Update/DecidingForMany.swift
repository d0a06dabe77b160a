import Model
import Review
import Screen

extension State {
  mutating func select(_ command: Command) -> [Effect] {
    switch command {
    case .clear:
      selection.clear()
      dropRange()
    case .range: return selectRange()
    case .toggle:
      guard let queue = currentQueue, let row = queue.currentRow else { return nothingHere() }
      endRange()
      selection.toggle(row)
      views.queues[queue.id]?.list.cursor += 1
    default: return selectAll()
    }
    return []
  }

  /// All rows of the queue; elsewhere what the cursor stands for.
  private mutating func selectAll() -> [Effect] {
    switch place {
    case .queue(let id), .sheet(let id):
      guard let queue = views.queues[id] else { return [] }
      guard queue.phase == .ready else {
        messages.say("the rows are those of before: nothing selected until the queue is made again", .warning)
        return []
      }
      selection.add(queue.rows, rule: queue.description ?? "all samples", of: queue.group)
    case .findings:
      guard let entry = currentFound.flatMap(material.entry) else { return nothingHere() }
      selection.add(
        entry.members.filter { [count = material.count] in $0 >= 0 && $0 < count }, rule: entry.rule,
        of: FoundGroup(entry))
    case .histogram: return selectAboveCut()
    case .scatter: return selectInScatter()
    case .timeline: return selectInTimeline()
    case .pivot: return selectFromPivot()
    default: return []
    }
    saySelected()
    return []
  }

  /// All samples that a condition holds for.
  private func rows(where filter: CompiledFilter) -> [Int32] {
    (0..<Int32(material.count)).filter { row in
      filter.holds(Int(row), marks, rank: { at in survey.map { Int($0.rank[at]) + 1 } })
    }
  }

  // MARK: A range

  /// Begins a range at the cursor, or selects the one that has begun.
  private mutating func selectRange() -> [Effect] {
    switch place {
    case .scatter: return boxInScatter()
    case .timeline: return brushFromHere()
    default: break
    }
    guard let queue = currentQueue, queue.currentRow != nil else { return nothingHere() }
    guard queue.rangeStart == nil else {
      endRange()
      saySelected()
      return []
    }
    views.queues[queue.id]?.rangeStart = queue.list.cursor
    messages.say("from here on: move, then v selects; Esc leaves")
    return []
  }

  /// Takes the range that has begun into the selection.
  private mutating func endRange() {
    guard let queue = currentQueue, let range = queue.range else { return }
    selection.add(queue.rows[range], rule: nil)
    dropRange()
  }

  mutating func dropRange() {
    switch place {
    case .scatter: views.scatter.area = nil
    case .timeline:
      views.timeline.anchor = nil
      views.timeline.brush = nil
    default: break
    }
    guard let queue = currentQueue else { return }
    views.queues[queue.id]?.rangeStart = nil
  }

  mutating func saySelected() {
    let count = "\(grouped(selection.rows.count)) selected"
    switch selection.group?.advice {
    case nil: messages.say("\(count): gp poisoned, gc clean, gr gR relabel, gs unsure, gu none")
    case .markFlagged: messages.say("\(count): gp poisoned, with f only the flagged; gu none")
    case .relabel: messages.say("\(count): gR relabels as suggested, gr to one label, gc clean, gu none")
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
      return askForMany(.verdict(.relabel(label)))
    }
    guard !classes.isEmpty else {
      messages.say("this dataset has no labels", .warning)
      return []
    }
    prompt = .label(LabelPrompt(.selection, classes: classes))
    return []
  }

  /// "poisoned where CONDITION": selects by the condition, and asks.
  mutating func markWhere(_ argument: String) -> [Effect] {
    let usage = "mark poisoned, clean, unsure, suggested or relabel LABEL, then: where CONDITION"
    guard let split = argument.splitAtWord("where") else {
      messages.say(usage, .error)
      return []
    }
    let words = split.before.split(separator: " ", maxSplits: 1).map(String.init)
    let choice: Confirmation.Choice
    switch (words.first, words.count) {
    case ("poisoned", 1): choice = .verdict(.poisoned)
    case ("clean", 1): choice = .verdict(.clean)
    case ("unsure", 1): choice = .verdict(.unsure)
    case ("suggested", 1): choice = .suggested
    case ("relabel", 2):
      guard let label = knownLabel(words[1]) else { return [] }
      choice = .verdict(.relabel(label))
    default:
      messages.say(usage, .error)
      return []
    }
    do {
      let rows = rows(where: try CompiledFilter(split.after, material: material))
      guard !rows.isEmpty else {
        messages.say("no sample fits: \(displayText(split.after))", .warning)
        return []
      }
      selection.clear()
      selection.add(rows, rule: split.after)
      return askForMany(choice)
    } catch {
      messages.say("\(error.message) (at character \(error.offset + 1) of the condition)", .error)
      return []
    }
  }

  mutating func mayDecideForMany() -> Bool {
    endRange()
    guard collecting == nil else {
      messages.say("the samples are still being selected", .warning)
      return false
    }
    guard !selection.rows.isEmpty else {
      messages.say("nothing is selected: * selects all that is shown", .warning)
      return false
    }
    return mayDecide()
  }

  /// Opens the question; nothing is decided before it is answered.
  mutating func askForMany(_ choice: Confirmation.Choice) -> [Effect] {
    guard mayDecideForMany() else { return [] }
    let question = Confirmation(
      choice, selection, marks, material.report, isAdjudication: currentQueue?.isOfDisputes == true)
    guard question.all.count > 0 else {
      messages.say("no label is suggested for any of the selected samples: gr chooses one", .warning)
      return []
    }
    guard question.all.count > question.all.already else {
      messages.say(
        "all \(grouped(question.all.already)) selected samples are \(choice.words) already", .warning)
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
    return begin(
      Session.PendingBulk(
        decides: .verdict(question.choice), rows: question.rows, rule: question.recordedRule,
        isAdjudication: question.isAdjudication))
  }

  mutating func begin(_ bulk: Session.PendingBulk) -> [Effect] {
    session.bulk = bulk
    let title = "reading \(grouped(bulk.rows.count)) samples"
    messages.say(title + "…")
    return want(title, .references(bulk.rows), .references)
  }

  /// The digests are there: now it can be written.
  mutating func finishBulk(_ samples: [Decision.SampleReference]) -> [Effect] {
    guard let bulk = session.bulk, samples.count == bulk.rows.count else { return [] }
    session.bulk = nil
    session.parts = parts(of: bulk, samples)
    return appendNextPart()
  }

  /// A decision has one verdict, and settles the same of all its samples: where that differs, there are several.
  private func parts(of bulk: Session.PendingBulk, _ samples: [Decision.SampleReference]) -> [Session
    .BulkPart]
  {
    struct Key: Hashable {
      let verdict: Verdict?
      let settles: [Decision.Settled]?
    }
    let agreement = bulk.isAdjudication ? agreement : Agreement([])
    var parts: [Session.BulkPart] = []
    var places: [Key: Int] = [:]
    for (row, sample) in zip(bulk.rows, samples) {
      let act: Decision.Act
      var key = Key(verdict: nil, settles: nil)
      switch bulk.decides {
      case .tag(let word, let isSet): act = .tag(word, isSet: isSet)
      case .verdict(let choice):
        guard let verdict = choice.verdict(of: Int(row), material.report) else { continue }
        act = .verdict(verdict)
        key = Key(
          verdict: verdict,
          settles: bulk.isAdjudication
            ? agreement.opinions(on: sample.id).settling(by: session.reviewer) : nil)
      }
      let place = places[key] ?? parts.count
      if place == parts.count {
        places[key] = place
        parts.append(Session.BulkPart(act: act, settles: key.settles, rows: [], samples: [], rule: bulk.rule))
      }
      parts[place].rows.append(row)
      parts[place].samples.append(sample)
    }
    return parts
  }

  /// Writes what is left of a decision for many.
  mutating func appendNextPart() -> [Effect] {
    guard !session.parts.isEmpty else { return [] }
    let part = session.parts.removeFirst()
    return append(
      part.act, rows: part.rows, samples: part.samples, rule: part.rule, settles: part.settles, intent: .bulk)
  }
}
