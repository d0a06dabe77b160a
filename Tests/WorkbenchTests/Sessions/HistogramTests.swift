import Model
import Scanning
import Screen
import Testing
import Workbench

/// The histogram and the groups that it is split into.
@Suite struct HistogramTests {
  /// By everything that tells samples apart: the groups are all samples, and each opens and selects what it counts above
  /// the cut.
  @Test(arguments: MadeUpCase.allCases)
  func groupsOpenWhatTheyCountAboveTheCut(_ kind: MadeUpCase) throws {
    var desk = Desk(kind)
    desk.press("QpjcjsD" + "F" + "10h")
    for split in desk.state.splits {
      desk.press("x")
      #expect(desk.state.views.histogram.split == split)
      let bins = try #require(desk.state.shownBins)
      let cut = desk.state.views.histogram.cut(bins.column)
      #expect(cut == 40)
      for bin in 0..<Bins.count {
        #expect(bins.groups.reduce(0) { $0 + $1.counts.samples[bin] } == bins.all.samples[bin])
        #expect(bins.groups.reduce(0) { $0 + $1.counts.flagged[bin] } == bins.all.flagged[bin])
      }
      for (place, group) in bins.groups.enumerated() {
        desk.press("99k\(place + 1)jgu*")
        let above = group.counts.above(cut)
        let context = "\(split.name(in: desk.state.material)) \(group.name)"
        #expect(desk.state.selection.rows.count == above, "\(context)")
        desk.press("<Enter>")
        #expect(desk.rows.count == above, "\(context): \(desk.message)")
        #expect(
          desk.rows.count { desk.state.material.report.suspicion[$0] >= Report.flagThreshold }
            == group.counts.flaggedAbove(cut))
        desk.press("q")
      }
      desk.press("99k")
    }
    desk.press("x")
    #expect(desk.state.views.histogram.split == nil, "behind the last split there is none")
    #expect(desk.state.shownBins?.groups.isEmpty == true)
  }

  @Test func verdictsAreCountedAnew() throws {
    var desk = Desk()
    desk.press("F:split verdict<Enter>")
    #expect(desk.state.shownBins?.groups.map(\.name) == ["none"])
    desk.press("*gpy")
    let bins = try #require(desk.state.shownBins)
    #expect(bins.groups.map(\.name) == ["poisoned", "none"])
    #expect(bins.groups[0].counts.total == 12 && bins.groups[0].counts.above(50) == 12)
    desk.press("u")
    #expect(desk.state.shownBins?.groups.map(\.name) == ["none"])
  }

  /// Of a queue's samples, with a condition more, and of all again.
  @Test func aHistogramIsOfWhatIsShown() throws {
    var desk = Desk()
    desk.press("Q&label = dog<Enter>")
    let dogs = desk.rows.count
    desk.press("F")
    #expect(desk.state.shownBins?.all.total == dogs)
    #expect(desk.line(1).contains("only label = dog"))
    desk.press("&source = web<Enter>")
    let both = try #require(desk.state.shownBins?.all.total)
    #expect(both > 0 && both < dogs)
    #expect(desk.line(1).contains("only label = dog & source = web"))
    desk.press("gg99h*")
    #expect(desk.state.selection.rows.count == both)
    desk.press("gsy")
    #expect(desk.journal.last?.by == "label = dog & source = web & suspicion >= 0")
    // The cut is where it was: the scale is that of all samples.
    desk.press("C")
    #expect(desk.line(1).contains("only label = dog & source = web"), "from one plot to the next")
    desk.press("Fg&")
    #expect(desk.state.shownBins?.all.total == dogs)
    desk.press("&<Enter>")
    #expect(desk.state.shownBins?.all.total == MadeUpCase.standardCount)
    #expect(!desk.line(1).contains("only"))
    desk.press("g&")
    #expect(desk.message == "all samples are shown already")
    desk.press("DF")
    #expect(desk.state.shownBins?.all.total == MadeUpCase.standardCount)
  }

  /// A bar is of the side of the cut on which most of it lies: what has nothing above the threshold is not shown as if it
  /// had, at any width.
  @Test(arguments: [60, 80, 101, 120, 143, 200])
  func barsAreOfTheSideOnWhichTheyLie(_ width: Int) throws {
    let count = 400
    var report = MadeUpCase.table.material(count: count).report
    report.suspicion = Column((0..<count).map { Float($0) / Float(count) })
    let samples = CaseSamples(
      report: report, payloads: MadeUpPayloads(kind: .table, count: count), version: MadeUpCase.version)
    var desk = Desk(samples, size: ScreenSize(height: 40, width: width))
    desk.press("F:split flag<Enter>")
    #expect(desk.state.shownBins?.groups.map(\.name) == ["flagged", "unflagged"])
    /// Colors of what stands at the foot of the bars of a group.
    func colors(_ group: String) throws -> Set<Color> {
      let grid = desk.session.frame()
      let row = try #require((0..<grid.height).first { desk.line($0).hasPrefix(" \(group) ") })
      let cells = (11..<width).map { grid[row, $0] }
      return Set(cells.filter { "▁▂▃▄▅▆▇█".contains($0.text) }.map(\.style.foreground))
    }
    let (flagged, unflagged) = (try colors("flagged"), try colors("unflagged"))
    #expect(flagged.count == 1 && unflagged.count == 1 && flagged != unflagged)
    // Wherever the cut goes: of the unflagged, few are above it until they are most of a bar.
    desk.press("9h")
    #expect(try colors("unflagged").count == 2)
  }

  @Test func whatMakesNoGroupsIsRefused() {
    var desk = Desk()
    desk.press("F:split lable<Enter>")
    #expect(desk.message.contains("did you mean label?"))
    #expect(desk.state.views.histogram.split == nil)
    desk.press("<Esc>:split id<Enter>")
    #expect(desk.message.contains("cannot be grouped"))
  }

  /// Numbers of a table are scores like others.
  @Test func columnsOfNumbersHaveAHistogram() throws {
    var desk = Desk(.table)
    desk.press("FK")
    desk.press("<BackTab>")
    let bins = try #require(desk.state.shownBins)
    guard case .data(let index, true) = bins.column else { return #expect(Bool(false), "\(bins.column)") }
    let values = (0..<MadeUpCase.standardCount).map { desk.samples.columns.number(index, at: $0) }
    #expect(bins.missing == values.count { $0.isNaN })
    #expect(bins.scale.low == values.filter { !$0.isNaN }.min())
    #expect(bins.scale.high == values.filter { !$0.isNaN }.max())
    desk.press("*")
    #expect(desk.state.selection.rows.count == bins.all.above(95))
  }

  /// Of any part of the range: what lies above the cut includes what is not shown, all is counted once, and the cut stays
  /// at its score.
  @Test(arguments: MadeUpCase.allCases)
  func aZoomedHistogramOpensWhatItCounts(_ kind: MadeUpCase) throws {
    var desk = Desk(kind, count: 300)
    desk.press("F")
    for _ in HistogramView.columns(desk.state.material) {
      let whole = try #require(desk.state.shownBins)
      let cut = whole.scale.edge(desk.state.views.histogram.cut(whole.column))
      desk.press("+")
      let near = try #require(desk.state.shownBins)
      #expect(abs((near.scale.high - near.scale.low) * 2 / (whole.scale.high - whole.scale.low) - 1) < 1e-3)
      let same = near.scale.edge(desk.state.views.histogram.cut(near.column))
      #expect(abs(same - cut) <= 1e-6 * max(whole.scale.high.magnitude, whole.scale.low.magnitude))
      for keys in ["", "2+", "70h", "999h", "9999l", "-"] {
        desk.press(keys)
        let bins = try #require(desk.state.shownBins)
        let place = desk.state.views.histogram.cut(bins.column)
        #expect((0..<Bins.count).contains(place))
        #expect(bins.all.total == whole.all.total && bins.missing == whole.missing)
        desk.press("gu*")
        #expect(desk.state.selection.rows.count == bins.all.above(place), "\(bins.column) \(keys)")
        desk.press("<Enter>")
        #expect(
          desk.rows.count { desk.state.material.report.suspicion[$0] >= Report.flagThreshold }
            == bins.all.flaggedAbove(place))
        desk.press("q")
      }
      desk.press("_")
      #expect(desk.state.shownBins?.all == whole.all)
      desk.press("j")
    }
  }
}
