import Model
import Review

/// What a decision for many is about.
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
        messages.say("the order is out of date: = sorts again before anything can be selected", .warning)
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
    messages.say("range starts here: move, v selects, Esc cancels")
    return []
  }

  /// Takes the range that has begun into the selection.
  mutating func endRange() {
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

  /// "poisoned where CONDITION": looks for the samples, selects them, and asks.
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
      let filter = try CompiledFilter(split.after, material: material)
      let all = SampleSet(
        base: nil, filtering: Filtering(filters: [filter], marks: marks, rank: summary?.rank))
      return collect(
        CollectRequest(set: all), Collecting(rule: split.after, choice: choice, replacesSelection: true))
    } catch {
      messages.say("\(error.message) (at character \(error.offset + 1) of the condition)", .error)
      return []
    }
  }
}
