import Model
import Review
import Screen

/// Everything that a frame shows. Changed by `update` alone; a value, so that a test can hold two of them.
package struct State: Sendable {
  package let material: CaseMaterial
  package let capabilities: Capabilities
  package let background: Background
  package let keymap: Keymap
  /// Nil until the first summary is done.
  package var summary: CaseSummary?
  package var session: Session
  package var review: ReviewState
  package var marks: Marks
  /// What of the samples themselves is at hand.
  package internal(set) var samples = SampleCache()
  package var views: Views
  package var selection: Selection
  /// The samples that a job is looking for, and what for.
  var collecting: Collecting?
  package var prompt: Prompt?
  package var messages: Messages
  package var jobs: Jobs
  package var input: KeyInput
  package internal(set) var beside: Beside
  package var size: ScreenSize
  /// The person has quit: no key is taken any more.
  package internal(set) var hasQuit = false

  /// - Parameters:
  ///   - review: the journal as it was read; its verdicts show once the summary has found their rows.
  ///   - readOnlyReason: why no decision can be taken, nil where decisions can.
  ///   - untrusted: whose decisions stand in the journal and do not count, nil where all count.
  ///   - beside: the journals of others.
  ///   - isBlind: neither scores nor others' verdicts are seen before one has judged.
  ///   - memory: where the last session on this dataset stopped.
  ///   - notice: what a person should know first.
  package init(
    material: CaseMaterial, review: ReviewState, reviewer: String, readOnlyReason: String? = nil,
    untrusted: String? = nil, beside: [BesideJournal] = [], isBlind: Bool = false,
    capabilities: Capabilities, background: Background = .dark,
    size: ScreenSize,
    memory: ViewMemory? = nil, keymap: Keymap = .standard, notice: String? = nil
  ) {
    self.material = material
    self.capabilities = capabilities
    self.background = background
    self.keymap = keymap
    self.review = review
    self.size = size
    self.beside = Beside(journals: beside)
    session = Session(
      reviewer: reviewer, readOnlyReason: readOnlyReason, untrusted: untrusted, isBlind: isBlind,
      transcript: Transcript(memory: memory, size: size, isBlind: isBlind))
    marks = Marks(suspicion: material.report.suspicion)
    views = Views()
    selection = Selection()
    messages = Messages()
    jobs = Jobs()
    input = KeyInput()
    views.scatter.showsLetters = capabilities.colors == .none
    if let memory { restore(memory) }
    if isBlind { beginBlind() }
    if let notice { messages.say(displayText(notice), .warning) }
  }

  /// Whether `marks` says what the journal says: where its decisions lie is found by the first summary.
  package var knowsMarks: Bool { summary != nil || review.decisions.isEmpty }

  /// The screen on top.
  package var place: Place { views.stack.last ?? .dashboard }

  package var context: Context {
    switch place {
    case .dashboard: .dashboard
    case .queue: .queue
    case .review: .review
    case .histogram: .histogram
    case .scatter: .scatter
    case .timeline: .timeline
    case .pivot: .pivot
    case .sheet: .sheet
    case .compare: .compare
    case .findings: .findings
    case .log: .log
    case .help: .help
    }
  }

  /// The queue that is on top, or that the review on top goes through.
  package var currentQueue: Queue? {
    switch place {
    case .queue(let id), .review(let id), .sheet(let id): views.queues[id]
    default: nil
    }
  }

  /// The sample under the cursor of the queue or review on top.
  package var currentRow: Int? { currentQueue?.currentRow }
}
