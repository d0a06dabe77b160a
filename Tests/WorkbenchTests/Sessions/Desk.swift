import Model
import Review
import Screen
import TestSupport
import Workbench

/// A session at a made-up case with a journal in memory: keys go in, state and effects can be looked at.
struct Desk {
  /// Friday, 2026-03-06, 09:00 UTC.
  static let morning: Int64 = 1_772_787_600_000
  static let standardSize = ScreenSize(height: 24, width: 80)

  let journal: MemoryJournal
  var session: ScriptedSession

  /// - Parameter decisions: what the journal holds already.
  init(
    _ kind: MadeUpCase = .images, count: Int = MadeUpCase.standardCount, size: ScreenSize = standardSize,
    capabilities: Capabilities = .full, after decisions: [Decision] = [], readOnly reason: String? = nil,
    memory: ViewMemory? = nil, beside: [BesideJournal] = [], isBlind: Bool = false
  ) {
    self.init(
      kind.samples(count: count), size: size, capabilities: capabilities, after: decisions, readOnly: reason,
      memory: memory, beside: beside, isBlind: isBlind)
  }

  init(
    _ samples: CaseSamples, size: ScreenSize = standardSize, capabilities: Capabilities = .full,
    after decisions: [Decision] = [], readOnly reason: String? = nil, memory: ViewMemory? = nil,
    beside: [BesideJournal] = [], isBlind: Bool = false, isHeld: Bool = false
  ) {
    let journal = MemoryJournal(samples, decisions)
    self.journal = journal
    session = ScriptedSession(
      state: State(
        material: samples.material, review: ReviewState(decisions), reviewer: "ada",
        readOnlyReason: reason, beside: beside, isBlind: isBlind, capabilities: capabilities, size: size,
        memory: memory), start: Self.morning,
      runner: journal, isHeld: isHeld)
  }

  var state: State { session.state }
  var samples: CaseSamples { journal.samples }
  var message: String { state.messages.text ?? "" }
  var rows: [Int] { (state.currentQueue?.rows ?? []).map(Int.init) }
  var cursor: Int { state.currentQueue?.list.cursor ?? -1 }

  mutating func press(_ keys: String) { session.press(keys) }
  func verdict(_ row: Int) -> Verdict? { state.marks.verdict(of: row) }
  /// The line above the status line, as it is drawn.
  func line(_ row: Int) -> String {
    let grid = session.frame()
    return (0..<grid.width).map { grid[row, $0].text }.joined()
  }
}

/// Does what a session asks of the outside, in memory.
final class MemoryJournal: EffectRunner {
  let samples: CaseSamples
  private(set) var decisions: [Decision]
  /// Effects other than appends that leave something outside, in order.
  private(set) var others: [Effect] = []
  /// Decisions that somebody else appends before the next one of this session.
  var fromElsewhere: [Decision] = []
  /// Why the next append fails; nil where it succeeds.
  var failure: String?

  init(_ samples: CaseSamples, _ decisions: [Decision] = []) {
    self.samples = samples
    self.decisions = decisions
  }

  func append(_ decision: Decision) -> Action? {
    if let failure { return .saveFailed(SaveFailure(reason: failure)) }
    let before = fromElsewhere.map(number)
    fromElsewhere = []
    return .saved(number(decision), after: before)
  }

  func trust() -> Action? { nil }
  /// What the journals beside one's own hold when they are read the next time.
  var beside: [BesideJournal]?
  func readBeside() -> Action? { beside.map { .besideRead($0) } }
  /// By path, what was written.
  private(set) var transcripts: [String: Transcript] = [:]
  func write(_ transcript: Transcript, to path: String) -> Action? {
    transcripts[path] = transcript
    return .notice("wrote \(transcript.keyCount) keys to \(path)", isError: false)
  }
  /// Names that complete paths.
  var names: [String] = []
  func completePath(_ path: String) -> Action? {
    .pathCompleted(path, names.filter { $0.hasPrefix(path) })
  }
  func saveView(_ memory: ViewMemory) { others.append(.saveView(memory)) }

  func export(_ format: String, to path: String) -> Action? {
    others.append(.export(format: format, path: path))
    return nil
  }

  func copy(_ text: String, isQuoted: Bool) -> Action? {
    others.append(.copy(text, isQuoted: isQuoted))
    return .notice("copied \(text)", isError: false)
  }

  private func number(_ decision: Decision) -> Decision {
    var numbered = decision
    numbered.sequence = UInt64(decisions.count + 1)
    decisions.append(numbered)
    return numbered
  }

  var last: Decision? { decisions.last }
  var fold: ReviewState { ReviewState(decisions) }
}

extension Decision {
  /// A decision as a test writes it.
  static func made(
    _ number: UInt64 = 0, by reviewer: String = "ada", on ids: [String], _ act: Act, rule: String? = nil
  ) -> Decision {
    Decision(
      sequence: number, at: Desk.morning - 1000, reviewer: reviewer,
      samples: ids.map { .init(id: $0, digest: nil) }, act: act, by: rule)
  }
}
