import Model
import Review

/// Who decides, and what is under way with the journal.
package struct Session: Sendable {
  package let reviewer: String
  /// Why no decision can be taken; nil while decisions can.
  package var readOnlyReason: String?
  /// Whose decisions stand in the journal and do not count, as it was not written here; nil where all count.
  package var untrusted: String?
  /// How many decisions were taken and could not be saved.
  package internal(set) var unsaved = 0
  /// The decision that is being written.
  var saving: PendingSave?
  /// A decision for many samples whose digests are being made.
  var bulk: PendingBulk?
  /// Decisions that were taken back, newest last: what redo decides again.
  var redo: [Decision] = []
  /// Where the cursor stood when a decision of this session was taken.
  var origins: [UInt64: Origin] = [:]
  /// Rows of all decided ids that are known.
  var rowsByID: [String: Int32] = [:]
  /// Ids that others decided, whose rows are being looked for.
  package internal(set) var unlocated: Set<String> = []
  /// The sample whose first frame was painted last, and when.
  var painted: (row: Int, at: Int64)?
  var paintsAreReported = false
  /// Time of the last action that had one.
  var now: Int64 = 0
  /// Id of the sample to put the cursor on once the order is known.
  var resumeAt: String?
  /// What was looked for last, and in which queue.
  var needle: String?
  var searchedQueue: Int?
  /// What was typed at the prompts, oldest first.
  var commandHistory: [String] = []
  var filterHistory: [String] = []
  var searchHistory: [String] = []

  init(reviewer: String, readOnlyReason: String?, untrusted: String?) {
    self.reviewer = reviewer
    self.readOnlyReason = readOnlyReason
    self.untrusted = untrusted
  }

  package var isSaving: Bool { saving != nil || bulk != nil }

  struct Origin: Sendable, Equatable {
    var queue: Int
    var position: Int
  }
  struct PendingSave: Sendable {
    enum Intent: Sendable { case decide, bulk, undo, redo }
    var decision: Decision
    /// Rows of `decision.samples`, in the same order; empty where they are known or not here: undo, redo.
    var rows: ContiguousArray<Int32>
    var origin: Origin?
    var intent: Intent
  }
  struct PendingBulk: Sendable {
    var verdict: Verdict
    var rows: ContiguousArray<Int32>
    var rule: String?
  }
}
