import Model
import Screen
import Testing
import TestSupport
import Workbench

/// What the worker counts, against plain loops.
@Suite struct CountingTests {
  @Test(arguments: MadeUpCase.allCases)
  func binsHoldWhatLiesBetweenTheirEdges(_ kind: MadeUpCase) throws {
    var desk = Desk(kind, count: 700)
    desk.press("F")
    let material = desk.state.material
    for column in HistogramView.columns(material) {
      let bins = try #require(desk.state.shownBins)
      #expect(bins.column == column)
      var counts = [Int](repeating: 0, count: Bins.count)
      var flagged = counts
      var missing = 0
      for row in 0..<material.count {
        var value = Double(material.report.suspicion[row])
        if case .raw(let index) = column { value = Double(material.detectors[index].raw[row]) }
        if case .data(let index, _) = column { value = desk.samples.columns.number(index, at: row) }
        guard value.isFinite else {
          missing += 1
          continue
        }
        let bin = (0..<Bins.count).last { value >= bins.scale.edge($0) }
        counts[try #require(bin)] += 1
        if material.report.suspicion[row] >= 0.5 { flagged[try #require(bin)] += 1 }
      }
      #expect(bins.all.samples == counts, "\(column)")
      #expect(bins.all.flagged == flagged, "\(column)")
      #expect(bins.missing == missing)
      #expect(counts.reduce(missing, +) == material.count)
      #expect((0..<Bins.count).allSatisfy { bins.scale.edge($0) <= bins.scale.edge($0 + 1) })
      for cut in [0, 40, 99] {
        #expect(bins.all.above(cut) == counts[cut...].reduce(0, +))
        #expect(bins.all.flaggedAbove(cut) == flagged[cut...].reduce(0, +))
      }
      desk.press("j")
    }
  }

  /// Of the layout, of scores, with and without a zoom, by groups of every kind.
  @Test(arguments: [
    ("", 24, 80), ("+", 40, 120), ("3+", 24, 100), ("3j2+", 62, 210), ("x", 24, 80), ("XYx+", 30, 90),
    (":color label<Enter>", 24, 80), (":color hypothesis<Enter>2+", 24, 80),
  ])
  func rasterHoldsTheSamplesOfEachCell(_ keys: String, _ height: Int, _ width: Int) throws {
    var desk = Desk(.images, count: 900, size: ScreenSize(height: height, width: width))
    desk.press("C" + keys)
    let scatter = desk.state.views.scatter
    let raster = try #require(scatter.raster)
    let material = desk.state.material
    func value(_ column: RowColumn?, _ row: Int) -> Double {
      switch column {
      case .layout(0): Double(material.layout(of: row)?.x ?? .nan)
      case .layout: Double(material.layout(of: row)?.y ?? .nan)
      case .raw(let index): Double(material.detectors[index].raw[row])
      default: Double(material.report.suspicion[row])
      }
    }
    func place(_ value: Double, _ scale: PlotScale) -> Int? {
      value.isNaN || value > scale.high ? nil : (0..<scale.count).last { value >= scale.edge($0) }
    }
    var members = [[Int]](repeating: [], count: raster.height * raster.width)
    var dots = [Set<Int>](repeating: [], count: members.count)
    var placed = 0
    for row in 0..<material.count {
      let (x, y) = (value(scatter.x, row), value(scatter.y, row))
      if !x.isNaN && !y.isNaN { placed += 1 }
      guard let x = place(x, raster.xScale), let y = place(y, raster.yScale) else { continue }
      let down = raster.yScale.count - 1 - y
      members[down / 4 * raster.width + x / 2].append(row)
      // Braille: 1 2 3 7 down the left, 4 5 6 8 down the right.
      dots[down / 4 * raster.width + x / 2].insert([[0, 3], [1, 4], [2, 5], [6, 7]][down % 4][x % 2])
    }
    func group(_ row: Int) -> String {
      switch scatter.split {
      case .column(.cluster): material.cluster(of: row).map { "c\($0)" } ?? "none"
      case .column(.label): material.label(of: row) ?? "none"
      case .column(.hypothesis): material.hypothesis(of: row)
      default: material.incident(of: row)?.id ?? "none"
      }
    }
    for cell in members.indices {
      #expect(raster.counts[cell] == Int32(members[cell].count))
      #expect(raster.dots[cell] == dots[cell].reduce(0) { $0 | 1 << UInt8($1) })
      #expect(
        raster.flagged[cell] == Int32(members[cell].count { material.report.suspicion[$0] >= 0.5 }))
      let top = members[cell].map { material.report.suspicion[$0] }.max()
      #expect(top == (raster.tops[cell] < 0 ? nil : material.report.suspicion[Int(raster.tops[cell])]))
      // Those of no group give way; of the others the one leads that holds more than half.
      let named = members[cell].map(group).filter { $0 != "none" }
      for name in Set(named) where 2 * named.count(where: { $0 == name }) > named.count {
        #expect(raster.groups[Int(raster.leaders[cell])].name == name)
      }
      if members[cell].isEmpty { #expect(raster.leaders[cell] == -1) }
    }
    for drawn in raster.groups {
      let rows = (0..<material.count).filter {
        group($0) == drawn.name && !value(scatter.x, $0).isNaN && !value(scatter.y, $0).isNaN
      }
      #expect(
        drawn.samples == rows.count && drawn.flagged == rows.count { material.report.suspicion[$0] >= 0.5 })
    }
    #expect(raster.placed == placed && raster.missing == material.count - placed)
    if scatter.zoom == 0 { #expect(raster.counts.reduce(0, +) == Int32(placed)) }
  }

  @Test(arguments: MadeUpCase.allCases)
  func theSurveyCountsTheCase(_ kind: MadeUpCase) throws {
    let material = kind.material(count: 500)
    let report = material.report
    let summary = try #require(Desk(kind, count: 500).state.summary)
    let rows = Array(0..<500)
    let order = rows.sorted {
      report.suspicion[$0] != report.suspicion[$1] ? report.suspicion[$0] > report.suspicion[$1] : $0 < $1
    }
    #expect(summary.order.map(Int.init) == order)
    #expect(order.enumerated().allSatisfy { summary.rank[$1] == Int32($0) })
    let isFlagged = { (row: Int) in report.suspicion[row] >= 0.5 }
    #expect(summary.flagged == rows.count(where: isFlagged))
    var histogram = [Int](repeating: 0, count: 100)
    for row in rows { histogram[min(99, Int(report.suspicion[row] * 100))] += 1 }
    #expect(summary.histogram == histogram)
    func expect(_ groups: [CaseSummary.Group], _ names: [String], _ name: (Int) -> String) {
      #expect(groups.map(\.name) == names.filter { wanted in rows.contains { name($0) == wanted } })
      for group in groups {
        let held = rows.filter { name($0) == group.name }
        #expect(group.count == held.count)
        #expect(group.flagged == held.count(where: isFlagged))
      }
    }
    expect(summary.labels, kind.classes + ["none"]) { material.label(of: $0) ?? "none" }
    expect(summary.sources, (report.sources?.names ?? []) + ["none"]) { material.source(of: $0) ?? "none" }
    func month(_ row: Int) -> String {
      material.time(of: row).map { CalendarTime(milliseconds: $0).yearAndMonth } ?? ""
    }
    expect(summary.months, Set(rows.map(month)).subtracting([""]).sorted(), month)
    #expect(
      summary.firstFinding == ContiguousArray(rows.map { Int32(material.findings(of: $0).first ?? -1) }))
    try checkClusters(summary, material)
  }

  private func checkClusters(_ summary: CaseSummary, _ material: CaseMaterial) throws {
    #expect(summary.clusters.map(\.number).sorted() == [0, 1, 2])
    for cluster in summary.clusters {
      let rows = (0..<material.count).filter { material.cluster(of: $0) == cluster.number }
      #expect(cluster.count == rows.count)
      #expect(cluster.flagged == rows.count { material.report.suspicion[$0] >= 0.5 })
      let labels = Dictionary(grouping: rows.compactMap { material.label(of: $0) }) { $0 }.mapValues(\.count)
      #expect(labels[cluster.label] == cluster.labelCount)
      #expect(cluster.labelCount == labels.values.max())
    }
    let shares = summary.clusters.map { Double($0.flagged) / Double($0.count) }
    #expect(shares == shares.sorted(by: >))
  }

  @Test func liftIsTheShareOverTheShareOfAll() throws {
    let summary = try #require(Desk().state.summary)
    // 8 poisoned and 4 flipped of 48 are flagged; the second source holds the poisoned and 8 others.
    let group = try #require(summary.sources.first { $0.flagged == 8 })
    let lift = group.lift(flagged: summary.flagged, of: MadeUpCase.standardCount)
    #expect(abs(lift - 8 / Double(group.count) / (12.0 / 48)) < 1e-12)
    #expect(group.lift(flagged: 0, of: 48).isNaN)
  }

  /// The last and the first moment there are: the order must hold, whatever a damaged case says.
  @Test func timesAtTheEndsOfTheRangeSort() {
    var report = MadeUpCase.vectors.material().report
    var times = (0..<MadeUpCase.standardCount).map { Int64($0) }
    times[3] = .max
    times[4] = .min + 1
    times[5] = Dataset.noTime
    report.times = Column(times)
    let samples = CaseSamples(
      report: report, payloads: MadeUpPayloads(kind: .vectors, count: times.count), version: "")
    var session = ScriptedSession(
      state: State(
        material: samples.material, review: .init(), reviewer: "ada", capabilities: .plain,
        size: Desk.standardSize),
      start: 0, runner: MemoryJournal(samples))
    session.press("Q:sort time desc<Enter>")
    #expect(session.state.views.main.rows.first == 3)
    #expect(session.state.views.main.rows.suffix(2) == [4, 5])
    session.press(":sort time asc<Enter>")
    #expect(session.state.views.main.rows.first == 4)
    #expect(session.state.views.main.rows.suffix(2) == [3, 5])
  }
}
