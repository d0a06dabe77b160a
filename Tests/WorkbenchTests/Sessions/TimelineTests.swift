import Model
import Review
import Scanning
import Testing
import Workbench

/// When samples came, and what a brush takes of them.
@Suite struct TimelineTests {
  private func times(_ desk: Desk) -> [Int64?] {
    (0..<desk.state.material.count).map { desk.state.material.time(of: $0) }
  }

  /// Each step opens and selects what it counts; the steps and those without a time are all samples.
  @Test(arguments: MadeUpCase.allCases, ["", "3+", "x", "xj"])
  func stepsOpenWhatTheyCount(_ kind: MadeUpCase, _ keys: String) throws {
    var desk = Desk(kind)
    desk.press("W" + keys)
    let timeline = try #require(desk.state.views.timeline.timeline)
    #expect(timeline.count > 2)
    let samples = timeline.all.samples.reduce(0, +)
    #expect(samples + timeline.missing + timeline.outside == MadeUpCase.standardCount)
    #expect(timeline.missing == 1 && (keys == "3+") == (timeline.outside > 0))
    for step in timeline.groups.isEmpty ? [] : Array(0..<timeline.count) {
      #expect(timeline.groups.reduce(0) { $0 + $1.samples[step] } == timeline.all.samples[step])
    }
    let group = desk.state.views.timeline.group
    let counted = group > 0 ? timeline.groups[group - 1] : timeline.all
    let times = times(desk)
    for step in stride(from: 0, to: timeline.count, by: 5) {
      let held = timeline.edges[step]..<timeline.edges[step + 1]
      #expect(timeline.all.samples[step] == times.count { $0.map(held.contains) == true })
      desk.press("gg" + (step > 0 ? "\(step)l" : "") + "gu*")
      #expect(desk.state.selection.rows.count == counted.samples[step])
      desk.press("<Enter>")
      #expect(desk.rows.count == counted.samples[step], "\(step): \(desk.message)")
      #expect(
        desk.rows.count { desk.state.material.report.suspicion[$0] >= Report.flagThreshold }
          == counted.flagged[step])
      desk.press("q")
    }
  }

  /// Two keys set the ends; Enter opens the range as a queue, `*` selects it.
  @Test func aBrushTakesARange() throws {
    var desk = Desk()
    desk.press("Wgg3l[9l]")
    let timeline = try #require(desk.state.views.timeline.timeline)
    let brush = try #require(desk.state.views.timeline.brush)
    #expect(brush == timeline.edges[3]..<timeline.edges[13])
    let held = times(desk).indices.filter { row in times(desk)[row].map(brush.contains) == true }
    #expect(timeline.all.count(3..<13).samples == held.count && held.count > 4)
    desk.press("<Enter>")
    #expect(desk.rows.sorted() == held)
    desk.press("q*gsy")
    #expect(desk.journal.last?.samples.count == held.count)
    #expect(desk.journal.last?.by?.hasPrefix("time >= ") == true)
    // A range may be marked from either side.
    desk.press("gg[")
    #expect(desk.state.views.timeline.brush == timeline.edges[0]..<timeline.edges[13])
    desk.press("20l[")
    #expect(desk.state.views.timeline.brush == timeline.edges[12]..<timeline.edges[21])
    desk.press("17h]")
    #expect(desk.state.views.timeline.brush == timeline.edges[3]..<timeline.edges[13])
    desk.press("<Esc>")
    #expect(desk.state.views.timeline.brush == nil)
    desk.press("gg2lv3lv")
    #expect(desk.state.views.timeline.brush == timeline.edges[2]..<timeline.edges[6])
  }

  /// Steps fit the width, are whole units of the calendar, and get finer within a window; the brush stays true.
  @Test func stepsFitTheWindow() throws {
    var desk = Desk()
    desk.press("W")
    let whole = try #require(desk.state.views.timeline.timeline)
    #expect(whole.count <= 50)
    #expect(whole.step.name == "week")
    #expect(zip(whole.edges, whole.edges.dropFirst()).allSatisfy { $1 - $0 == 7 * 86_400_000 })
    // 1970-01-05 was a Monday.
    #expect(whole.edges.allSatisfy { ($0 / 86_400_000 - 4) % 7 == 0 })
    desk.press("gg2l[2l]+")
    let near = try #require(desk.state.views.timeline.timeline)
    #expect(near.step.name == "day" || near.step.name == "12 hours")
    #expect(near.edges[0] == whole.edges[2] && near.edges[near.count] == whole.edges[5])
    let brush = try #require(desk.state.views.timeline.brush)
    let held = times(desk).compactMap { $0 }.count { brush.contains($0) }
    #expect(near.all.samples.reduce(0, +) == held)
    desk.press("<Enter>")
    #expect(desk.rows.count == held)
    desk.press("q9-")
    desk.press("---------")
    #expect(desk.state.views.timeline.timeline?.edges == whole.edges)
    desk.press("+_")
    #expect(desk.state.views.timeline.timeline?.edges == whole.edges)
    for _ in 0..<40 { desk.press("+") }
    #expect(desk.message == "already at the finest scale")
  }

  /// Months and years are as long as the calendar has them, whatever the times.
  @Test(
    arguments: [
      (0, 3_000, "second"), (-5_000_000_000, 20_000_000_000, "week"),
      (-60_000_000_000_000, 60_000_000_000_000, "100 years"),
      (1_700_000_000_000, 1_800_000_000_000, "month"), (951_000_000_000, 951_900_000_000, "6 hours"),
      (Int64.min + 1, Int64.max, "second"), (-62_135_596_800_000, 253_402_300_799_999, "1000 years"),
    ] as [(Int64, Int64, String)])
  func anyTimesAreCounted(_ first: Int64, _ last: Int64, _ step: String) throws {
    var report = MadeUpCase.vectors.material().report
    report.times = Column((0..<MadeUpCase.standardCount).map { $0 % 2 == 0 ? first : last })
    let payloads = MadeUpPayloads(kind: .vectors, count: MadeUpCase.standardCount)
    var desk = Desk(CaseSamples(report: report, payloads: payloads, version: ""))
    desk.press("W")
    let timeline = try #require(desk.state.views.timeline.timeline)
    if timeline.count == 0 {
      #expect(timeline.missing == MadeUpCase.standardCount)
      #expect(desk.session.frame().text().contains("None of these samples has a time"))
      return
    }
    #expect(timeline.step.name == step)
    #expect(timeline.count <= 50)
    #expect(zip(timeline.edges, timeline.edges.dropFirst()).allSatisfy { $0 < $1 })
    #expect(timeline.all.samples.first == MadeUpCase.standardCount / 2)
    #expect(timeline.all.samples.last == MadeUpCase.standardCount / 2)
    desk.press("gg<Enter>")
    #expect(desk.rows.count == MadeUpCase.standardCount / 2, "\(desk.message)")
    desk.press("qG<Enter>")
    #expect(desk.rows.count == MadeUpCase.standardCount / 2, "\(desk.message)")
  }

  @Test func aSetWithoutTimesSaysSo() {
    var report = MadeUpCase.images.material().report
    report.times = nil
    let payloads = MadeUpPayloads(kind: .images, count: MadeUpCase.standardCount)
    var desk = Desk(CaseSamples(report: report, payloads: payloads, version: ""))
    desk.press("W")
    #expect(desk.state.context == .dashboard)
    #expect(desk.message == "this dataset has no times")
  }
}
