import Model
import Review

/// Who decides, and what is under way with the journal.
package struct Session: Sendable {
  package let reviewer: String
  /// Neither scores nor the verdicts of others are seen before one has judged.
  package internal(set) var isBlind: Bool
  /// Why no decision can be taken; nil while decisions can.
  package var readOnlyReason: String?
  /// Whose decisions stand in the journal and do not count, as it was not written here; nil where all count.
  package var untrusted: String?
  /// How many decisions were taken and could not be saved.
  package internal(set) var unsaved = 0
  /// The decision that is being written.
  var saving: PendingSave?
  /// What was chosen for one sample whose digest is being made.
  var choice: PendingChoice?
  /// A decision for many samples whose digests are being made.
  var bulk: PendingBulk?
  /// What of a decision for many is not written yet: one decision a label, where each sample gets the suggested one.
  var parts: [BulkPart] = []
  /// Decisions of the one for many that is being written, or decided again.
  var stroke: [Decision] = []
  /// By each decision that was taken together with others all of them: they are taken back together.
  private(set) var strokes: [UInt64: [UInt64]] = [:]
  /// What a person decided last, to be repeated.
  var last: Repeatable?
  /// The same of what is being decided, where it is more than a verdict.
  var repeated: Repeatable?
  /// Goes with the next verdict on a sample.
  var note: (row: Int, text: String)?
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
  /// The sample to put the cursor on once the order of a queue is known, by the queue's number.
  var resumeAt: [Int: ResumePoint] = [:]
  /// The queue in which the last session stopped, until it is opened.
  var resume: ViewMemory.Queue?
  /// What was looked for last, and in which queue.
  var needle: String?
  var searchedQueue: Int?
  /// What was typed at the prompts, oldest first.
  var commandHistory: [String] = []
  var filterHistory: [String] = []
  var searchHistory: [String] = []

  /// Places to return to, by letter.
  package internal(set) var bookmarks: [Character: Bookmark] = [:]
  package internal(set) var macros = Macros()
  /// All that was typed.
  package internal(set) var transcript: Transcript

  init(reviewer: String, readOnlyReason: String?, untrusted: String?, isBlind: Bool, transcript: Transcript) {
    self.reviewer = reviewer
    self.isBlind = isBlind
    self.transcript = transcript
    self.readOnlyReason = readOnlyReason
    self.untrusted = untrusted
  }

  package var isSaving: Bool { saving != nil || choice != nil || bulk != nil || !parts.isEmpty }

  /// What was written since the stroke began is taken back together.
  mutating func finishStroke() {
    let sequences = stroke.map(\.sequence)
    if sequences.count > 1 { for sequence in sequences { strokes[sequence] = sequences } }
    stroke = []
  }

  enum Repeatable: Sendable {
    case verdict(Verdict)
    /// A label of its own for each sample.
    case relabelAsSuggested
  }

  struct ResumePoint: Sendable, Equatable {
    var sample: String
    /// The last session stopped here, which is said.
    var isGreeted: Bool
  }
  struct Origin: Sendable, Equatable {
    var queue: Int
    var position: Int
  }
  struct PendingSave: Sendable {
    enum Intent: Sendable { case decide, note, bulk, undo, redo }
    var decision: Decision
    /// Rows of `decision.samples`, in the same order; empty where they are known or not here: undo, redo.
    var rows: ContiguousArray<Int32>
    var origin: Origin?
    var intent: Intent
  }
  struct PendingChoice: Sendable {
    enum Act: Sendable {
      case verdict(Verdict)
      /// `note` itself.
      case note
      case tag(String, isSet: Bool)
    }
    var act: Act
    var row: Int
    /// The number of the queue in which it was chosen.
    var queue: Int
  }
  struct PendingBulk: Sendable {
    enum Choice: Sendable {
      case verdict(Confirmation.Choice)
      case tag(String, isSet: Bool)
    }
    var decides: Choice
    var rows: ContiguousArray<Int32>
    var rule: String?
    /// Asked for where reviewers differ.
    var isAdjudication: Bool
  }
  struct BulkPart: Sendable {
    var act: Decision.Act
    var settles: [Decision.Settled]?
    var rows: ContiguousArray<Int32>
    var samples: [Decision.SampleReference]
    var rule: String?
  }
}
