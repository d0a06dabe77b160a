/// Which stretch of time is shown, and where one is in it.
package struct TimelineView: Sendable {
  /// Nil for all times that there are.
  package internal(set) var window: Range<Int64>?
  /// All of them; nil before they are counted.
  private(set) var whole: Range<Int64>?
  package var split: PlotSplit?
  /// 0 for all samples, then the groups of the split.
  package var group = 0
  package var isLogarithmic = false
  /// A moment within the step under the cursor; nil until there are any.
  package var cursor: Int64?
  /// The stretch between the two ends that were set.
  package var brush: Range<Int64>?
  /// Where a stretch begins that reaches to the cursor.
  package var anchor: Int64?
  package internal(set) var timeline: Timeline?
  /// What was asked for last.
  var wanted: TimelineRequest?

  /// The step under the cursor.
  package var step: Int? {
    cursor.flatMap { cursor in timeline?.place(of: cursor) }
  }

  /// The steps of the range, as far as they are seen; nil without one.
  package var brushed: Range<Int>? {
    guard let timeline, let step else { return nil }
    if let anchor, let start = timeline.place(of: anchor) {
      return min(start, step)..<max(start, step) + 1
    }
    return brush.map { timeline.steps($0) }.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The steps that are meant: those of the range, or the one under the cursor.
  package var chosen: Range<Int>? { brushed ?? step.map { $0..<$0 + 1 } }

  /// The stretch of time that is meant.
  package var chosenTimes: Range<Int64>? {
    guard let timeline, let chosen else { return nil }
    return timeline.edges[chosen.lowerBound]..<timeline.edges[chosen.upperBound]
  }

  mutating func take(_ counted: Timeline) {
    timeline = counted
    guard counted.count > 0 else { return }
    if counted.request.window == nil { whole = counted.edges[0]..<counted.edges[counted.count] }
    // Ends that are seen lie between steps, or the counts of the brush would not be those of what it opens.
    if let old = brush {
      let start = counted.place(of: old.lowerBound).map { counted.edges[$0] } ?? old.lowerBound
      let end = counted.place(of: old.upperBound - 1).map { counted.edges[$0 + 1] } ?? old.upperBound
      brush = start..<end
    }
    if let anchor, counted.place(of: anchor) == nil { self.anchor = nil }
    if step == nil {
      let peak = counted.all.flagged.max() ?? 0
      cursor = counted.edges[counted.all.flagged.firstIndex(of: peak) ?? 0]
    }
  }

  /// Moves the cursor by steps; beyond the edge of a window that can be moved, the window goes with it.
  mutating func move(by steps: Int) {
    guard let timeline, timeline.count > 0, let step else { return }
    let wanted = step + steps
    if let window, let whole, !(0..<timeline.count).contains(wanted) {
      let half = max(1, Int64(window.count / 2)) * (steps < 0 ? -1 : 1)
      let start = (window.lowerBound + half).clamped(
        to: whole.lowerBound...max(whole.lowerBound, whole.upperBound - Int64(window.count)))
      self.window = start..<start + Int64(window.count)
    }
    cursor = timeline.edges[wanted.clamped(to: 0...timeline.count - 1)]
  }

  /// Narrows the window to the brush, else to half of the steps about the cursor; false where there is nothing finer.
  mutating func zoomIn() -> Bool {
    guard let timeline, let step, timeline.count > 1 || timeline.step != TimeStep.all[0] else { return false }
    let edges = timeline.edges
    let shown = edges[0]..<edges[timeline.count]
    if let brush, brush != shown, brush.clamped(to: shown) == brush {
      window = brush
      return true
    }
    let length = max(1, timeline.count / 2)
    let start = (step - length / 2).clamped(to: 0...timeline.count - length)
    window = edges[start]..<edges[start + length]
    return true
  }

  mutating func zoomOut() {
    guard let window, let whole else { return }
    let length = Int64(window.count)
    let start = max(whole.lowerBound, window.lowerBound - length / 2)
    let end = min(whole.upperBound, window.upperBound + length / 2)
    self.window = start <= whole.lowerBound && end >= whole.upperBound ? nil : start..<end
  }

  /// Sets an end of the brush at the step under the cursor. Where it lies beyond the other end, that is the first one
  /// now: a range may be marked from either side.
  mutating func setEnd(isStart: Bool) {
    guard let timeline, let step else { return }
    let here = timeline.edges[step]..<timeline.edges[step + 1]
    anchor = nil
    guard let old = brush else {
      brush = here
      return
    }
    func times(of moment: Int64) -> Range<Int64> {
      timeline.place(of: moment).map { timeline.edges[$0]..<timeline.edges[$0 + 1] } ?? moment..<moment + 1
    }
    let other = times(of: isStart ? old.upperBound - 1 : old.lowerBound)
    brush = min(here.lowerBound, other.lowerBound)..<max(here.upperBound, other.upperBound)
  }

  /// Other samples.
  mutating func forget() {
    timeline = nil
    wanted = nil
    window = nil
    whole = nil
    cursor = nil
    brush = nil
    anchor = nil
  }
}
