import Model
import Scanning
import Testing
import Workbench

/// Enter opens the samples behind every row that stands for many, and q comes back.
@Suite struct OpeningTests {
  @Test(arguments: [
    ("D", Context.dashboard), ("Q", .queue), ("F", .histogram), ("C", .scatter), ("W", .timeline),
    ("S", .pivot), ("T", .findings), ("L", .log),
    ("?", .help), ("<F1>", .help),
  ])
  func everyScreenHasAKeyFromEveryScreen(_ key: String, _ context: Context) {
    for start in ["", "Q", "Q<Enter>", "F", "C", "W", "S", "T", "L", "?"] {
      var desk = Desk()
      desk.press(start + key)
      #expect(desk.state.context == context, "\(start) \(key)")
    }
  }

  @Test func backGoesThroughTheStackAndQuitsAtItsEnd() {
    var desk = Desk()
    desk.press("QT<Enter><Enter>")
    #expect(desk.state.views.stack.count == 5)
    desk.press("qqqq")
    #expect(desk.state.views.stack == [.dashboard])
    #expect(!desk.state.hasQuit)
    desk.press("q")
    #expect(desk.state.hasQuit)
  }

  @Test func aScreenOnTheStackComesBackInsteadOfAnother() {
    var desk = Desk()
    desk.press("QTFQ")
    #expect(desk.state.views.stack == [.dashboard, .queue(0)])
  }

  @Test(arguments: MadeUpCase.allCases)
  func findingsOpenTheirMembers(_ kind: MadeUpCase) {
    var desk = Desk(kind)
    desk.press("T")
    let material = desk.state.material
    let incidents = desk.state.foundLines.compactMap(material.entry)
    #expect(incidents.allSatisfy { $0.isIncident })
    #expect(incidents.map(\.id) == material.report.incidents.map(\.id))
    desk.press("<Tab>")
    let lines = desk.state.foundLines.compactMap(material.entry)
    let joined = material.report.incidents.filter { $0.findings.count > 1 }.flatMap(\.findings)
    #expect(lines.filter { !$0.isIncident }.map(\.id) == joined)
    for (place, entry) in lines.enumerated() {
      desk.press("gg" + (place > 0 ? "\(place)j" : "") + "<Enter>")
      let members =
        entry.isIncident
        ? entry.incident?.members : material.report.findings.first { $0.id == entry.id }?.members
      #expect(desk.rows.sorted() == members?.map(Int.init), "\(entry.id)")
      desk.press("jj<Enter>pq")
      desk.press("q")
      #expect(desk.state.place == .findings)
      #expect(desk.state.views.findings.cursor == place)
    }
  }

  @Test(arguments: MadeUpCase.allCases)
  func everyPanelOfTheDashboardOpens(_ kind: MadeUpCase) throws {
    var desk = Desk(kind)
    let state = desk.state
    for panel in DashboardView.Panel.allCases {
      for line in 0..<state.dashboardCount(panel) {
        desk.press(
          String(repeating: "<Tab>", count: panel.rawValue) + (line > 0 ? "\(line)j" : "") + "<Enter>")
        switch panel {
        case .next:
          #expect(desk.state.context == .queue)
          #expect(!desk.rows.isEmpty)
        case .incidents:
          #expect(desk.rows.count == state.material.report.incidents[line].members.count)
        case .labels:
          let group = state.rankedLabels[line]
          #expect(desk.rows.count == group.count)
          #expect(desk.rows.allSatisfy { (state.material.label(of: $0) ?? "none") == group.name })
        case .sources:
          let group = state.rankedSources[line]
          #expect(desk.rows.count == group.count)
          #expect(desk.rows.allSatisfy { (state.material.source(of: $0) ?? "none") == group.name })
        case .samples:
          #expect(desk.state.context == .review)
          #expect(desk.state.currentRow == state.summary.map { Int($0.order[line]) })
        case .detectors:
          if case .skipped = state.material.report.detectors[line].outcome {
            #expect(desk.message.contains("could not run"))
          } else {
            #expect(desk.state.context == .histogram)
            let column = desk.state.views.histogram.column(state.material)
            #expect(
              column.name(in: state.material) == state.material.report.detectors[line].info.name + ".raw")
          }
        }
        while desk.state.context != .dashboard { desk.press("q") }
        #expect(desk.state.views.dashboard.panel == panel)
        #expect(desk.state.views.dashboard.list.cursor == line)
        desk.press("gg" + String(repeating: "<BackTab>", count: panel.rawValue))
      }
    }
  }

  /// What the histogram counts above the cut is what Enter opens and `*` selects, for scores of any size.
  @Test(arguments: MadeUpCase.allCases)
  func theHistogramOpensWhatItCounts(_ kind: MadeUpCase) throws {
    var desk = Desk(kind)
    desk.press("F")
    for score in HistogramView.columns(desk.state.material).indices {
      for cut in [0, 1, 33, 50, 77, 95, 99] {
        desk.press("999h" + (cut > 0 ? "\(cut)l" : ""))
        let column = desk.state.views.histogram.column(desk.state.material)
        let bins = try #require(desk.state.shownBins)
        #expect(desk.state.views.histogram.cut(column) == cut)
        desk.press("gu*")
        #expect(desk.state.selection.rows.count == bins.all.above(cut), "\(column) at \(cut)")
        desk.press("<Enter>")
        if bins.all.above(cut) == 0 { #expect(desk.rows.isEmpty) }
        #expect(desk.rows.count == bins.all.above(cut), "\(column) at \(cut)")
        #expect(
          desk.rows.count { desk.state.material.report.suspicion[$0] >= Report.flagThreshold }
            == bins.all.flaggedAbove(cut))
        desk.press("q")
        #expect(desk.state.views.histogram.score == score)
      }
      desk.press("j")
    }
  }

  @Test func theReviewComesBackToItsPlaceInTheQueue() {
    var desk = Desk()
    desk.press("Q10j<Enter>jjq")
    #expect(desk.state.context == .queue)
    #expect(desk.cursor == 12)
  }

  @Test func helpIsAboutTheScreenItWasAskedFrom() {
    var desk = Desk()
    desk.press("C?")
    #expect(desk.line(1).contains("scatter") || desk.line(2).contains("scatter"))
    desk.press("?Gqq")
    #expect(desk.state.context == .dashboard)
  }
}
