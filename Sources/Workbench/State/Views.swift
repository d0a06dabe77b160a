import Scanning

/// Which screen; queues and their reviews by the queue's number.
package enum Place: Sendable, Equatable {
  case dashboard
  case queue(Int)
  case review(Int)
  /// Samples of a queue as a contact sheet.
  case sheet(Int)
  case compare([Int])
  case histogram, scatter, timeline, findings, pivot, log, help
}

/// The stack of screens, and what each of them keeps while it is not on top.
package struct Views: Sendable {
  /// The dashboard is at the bottom always.
  package var stack: [Place] = [.dashboard]
  /// Number 0 is the queue of all samples and stays; the others live as long as they are on the stack.
  package var queues: [Int: Queue] = [0: Queue(id: 0, title: "samples")]
  private var nextQueue = 1
  package var dashboard = DashboardView()
  package var review = ReviewView()
  package var histogram = HistogramView()
  package var scatter = ScatterView()
  package var timeline = TimelineView()
  package var pivot = PivotView()
  /// The samples that the plots and the pivot are of; all where none are named.
  package var scopes: [Context: SampleScope] = [:]
  /// Counted up when the verdicts change: what was counted before is shown until it is counted again.
  private(set) var stamp = 0
  package var sheet = SheetView()
  /// The columns that lists of samples show; nil for all.
  package var columns: [RowColumn]?
  /// How wide a person wants them.
  package var columnWidths: [RowColumn: Int] = [:]
  package var findings = ListCursor()
  /// Incidents with the findings that they join.
  package var areFindingsShown = false
  package var log = ListCursor()
  package var help = ListCursor()
  /// The screen from which help was asked for.
  package var helpContext = Context.dashboard
  /// What stands beside the list on top.
  package internal(set) var preview: Preview?
  /// The last key has moved the cursor and done nothing else.
  var hasMoved = false
  /// The job that fills the plot on top was stopped; the next key that moves or opens asks for it again.
  var isPlotStopped = false

  package var main: Queue {
    get { queues[0] ?? Queue(id: 0, title: "samples") }
    set { queues[0] = newValue }
  }

  /// Puts a screen on top; one that is on the stack already comes back with all above it closed.
  mutating func show(_ place: Place) {
    isPlotStopped = false
    if let index = stack.firstIndex(of: place) {
      stack.removeSubrange((index + 1)...)
    } else {
      stack.append(place)
    }
    dropUnusedQueues()
  }

  /// Closes the screen on top; false when it is the last.
  mutating func close() -> Bool {
    guard stack.count > 1 else { return false }
    isPlotStopped = false
    stack.removeLast()
    dropUnusedQueues()
    return true
  }

  mutating func addQueue(
    title: String, base: ContiguousArray<Int32>?, rule: String?, of group: FoundGroup?
  ) -> Int {
    let id = nextQueue
    nextQueue += 1
    queues[id] = Queue(id: id, title: title, base: base, rule: rule, group: group)
    return id
  }

  /// The verdicts have changed.
  mutating func markCountsAsOld() {
    stamp += 1
    histogram.bins = [:]
  }

  /// Other samples are counted on a screen: what it shows is of those of before.
  mutating func forgetCounts(on context: Context) {
    stamp += 1
    switch context {
    case .histogram: histogram.forget()
    case .scatter: scatter.forget()
    case .timeline: timeline.forget()
    default: pivot.forget()
    }
  }

  private mutating func dropUnusedQueues() {
    for id in queues.keys where id != 0 && !stack.contains(.queue(id)) { queues[id] = nil }
  }
}

package struct DashboardView: Sendable, Equatable {
  package enum Panel: Int, Sendable, CaseIterable {
    case next, incidents, labels, sources, samples, detectors
  }
  package var panel = Panel.next
  package var lists = [ListCursor](repeating: ListCursor(), count: Panel.allCases.count)

  package var list: ListCursor {
    get { lists[panel.rawValue] }
    set { lists[panel.rawValue] = newValue }
  }
}

package struct ReviewView: Sendable, Equatable {
  /// What the side of a narrow review shows.
  package enum Pane: Int, Sendable, CaseIterable { case evidence, neighbors, record }
  package var pane = Pane.evidence
  /// How a picture is shown.
  package enum PictureMode: Sendable, CaseIterable { case whole, patch, difference, trained }
  package var pictureMode = PictureMode.whole
  /// First line of a long text.
  package var scroll = 0
  /// First line of what stands beside the sample.
  package var sideScroll = 0
  /// Of the classes that were looked at last.
  private(set) var profiles: [Int32: ClassProfile] = [:]
  private static let maxProfiles = 16
  /// Another profile would take the place of these.
  var isFull: Bool { profiles.count >= Self.maxProfiles }

  /// Another sample is shown, from its beginning.
  mutating func scrollToTop() {
    scroll = 0
    sideScroll = 0
  }

  mutating func take(_ profile: ClassProfile, of code: Int32) {
    if isFull { profiles.removeAll() }
    profiles[code] = profile
  }
}
