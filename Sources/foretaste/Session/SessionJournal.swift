import CaseFiles
import Foundation
import Model
import Review

/// The journal of one session: what stood in it, and the writer where decisions can be taken. Owned by one thread.
final class SessionJournal {
  let review: ReviewState
  /// Why no decision can be taken; nil where decisions can.
  let readOnlyReason: String?
  /// What the person should know before the first decision: a torn tail that was set aside.
  let notice: String?
  private var writer: JournalWriter?
  private let lock: SessionLock?
  /// How many of the journal's decisions the session has been told of.
  private var told: Int

  /// A journal that cannot be written, or whose chain is broken, is opened for looking, with the reason.
  /// - Throws: `JournalError` when the journal cannot even be read.
  init(path: String, readOnly: Bool) throws(JournalError) {
    let contents = try Journal.readIfPresent(path: path)
    var reason = readOnly ? "opened with --read-only" : nil
    var lock: SessionLock?
    if reason == nil {
      lock = SessionLock(journal: path)
      if lock == nil { reason = "another session reviews with this journal" }
    }
    var writer: JournalWriter?
    if reason == nil {
      do { writer = try JournalWriter(path: path) } catch { reason = error.description }
    }
    notice = writer?.tornTailPath.map {
      "the journal ended in half a line, never shown as saved; it was moved to \($0)"
    }
    let decisions = writer?.decisions ?? contents.decisions
    review = ReviewState(decisions)
    told = decisions.count
    readOnlyReason = reason
    self.writer = consume writer
    self.lock = lock
  }

  /// What stands in the journal now.
  var current: ReviewState { ReviewState(writer?.decisions ?? review.decisions) }

  /// On stable storage when it returns.
  /// - Returns: the decision with its number, and those of others that stand before it and are not known yet.
  func append(_ decision: Decision) throws(JournalError) -> (saved: Decision, others: [Decision]) {
    guard let saved = try writer?.append(decision), let decisions = writer?.decisions else {
      preconditionFailure("a read-only session decides nothing")
    }
    let others = Array(decisions[told..<decisions.count - 1])
    told = decisions.count
    return (saved, others)
  }
}

/// Says that somebody reviews with this journal. Held until the process ends, in whatever way, by an advisory lock
/// on a file beside the journal; single decisions from the shell do not need it.
final class SessionLock {
  private let descriptor: Int32

  /// Nil when another session holds it. A folder that takes no file is no reason to refuse: the journal will say.
  init?(journal path: String) {
    descriptor = open(path + ".lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    if descriptor >= 0, flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      close(descriptor)
      return nil
    }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }
}
