import Model
import Scanning
import Screen
import TestSupport
import Testing
import Workbench

/// The plane: its cursor, its axes, its groups, and what a box or a lasso selects.
@Suite struct ScatterTests {
  private func value(_ column: RowColumn?, _ row: Int, _ desk: Desk) -> Double {
    let material = desk.state.material
    return switch column {
    case .layout(let axis):
      Double((axis == 0 ? material.layout(of: row)?.x : material.layout(of: row)?.y) ?? .nan)
    case .raw(let index): Double(material.detectors[index].raw[row])
    case .data(let index, _): desk.samples.columns.number(index, at: row)
    default: Double(material.report.suspicion[row])
    }
  }

  private func spansLayout(_ desk: Desk) -> Bool {
    desk.state.views.scatter.x == .layout(0) && desk.state.views.scatter.y == .layout(1)
  }

  /// On every cell that holds samples: it is named, and Enter opens it, with all that lie there.
  @Test func theCursorNamesAndOpensWhatLiesUnderIt() throws {
    var desk = Desk()
    desk.press("C")
    let raster = try #require(desk.state.views.scatter.raster)
    let cells = raster.tops.indices.filter { raster.tops[$0] >= 0 }
    let suspicion = desk.state.material.report.suspicion
    #expect(cells.count > 10)
    let most = suspicion.max()
    #expect(
      desk.state.views.scatter.currentRow.map { suspicion[$0] } == most, "it begins on the most suspicious")
    for (place, cell) in cells.enumerated().prefix(12) {
      desk.press("999h999k")
      #expect(desk.state.views.scatter.cell.map { $0 == (0, 0) } == true)
      let (down, right) = (cell / raster.width, cell % raster.width)
      desk.press((down > 0 ? "\(down)j" : "") + (right > 0 ? "\(right)l" : ""))
      let row = try #require(desk.state.views.scatter.currentRow)
      #expect(Int32(row) == raster.tops[cell])
      let text = desk.session.frame().text()
      #expect(text.contains("#" + displayText(desk.state.material.report.ids[row]).prefix(8)), "\(place)")
      desk.press("<Enter>")
      #expect(desk.state.context == .review)
      #expect(desk.state.currentRow == row)
      #expect(desk.rows.count == Int(raster.counts[cell]))
      desk.press("qq")
      #expect(desk.state.context == .scatter)
    }
    desk.press("<Tab><Tab>gg")
    #expect(desk.state.views.scatter.currentRow.map { suspicion[$0] } == most)
    desk.press("G")
    let last = try #require(desk.state.views.scatter.currentRow)
    #expect(cells.allSatisfy { suspicion[Int(raster.tops[$0])] >= suspicion[last] })
  }

  @Test func groupsOpenTheirSamples() throws {
    var desk = Desk()
    desk.press("C<Tab>")
    let ranked = desk.state.views.scatter.ranked
    let raster = try #require(desk.state.views.scatter.raster)
    #expect(
      ranked.map { raster.groups[$0].name }.sorted() == ["c0", "c1", "c2"], "the bare row has no place")
    for (place, index) in ranked.enumerated() {
      let group = raster.groups[index]
      #expect(desk.state.views.scatter.currentGroup?.name == group.name)
      #expect(desk.state.views.scatter.cell != nil, "the cursor of the plane goes with it")
      desk.press("<Enter>")
      #expect(desk.rows.count == group.samples)
      #expect(desk.rows.allSatisfy { desk.state.material.cluster(of: $0).map { "c\($0)" } == group.name })
      desk.press("q")
      #expect(desk.state.views.scatter.list.cursor == place)
      desk.press("j")
    }
    desk.press("h")
    #expect(desk.state.views.scatter.focus == .plane)
  }

  /// Boxes between any two cells, near the edges and far in: what is selected is what the cells count, and what a plain
  /// loop over the condition's numbers finds.
  @Test(arguments: ["", "XY", "X2X", "3+"], [MadeUpCase.images, .table])
  func aBoxSelectsWhatItsCellsCount(_ keys: String, _ kind: MadeUpCase) throws {
    var desk = Desk(kind, count: 200)
    desk.press("C" + keys)
    let raster = try #require(desk.state.views.scatter.raster)
    for (right, down) in [(0, 0), (9, 4), (47, 16), (200, 200), (3, 17)] {
      desk.press("gg999h999k5l2jgu" + "v" + (right > 0 ? "\(right)l" : "") + (down > 0 ? "\(down)j" : ""))
      let columns = 5...min(5 + right, raster.width - 1)
      let rows = 2...min(2 + down, raster.height - 1)
      // A zoomed window may have moved with the cursor; then the loop below is the oracle alone.
      guard desk.state.views.scatter.raster?.window == raster.window else {
        desk.press("<Esc>_3+")
        continue
      }
      let expected = rows.reduce(0) { sum, row in
        sum + columns.reduce(0) { $0 + Int(raster.counts[row * raster.width + $1]) }
      }
      desk.press("v")
      #expect(desk.state.selection.rows.count == expected, "\(right), \(down)")
      #expect(desk.state.views.scatter.area == nil)
      if expected == 0 {
        #expect(desk.message == "no sample there")
        continue
      }
      let rule = try #require(desk.state.selection.rule)
      let filter = try CompiledFilter(rule, material: desk.state.material)
      let marks = Marks(suspicion: desk.state.material.report.suspicion)
      #expect(
        Set(desk.state.selection.rows)
          == Set(filter.kept(ContiguousArray(0..<200), desk.samples, marks).map(Int.init)))
    }
  }

  @Test func aBoxOpensAsAQueueAndIsDecided() throws {
    var desk = Desk()
    desk.press("Cggv10h10ko10l10j")
    guard case .box? = desk.state.views.scatter.area else { return #expect(Bool(false), "no box") }
    desk.press("<Enter>")
    #expect(desk.state.context == .queue)
    let rows = desk.rows.sorted()
    #expect(!rows.isEmpty)
    desk.press("q*gpy")
    #expect(desk.journal.last?.samples.count == rows.count)
    #expect(desk.journal.last?.by?.hasPrefix("layout.x >= ") == true)
    #expect(rows.allSatisfy { desk.verdict($0) == .poisoned })
  }

  /// A lasso holds what a winding number says that it holds.
  @Test(arguments: ["", "XY"])
  func aLassoSelectsWhatItHolds(_ keys: String) throws {
    var desk = Desk(count: 300)
    desk.press("C" + keys + "999h999k3l2j" + "gv30l<Space>14j<Space>20h4k<Space>8h3j<Space>")
    guard case .lasso(let corners)? = desk.state.views.scatter.area else {
      return #expect(Bool(false), "no lasso")
    }
    #expect(corners.count == 5)
    let scatter = desk.state.views.scatter
    func winds(_ row: Int) -> Bool {
      let (x, y) = (value(scatter.x, row, desk), value(scatter.y, row, desk))
      guard !x.isNaN, !y.isNaN else { return false }
      var winding = 0
      for (a, b) in zip(corners, corners.dropFirst() + [corners[0]]) {
        let side = (b.x - a.x) * (y - a.y) - (x - a.x) * (b.y - a.y)
        if a.y <= y, b.y > y, side > 0 { winding += 1 }
        if a.y > y, b.y <= y, side < 0 { winding -= 1 }
      }
      return winding != 0
    }
    let held = (0..<300).filter(winds)
    #expect(held.count > 20 && held.count < 280)
    desk.press("<Enter>")
    #expect(desk.rows.sorted() == held)
    desk.press("qgv")
    #expect(Array(desk.state.selection.rows) == held)
    desk.press("gcy")
    #expect(desk.journal.last?.by?.hasPrefix("lasso of ") == true)
    #expect(desk.journal.last?.samples.count == held.count)
  }

  @Test func aLassoOfTwoCornersHoldsNothing() {
    var desk = Desk()
    desk.press("Cgv")
    #expect(desk.message.contains("Space sets a corner"))
    desk.press("gv")
    #expect(desk.message.contains("three corners"))
    desk.press("5lgv")
    #expect(desk.message.contains("three corners"))
    desk.press("<Esc>*")
    #expect(
      desk.state.selection.rows.count == MadeUpCase.standardCount - 1,
      "without an area all that have a place are selected")
  }

  @Test(arguments: MadeUpCase.allCases)
  func anyTwoNumbersAreAxes(_ kind: MadeUpCase) throws {
    var desk = Desk(kind)
    desk.press("C")
    #expect(spansLayout(desk))
    let columns = desk.state.axisColumns
    #expect(kind != .table || columns.contains { if case .data = $0 { true } else { false } })
    for column in columns {
      desk.press("X")
      #expect(desk.state.views.scatter.x == column)
      let raster = try #require(desk.state.views.scatter.raster)
      let y = desk.state.views.scatter.y
      #expect(
        raster.placed
          == (0..<MadeUpCase.standardCount).count {
            !value(column, $0, desk).isNaN && !value(y, $0, desk).isNaN
          })
    }
    desk.press("X")
    #expect(spansLayout(desk), "behind the last is the layout, which is both axes")
    desk.press(":y-axis spectral.raw<Enter>:x-axis tiny.raw<Enter>")
    #expect(desk.state.views.scatter.x?.name(in: desk.state.material) == "tiny.raw")
    #expect(desk.state.views.scatter.y?.name(in: desk.state.material) == "spectral.raw")
    #expect(desk.line(1).contains("spectral.raw"))
    desk.press(":x-axis lable<Enter>")
    #expect(desk.message.contains("is not numeric"))
    desk.press("<Esc>:x-axis layo<Tab><Enter>")
    #expect(spansLayout(desk))
  }

  /// Without a layout there are scores; without two numbers there is nothing to plot.
  @Test func aCaseWithoutALayoutHasScores() {
    var report = MadeUpCase.images.material().report
    report.layout = []
    report.clusters = []
    let payloads = MadeUpPayloads(kind: .images, count: MadeUpCase.standardCount)
    var desk = Desk(CaseSamples(report: report, payloads: payloads, version: ""))
    desk.press("C")
    #expect(desk.state.views.scatter.x?.name(in: desk.state.material) == "margin.raw")
    #expect(desk.state.views.scatter.y == .suspicion)
    report.detectors = []
    var bare = Desk(CaseSamples(report: report, payloads: payloads, version: ""))
    bare.press("C")
    #expect(bare.state.context == .dashboard)
    #expect(bare.message.contains("neither two numeric columns"))
  }

  @Test func zoomHalvesTheWindowAboutTheCursorAndFitShowsAll() throws {
    var desk = Desk()
    desk.press("C")
    let whole = try #require(desk.state.views.scatter.raster)
    let row = desk.state.views.scatter.currentRow
    desk.press("+")
    let near = try #require(desk.state.views.scatter.raster)
    #expect(abs(near.window.width * 2 - whole.window.width) < 1e-5)
    #expect(desk.state.views.scatter.cell != nil, "the cursor stays in view")
    desk.press("gg")
    #expect(desk.state.views.scatter.currentRow == row)
    // Beyond the edge the window goes with the cursor, but not beyond the plane.
    desk.press("3+999h999k")
    let corner = try #require(desk.state.views.scatter.raster?.window)
    #expect(abs(corner.minX - whole.window.minX) < 1e-5 && abs(corner.maxY - whole.window.maxY) < 1e-5)
    desk.press("99-")
    #expect(desk.state.views.scatter.zoom == 0)
    desk.press("3+_")
    #expect(desk.state.views.scatter.raster?.window == whole.window)
    #expect(desk.state.views.scatter.raster?.counts == whole.counts)
  }

  /// Colors and signs of verdicts follow the decisions, over those that nobody has judged.
  @Test func verdictsAreOnTopOfWhatIsOpen() throws {
    var desk = Desk(capabilities: .plain)
    desk.press("C:color verdict<Enter>gg")
    let cell = try #require(desk.state.views.scatter.cell)
    desk.press("v*gcy")
    let raster = try #require(desk.state.views.scatter.raster)
    #expect(raster.groups.map(\.name) == ["clean", "none"])
    #expect(raster.groups[Int(raster.leaders[cell.row * raster.width + cell.column])].name == "clean")
  }

  /// While samples are looked for, nothing is decided for those that were selected before.
  @Test func bulkKeysWaitForTheSelection() {
    var desk = SlowDesk()
    desk.answerAll()
    desk.press("C")
    desk.answerAll()
    desk.press("v5l5jvgp")
    #expect(desk.state.prompt == nil)
    #expect(desk.state.messages.text == "the samples are still being selected")
    desk.press("<C-c>gp")
    #expect(desk.state.messages.text?.hasPrefix("nothing is selected") == true)
  }

  /// The ends of what a number can be, and what lies so near to each other that nothing is between.
  @Test(arguments: [
    ["1e308", "-1e308", "0", "5e-324"], ["5e-324", "0", "-5e-324", "1e-320"], ["7", "7", "7", "7"],
    ["1e300", "1.0000000000000002e300", "1e300", "nan"], ["-0", "0", "", "x"],
  ])
  func numbersOfAnySizeHaveAPlace(_ cells: [String]) throws {
    let numbers: [Float] = [
      .greatestFiniteMagnitude, -.greatestFiniteMagnitude, .leastNonzeroMagnitude, .nan, .infinity,
    ]
    var report = MadeUpCase.table.material().report
    let raw = Column((0..<MadeUpCase.standardCount).map { numbers[$0 % numbers.count] })
    report.detectors = [
      DetectorResult(
        info: DetectorInfo(name: "wild", family: .labels, summary: ""),
        outcome: .ran(raw: raw, percentile: report.suspicion), seconds: 0)
    ]
    var desk = Desk(
      CaseSamples(
        report: report, payloads: Cells(cells: cells, digest: MadeUpPayloads.digest(1)), version: ""))
    for keys in ["CX", "X", "X", "Y", "Y", "XY", "X", "_"] {
      desk.press(keys)
      for more in ["", "+", "5+99l99j", "v9h9kv", "gvll<Space>jj<Space>gv", "_"] {
        desk.press(more)
        #expect(FrameCheck.problem(in: FrameCheck.frame(desk.state)) == nil)
      }
      let raster = try #require(desk.state.views.scatter.raster)
      #expect(raster.counts.reduce(0, +) == Int32(raster.placed))
    }
    desk.press("F")
    for _ in HistogramView.columns(desk.state.material) {
      let bins = try #require(desk.state.shownBins)
      #expect(bins.total == MadeUpCase.standardCount)
      #expect(FrameCheck.problem(in: FrameCheck.frame(desk.state)) == nil)
      desk.press("j")
    }
  }

  /// Rows of one number.
  private struct Cells: PayloadSource {
    let cells: [String]
    let digest: Digest
    func contentDigest(at row: Int) -> Digest { digest }
    func payload(at row: Int) -> Result<Payload, PayloadProblem> {
      .success(.row([.init(name: "size", value: cells[row % cells.count])]))
    }
  }
}
