import Model
import Review
import Screen
import TestSupport
import Workbench

/// A person and an outside world that behave at random: keys, pastes, sizes; answers that come late, twice or for
/// what nobody waits for; decisions of others; now and then a journal that cannot be written.
struct Walk {
  let kind: MadeUpCase
  let samples: CaseSamples
  private(set) var state: State
  /// The journal, as its file would hold it.
  private(set) var fold = ReviewState()
  private(set) var sessions = 0
  /// Keys so far.
  private(set) var typed = 0
  private var random: SeededGenerator
  private var now = Desk.morning
  private var work: [(generation: Int, request: WorkRequest)] = []
  private var reads: [SampleNeeds] = []
  private var append: Decision?
  private var awaitsKey = false
  /// What others say in journals of their own.
  private var others = ReviewState()
  /// What happened last, for the report of a fault.
  var trail: [String] { happened.map { "\($0)".prefix(120).description } }
  private var happened: [Action] = []

  init(_ kind: MadeUpCase, seed: UInt64) {
    self.kind = kind
    samples = kind.samples()
    random = SeededGenerator(seed)
    state = Self.fresh(samples.material, ReviewState(), nil)
    begin(nil)
  }

  private static func fresh(_ material: CaseMaterial, _ review: ReviewState, _ memory: ViewMemory?) -> State {
    State(
      material: material, review: review, reviewer: "ada", capabilities: .full, size: Desk.standardSize,
      memory: memory)
  }

  /// A new session on the same journal.
  private mutating func begin(_ memory: ViewMemory?) {
    sessions += 1
    work = []
    reads = []
    append = nil
    awaitsKey = false
    state = Self.fresh(samples.material, fold, memory)
    send(.started(at: now))
  }

  // MARK: One step

  mutating func step() {
    now += .random(in: 0...200, using: &random)
    switch Int.random(in: 0..<1000, using: &random) {
    case ..<620: key(randomKey())
    case ..<680: KeyNames.sequence(phrases.randomElement(using: &random) ?? "").forEach { key($0) }
    case ..<800: answerWork()
    case ..<940: answerAppend()
    case ..<960: send(.resized(randomSize()))
    case ..<964: send(.besideRead([BesideJournal(name: "bob.jsonl", review: readOthers())]))
    case ..<975: send(.paste(pastes.randomElement(using: &random) ?? ""))
    case ..<980: send(.notice("something\u{1B}[31m", isError: Bool.random(using: &random)))
    default: key(.escape)
    }
    if awaitsKey, Int.random(in: 0..<3, using: &random) > 0 {
      awaitsKey = false
      send(.nextKey)
    }
    if Int.random(in: 0..<4, using: &random) > 0 { read() }
    if Int.random(in: 0..<4, using: &random) > 0 { send(.painted(at: now)) }
  }

  private mutating func key(_ key: Key) {
    typed += 1
    send(.key(key, at: now))
  }

  private mutating func send(_ action: Action) {
    happened = happened.suffix(11) + [action]
    for effect in update(&state, action) {
      switch effect {
      case .append(let decision): append = decision
      case .work(let generation, let request): work.append((generation, request))
      case .read(let needs): reads.append(needs)
      case .identify(let row): send(.identified(samples.reference(to: row)))
      case .nextKey: awaitsKey = true
      default: break
      }
    }
    guard state.hasQuit else { return }
    // What was handed to the journal is on the disk before the program ends, and its answer ends here again.
    guard append == nil else { return answerAppend() }
    begin(state.memory)
  }

  /// What the screen shows of samples is there.
  mutating func read() {
    while !reads.isEmpty {
      let needs = reads.remove(at: .random(in: reads.indices, using: &random))
      send(.samplesRead(samples.values(of: needs)))
    }
  }

  private mutating func answerWork() {
    guard let (generation, request) = work.randomElement(using: &random) else { return }
    // Some answers come twice, some never.
    if Int.random(in: 0..<8, using: &random) > 0 { work.removeAll { $0.generation == generation } }
    if Int.random(in: 0..<16, using: &random) == 0 { return }
    send(.workDone(generation: generation, request.run(on: samples, isCancelled: { false })))
  }

  private mutating func answerAppend() {
    guard let decision = append else { return }
    append = nil
    if Int.random(in: 0..<400, using: &random) == 0 {
      send(.saveFailed(SaveFailure(reason: "disk full")))
      return
    }
    let others = (0..<(Int.random(in: 0..<10, using: &random) == 0 ? 2 : 0)).map { _ in enter(foreign()) }
    send(.saved(enter(decision), after: others))
  }

  private mutating func enter(_ decision: Decision) -> Decision {
    var numbered = decision
    numbered.sequence = UInt64(fold.decisions.count + 1)
    fold.apply(numbered)
    return numbered
  }

  /// One decision more.
  private mutating func readOthers() -> ReviewState {
    var decision = Decision.made(
      by: "eve", on: (0..<3).map { _ in kind.id(.random(in: 0..<60, using: &random)) }, .verdict(.clean))
    decision.sequence = UInt64(others.decisions.count + 1)
    others.apply(decision)
    return others
  }

  private mutating func foreign() -> Decision {
    if Bool.random(using: &random), let old = fold.decisions.randomElement(using: &random) {
      return .made(by: "bob", on: old.samples.map(\.id), .undo(old.sequence))
    }
    let ids = (0..<3).map { _ in kind.id(.random(in: 0..<60, using: &random)) }
    return .made(
      by: "bob", on: ids, .verdict([.poisoned, .clean, .unsure, .relabel("dog")][ids[0].count % 4]))
  }

  // MARK: What is typed

  private mutating func randomKey() -> Key {
    switch Int.random(in: 0..<10, using: &random) {
    case 0: return rareKeys.randomElement(using: &random) ?? .enter
    case 1: return .character(Character(Unicode.Scalar(UInt8.random(in: 32...126, using: &random))))
    default:
      let keys = bound[state.context] ?? []
      let sequence = keys.randomElement(using: &random) ?? [.enter]
      // The first of two keys, or the second after it.
      if state.input.keys.count == 1, let pair = keys.filter({ $0.count == 2 }).randomElement(using: &random)
      {
        return pair[1]
      }
      return sequence[0]
    }
  }

  private mutating func randomSize() -> ScreenSize {
    if Int.random(in: 0..<4, using: &random) == 0 {
      return ScreenSize(
        height: .random(in: 1...20, using: &random), width: .random(in: 1...70, using: &random))
    }
    return ScreenSize(
      height: .random(in: 16...40, using: &random), width: .random(in: 60...170, using: &random))
  }

  /// In an order that is the same in every run.
  private let bound: [Context: [[Key]]] = Dictionary(
    uniqueKeysWithValues: Context.allCases.map { context in
      (context, CommandTable.rows.filter { $0.contexts.contains(context) }.flatMap(\.keys))
    })
  private let rareKeys: [Key] = [
    .enter, .tab, .backTab, .escape, .backspace, .delete, .up, .down, .left, .right, .home, .end, .pageUp,
    .pageDown, .control("c"), .control("a"), .control("k"), .control("w"), .function(1), .function(9),
  ]
  private let phrases = [
    "&suspicion >= 0.5<Enter>", "&verdict = none<Enter>", "&<Enter>", "&label = <Tab><Tab><Enter>", "y", "y",
    "/img-3<Enter>", "/row 1<Enter>", ":sort id<Enter>", ":sort margin.raw asc<Enter>", ":17<Enter>", "12G",
    "T*gp", "Q*gc", ":relabel dog<Enter>", ":re<Tab><Tab><Enter>", "r1", "999999999j", "Q<Enter>",
    "48<Enter>",
    "&cluster = c1 or finding = T1<Enter>", "&time >= 2024-03<Enter>", "oy", "L<Enter>", "Lju",
    "Cvljgp", "Cgvjj<Space>ll<Space>gv", "C3+llv<Enter>", "CXYx", ":color source<Enter>", "Wx[l]*", "W+l+h-",
    "Fxj*", "C&suspicion > 0.1<Enter>", "g&", "Q3>-", "WvlvgP",
    "tx<Enter>", "ty<Enter>", ":untag x<Enter>", "Q*gTy<Enter>", "&tag = x<Enter>", "MajpM", "3@a", "ma",
    "'a",
    "A", "Apjc", "A*gcy", "Arl1", ":blind<Enter>", ":sort settled<Enter>",
  ]
  private let pastes = [
    "p", "y\n", "label = cat", "\u{202E}evil\u{0}", String(repeating: "long ", count: 900),
  ]
}

extension Walk {
  /// What is wrong with the state, nil for nothing.
  func problem() -> String? {
    // Unoptimised, as tests are, every look through the state copies it.
    let (queues, current, count) = (state.views.queues, state.currentQueue?.id, Int32(samples.material.count))
    for queue in queues.values {
      let limit = max(1, queue.rows.count)
      guard queue.rows.allSatisfy({ $0 >= 0 && $0 < count }) else {
        return "a row outside of the case"
      }
      guard Set(queue.rows).count == queue.rows.count else { return "a row twice" }
      if queue.id == current, !(0..<limit).contains(queue.list.cursor) {
        return "the cursor \(queue.list.cursor) is not in 0..<\(limit)"
      }
    }
    if append == nil, state.review != fold { return "the decisions are not those of the journal" }
    return problemWithMarks()
  }

  private func problemWithMarks() -> String? {
    if let problem = problemWithPeers() { return problem }
    // Marks begin with the summary, and those of others when their rows are found.
    guard state.summary != nil, state.session.unlocated.isEmpty else { return nil }
    let (marks, review, isBlind) = (state.marks, state.review, state.session.isBlind)
    let looksAtTags = now % 8 == 0
    var counts: [VerdictMark: Int] = [:]
    let (kind, count) = (kind, samples.material.count)
    for row in 0..<count {
      let id = kind.id(row)
      let verdict = isBlind ? Self.ownVerdict(on: id, review) : review.verdict(of: id)
      guard marks.verdict(of: row) == verdict else {
        return "row \(row) is not marked \(String(describing: verdict))"
      }
      guard !looksAtTags || marks.tags.of(row) == review.tags(of: id) else {
        return "row \(row) has the tags \(marks.tags.of(row))"
      }
      if let verdict { counts[VerdictMark(verdict), default: 0] += 1 }
    }
    for mark in VerdictMark.allCases where marks.count(mark) != counts[mark, default: 0] {
      return "\(mark) is counted \(marks.count(mark)) times"
    }
    return nil
  }

  /// Blind, the verdicts of others are none.
  private static func ownVerdict(on id: String, _ review: ReviewState) -> Verdict? {
    guard case .verdict(let verdict)? = review.standingDecision(on: id, by: "ada")?.act else { return nil }
    return verdict
  }

  /// The verdicts of each reviewer are those of the journals, once they have been compared; blind those on what one has
  /// judged.
  private func problemWithPeers() -> String? {
    guard now % 8 == 0, state.beside.comparison != nil, state.session.unlocated.isEmpty, !state.isComparing
    else { return nil }
    let (agreement, peers, isBlind) = (state.agreement, state.marks.peers, state.session.isBlind)
    let (kind, count) = (kind, samples.material.count)
    for row in 0..<count {
      let opinions = agreement.opinions(on: kind.id(row))
      let isSeen = !isBlind || opinions.contains { $0.reviewer == "ada" }
      for reviewer in ["ada", "bob", "eve"] {
        let verdict = isSeen ? opinions.first { $0.reviewer == reviewer }?.verdict : nil
        guard peers.verdict(of: row, by: reviewer) == verdict else {
          return "row \(row): \(reviewer) does not say \(String(describing: verdict))"
        }
      }
      guard peers.settled(row) == (isSeen ? opinions.settled : nil) else {
        return "row \(row) is settled otherwise"
      }
    }
    return nil
  }
}
