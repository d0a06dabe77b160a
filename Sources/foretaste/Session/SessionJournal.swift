import CaseFiles
import Foundation
import Model
import Review
import Workbench

/// The journal of one session: what stood in it, and the writer where decisions can be taken. Owned by one thread.
final class SessionJournal {
  /// What counts at the start.
  let review: ReviewState
  /// Why no decision can be taken; nil where decisions can.
  let readOnlyReason: String?
  /// Whose decisions stand in it and do not count; nil where all count.
  let untrusted: String?
  /// What the person should know before the first decision.
  let notices: [String]
  /// Why the writer takes no more; what was decided is kept elsewhere.
  private var failure: String?
  /// What was decided while others held the journal, and was not decided again.
  private var refused: [Decision] = []
  private let journal: CaseJournal
  private let userState: UserState
  private var writer: JournalWriter?
  private let lock: SessionLock?
  private var isTrusted: Bool
  /// How many of the journal's decisions the session has been told of.
  private var told: Int
  /// What the journal held when it was opened, where there is no writer.
  private let found: JournalContents

  /// A session never waits for others with a dead screen.
  private static let patience = 200

  /// A journal that cannot be written, is lost, or whose chain is broken is opened for looking, with the reason.
  /// - Throws: `JournalError` when the journal cannot even be read.
  init(_ journal: CaseJournal, reviewer: String, readOnly: Bool, userState: UserState) throws(JournalError) {
    self.journal = journal
    self.userState = userState
    var reason = readOnly ? "opened with --read-only" : nil
    var lock: SessionLock?
    var writer: JournalWriter?
    if reason == nil {
      switch SessionLock.take(journal: journal.path, reviewer: reviewer) {
      case .held(let held): lock = held
      case .absent: break
      case .refused(let refusal): reason = refusal
      }
    }
    let looksOnly = reason != nil
    if !looksOnly {
      do { writer = try journal.writer(patience: Self.patience) } catch {
        // Nothing was to be saved yet, whatever the error says of that.
        reason = (error as? JournalError).map { "\($0.path): \($0.message)" } ?? ExitReport.message(of: error)
      }
    }
    found = writer == nil ? try Journal.readIfPresent(path: journal.path) : JournalContents()
    let contents = writer?.contents ?? found
    let untrusted = journal.strangers(in: contents)
    var notices: [String] = []
    if let side = writer?.tornTailPath {
      notices.append("the journal ended in half a decision, never shown as saved; it was moved to \(side)")
    }
    if let untrusted { notices.append("the journal: \(untrusted); gt counts them") }
    if let news = journal.news(in: contents) { notices.append("the journal: \(news)") }
    if let reason, !readOnly { notices.append("read-only: \(reason)") }
    // Else it is the reason.
    if looksOnly, let refusal = journal.refusal(of: contents, countsStrangers: true) {
      notices.append(refusal)
    }
    self.notices = notices.map { displayText($0) }
    self.untrusted = untrusted
    isTrusted = untrusted == nil
    review = ReviewState(untrusted == nil ? journal.decisions(contents.decisions) : [])
    told = contents.decisions.count
    readOnlyReason = reason
    self.writer = consume writer
    self.lock = lock
    if isTrusted, reason == nil { _ = journal.remember(contents) }
  }

  private var contents: JournalContents { writer?.contents ?? found }

  /// What was decided and is not in the journal, as the last word of the session; nil when all is.
  var loss: String? {
    if let failure { return failure }
    guard !refused.isEmpty else { return nil }
    return
      "\(counted(refused.count, "decision is", "decisions are")) NOT saved in \(journal.path): another process held its lock"
  }

  /// Why nothing may be exported by it; nil where it counts.
  var refusal: String? { journal.refusal(of: contents, countsStrangers: isTrusted) }

  /// What an export goes by now; nil where nothing was ever decided.
  var current: ReviewedJournal? { journal.reviewed(contents, isCounted: isTrusted) }

  /// All decisions count from now on.
  func trust() -> [Decision] {
    isTrusted = true
    _ = journal.remember(contents)
    return journal.decisions(contents.decisions)
  }

  /// The answer to a decision: saved once it is on stable storage.
  func append(_ decision: Decision) -> Action {
    guard writer != nil else { preconditionFailure("a read-only session decides nothing") }
    do throws(JournalError) {
      guard let saved = try appendToWriter(decision) else {
        preconditionFailure("a read-only session decides nothing")
      }
      let decisions = contents.decisions
      let others = journal.decisions(Array(decisions[told..<decisions.count - 1]))
      told = decisions.count
      // Whoever decides on the same samples again has given the answer that counts.
      refused.removeAll { $0.samples == saved.samples }
      return .saved(saved, after: others)
    } catch {
      guard error.kind != .busy else {
        refused.append(decision)
        return .saveFailed(SaveFailure(reason: error.message, canBeTriedAgain: true))
      }
      let kept = userState.keep(contents.decisions + [decision], of: journal.path)
      failure =
        "1 decision is NOT saved in \(journal.path): \(error.message); \(UserState.place(ofKept: kept))"
      return .saveFailed(SaveFailure(reason: error.message, keptIn: kept))
    }
  }

  /// The session ends: what it has written is known as this user's.
  func close() { if isTrusted, readOnlyReason == nil { _ = journal.remember(contents) } }

  private func appendToWriter(_ decision: Decision) throws(JournalError) -> Decision? {
    guard var writer = writer.take() else { return nil }
    do throws(JournalError) {
      let saved = try journal.append(decision, to: &writer)
      self.writer = consume writer
      return saved
    } catch {
      self.writer = consume writer
      throw error
    }
  }
}
