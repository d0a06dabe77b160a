import Model
import Scanning

/// Asks for the samples counted by their times.
package struct TimelineRequest: Sendable, Hashable {
  /// Milliseconds since 1970; nil for all times that there are.
  var window: Range<Int64>?
  var split: PlotSplit?
  /// At most so many steps.
  var width: Int
  /// Of the verdicts and the scope; what was counted with another one is no longer true.
  var stamp: Int
}

/// How many samples came when, in steps of the calendar, of all samples and of the groups of a split.
package struct Timeline: Sendable {
  package struct Group: Sendable {
    package let name: String
    let condition: String?
    /// By step.
    package fileprivate(set) var samples: [Int]
    package fileprivate(set) var flagged: [Int]

    package func count(_ steps: Range<Int>) -> (samples: Int, flagged: Int) {
      (samples[steps].reduce(0, +), flagged[steps].reduce(0, +))
    }
  }
  let request: TimelineRequest
  package let step: TimeStep
  /// Where each step begins; the last entry is where the last one ends.
  package let edges: [Int64]
  package private(set) var all: Group
  /// Empty without a split.
  package private(set) var groups: [Group]
  /// Samples without a time, or of a year that no condition can name.
  package private(set) var missing = 0
  /// Samples with a time outside of the window.
  package private(set) var outside = 0

  package var count: Int { edges.count - 1 }

  /// What a condition can name.
  static let years = CalendarTime(year: 1).milliseconds..<CalendarTime(year: 10_000).milliseconds

  /// Nil when cancelled.
  static func make(
    _ request: TimelineRequest, _ set: SampleSet, _ samples: CaseSamples, isCancelled: () -> Bool
  ) -> Timeline? {
    guard let rows = set.rows(samples, isCancelled: isCancelled), !isCancelled() else { return nil }
    var split: PlotGroups?
    if let wanted = request.split {
      split = PlotGroups.make(
        wanted, rows: rows, samples, set.filtering.marks, isCancelled: isCancelled)
      guard split != nil else { return nil }
    }
    let times = samples.material.report.times ?? []
    func time(_ row: Int) -> Int64? {
      let time = row < times.count ? times[row] : Dataset.noTime
      return years.contains(time) ? time : nil
    }
    var (first, last) = (Int64.max, Int64.min)
    for row in rows {
      guard let time = time(row) else { continue }
      if time < first { first = time }
      if time > last { last = time }
    }
    if let window = request.window { (first, last) = (window.lowerBound, window.upperBound - 1) }
    guard first <= last else {
      return Timeline(request, TimeStep.all[0], edges: [0], split?.groups ?? [], missing: rows.count)
    }
    let step = TimeStep.fitting(first...last, pieces: request.width)
    var edges = [step.start(of: first)]
    while edges[edges.count - 1] <= last { edges.append(step.next(after: edges[edges.count - 1])) }
    var timeline = Timeline(request, step, edges: edges, split?.groups ?? [], missing: 0)
    let suspicion = samples.material.report.suspicion
    for (place, row) in rows.enumerated() {
      if place % 65_536 == 0 && isCancelled() { return nil }
      guard let time = time(row) else {
        timeline.missing += 1
        continue
      }
      guard let at = timeline.place(of: time) else {
        timeline.outside += 1
        continue
      }
      timeline.add(
        at, group: split.map { Int($0.codes[place]) },
        isFlagged: suspicion[row] >= Report.flagThreshold)
    }
    return timeline
  }

  private init(
    _ request: TimelineRequest, _ step: TimeStep, edges: [Int64], _ groups: [PlotGroups.Group], missing: Int
  ) {
    self.request = request
    self.step = step
    self.edges = edges
    self.missing = missing
    let none = [Int](repeating: 0, count: edges.count - 1)
    all = Group(name: "all", condition: nil, samples: none, flagged: none)
    self.groups = groups.map {
      Group(name: $0.name, condition: $0.condition, samples: none, flagged: none)
    }
  }

  private mutating func add(_ at: Int, group: Int?, isFlagged: Bool) {
    all.samples[at] += 1
    if isFlagged { all.flagged[at] += 1 }
    guard let group else { return }
    groups[group].samples[at] += 1
    if isFlagged { groups[group].flagged[at] += 1 }
  }

  /// The step that holds a time; nil outside.
  func place(of time: Int64) -> Int? {
    guard count > 0, time >= edges[0], time < edges[count] else { return nil }
    // Steps are of about one length: the guess is at most a few off.
    let share = Double(time - edges[0]) / Double(edges[count] - edges[0])
    var place = Int(share * Double(count)).clamped(to: 0...count - 1)
    while time < edges[place] { place -= 1 }
    while time >= edges[place + 1] { place += 1 }
    return place
  }

  /// The steps that a stretch of time touches.
  func steps(_ range: Range<Int64>) -> Range<Int> {
    guard count > 0, range.lowerBound < edges[count], range.upperBound > edges[0] else { return 0..<0 }
    let first = place(of: max(range.lowerBound, edges[0])) ?? 0
    return first..<(place(of: min(range.upperBound, edges[count]) - 1) ?? count - 1) + 1
  }

  /// A stretch of time as a condition.
  static func condition(_ range: Range<Int64>) -> String {
    // A step may begin before the first year that can be named, and end after the last.
    let first = max(range.lowerBound, years.lowerBound)
    let low = "time >= \(CalendarTime(milliseconds: first).conditionText)"
    guard years.contains(range.upperBound) else { return low }
    return low + " and time < \(CalendarTime(milliseconds: range.upperBound).conditionText)"
  }
}
