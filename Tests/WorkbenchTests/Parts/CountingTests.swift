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
      let bins = try #require(desk.state.views.histogram.bins[column])
      var counts = [Int](repeating: 0, count: Bins.count)
      var flagged = counts
      var missing = 0
      for row in 0..<material.count {
        var value = material.report.suspicion[row]
        if case .raw(let index) = column { value = material.detectors[index].raw[row] }
        guard value.isFinite else {
          missing += 1
          continue
        }
        let bin = (0..<Bins.count).last { Double(value) >= bins.edge($0) }
        counts[try #require(bin)] += 1
        if material.report.suspicion[row] >= 0.5 { flagged[try #require(bin)] += 1 }
      }
      #expect(bins.counts == counts, "\(column)")
      #expect(bins.flagged == flagged, "\(column)")
      #expect(bins.missing == missing)
      #expect(counts.reduce(missing, +) == material.count)
      #expect((0..<Bins.count).allSatisfy { bins.edge($0) <= bins.edge($0 + 1) })
      for cut in [0, 40, 99] {
        #expect(bins.above(cut) == counts[cut...].reduce(0, +))
        #expect(bins.flaggedAbove(cut) == flagged[cut...].reduce(0, +))
      }
      desk.press("j")
    }
  }

  @Test(arguments: [("", 24, 80), ("+", 40, 120), ("3+", 24, 100), ("j2+", 62, 210)])
  func rasterHoldsTheSamplesOfEachCell(_ keys: String, _ height: Int, _ width: Int) throws {
    var desk = Desk(.images, count: 900, size: ScreenSize(height: height, width: width))
    desk.press("C" + keys)
    let raster = try #require(desk.state.views.scatter.raster)
    let material = desk.state.material
    let window = raster.window
    var members = [[Int]](repeating: [], count: raster.height * raster.width)
    var dots = [Set<Int>](repeating: [], count: members.count)
    for row in 0..<material.count {
      guard let place = material.layout(of: row) else { continue }
      let x = (Double(place.x) - window.minX) / (window.maxX - window.minX)
      let y = (window.maxY - Double(place.y)) / (window.maxY - window.minY)
      guard x >= 0, x <= 1, y >= 0, y <= 1 else { continue }
      let column = min(raster.width - 1, Int(x * Double(raster.width)))
      let line = min(raster.height - 1, Int(y * Double(raster.height)))
      members[line * raster.width + column].append(row)
      let dotColumn = min(2 * raster.width - 1, Int(x * Double(2 * raster.width))) - 2 * column
      let dotLine = min(4 * raster.height - 1, Int(y * Double(4 * raster.height))) - 4 * line
      // Braille: 1 2 3 7 down the left, 4 5 6 8 down the right.
      dots[line * raster.width + column].insert([[0, 3], [1, 4], [2, 5], [6, 7]][dotLine][dotColumn])
    }
    for cell in members.indices {
      #expect(raster.counts[cell] == Int32(members[cell].count))
      #expect(raster.dots[cell] == dots[cell].reduce(0) { $0 | 1 << UInt8($1) })
      #expect(
        raster.flagged[cell] == Int32(members[cell].count { material.report.suspicion[$0] >= 0.5 }))
      for cluster in 0..<3
      where 2 * members[cell].count(where: { material.cluster(of: $0) == cluster }) > members[cell].count {
        #expect(raster.clusters[cell] == Int32(cluster))
      }
      if members[cell].isEmpty { #expect(raster.clusters[cell] == -1) }
    }
    if keys.isEmpty { #expect(raster.counts.reduce(0, +) == Int32(material.count - 1)) }
  }

  @Test(arguments: MadeUpCase.allCases)
  func theSurveyCountsTheCase(_ kind: MadeUpCase) throws {
    let material = kind.material(count: 500)
    let report = material.report
    let survey = try #require(Desk(kind, count: 500).state.survey)
    let rows = Array(0..<500)
    let order = rows.sorted {
      report.suspicion[$0] != report.suspicion[$1] ? report.suspicion[$0] > report.suspicion[$1] : $0 < $1
    }
    #expect(survey.order.map(Int.init) == order)
    #expect(order.enumerated().allSatisfy { survey.rank[$1] == Int32($0) })
    let isFlagged = { (row: Int) in report.suspicion[row] >= 0.5 }
    #expect(survey.flagged == rows.count(where: isFlagged))
    var histogram = [Int](repeating: 0, count: 100)
    for row in rows { histogram[min(99, Int(report.suspicion[row] * 100))] += 1 }
    #expect(survey.histogram == histogram)
    func expect(_ groups: [CaseSummary.Group], _ names: [String], _ name: (Int) -> String) {
      #expect(groups.map(\.name) == names.filter { wanted in rows.contains { name($0) == wanted } })
      for group in groups {
        let held = rows.filter { name($0) == group.name }
        #expect(group.count == held.count)
        #expect(group.flagged == held.count(where: isFlagged))
      }
    }
    expect(survey.labels, kind.classes + ["none"]) { material.label(of: $0) ?? "none" }
    expect(survey.sources, (report.sources?.names ?? []) + ["none"]) { material.source(of: $0) ?? "none" }
    func month(_ row: Int) -> String {
      material.time(of: row).map { CalendarTime(milliseconds: $0).yearAndMonth } ?? ""
    }
    expect(survey.months, Set(rows.map(month)).subtracting([""]).sorted(), month)
    #expect(
      survey.firstFinding == ContiguousArray(rows.map { Int32(material.findings(of: $0).first ?? -1) }))
    try checkClusters(survey, material)
  }

  private func checkClusters(_ survey: CaseSummary, _ material: CaseMaterial) throws {
    #expect(survey.clusters.map(\.number).sorted() == [0, 1, 2])
    for cluster in survey.clusters {
      let rows = (0..<material.count).filter { material.cluster(of: $0) == cluster.number }
      #expect(cluster.count == rows.count)
      #expect(cluster.flagged == rows.count { material.report.suspicion[$0] >= 0.5 })
      let places = rows.compactMap { material.layout(of: $0) }
      #expect(abs(cluster.x - places.reduce(0) { $0 + Double($1.x) } / Double(places.count)) < 1e-9)
      #expect(abs(cluster.y - places.reduce(0) { $0 + Double($1.y) } / Double(places.count)) < 1e-9)
      let labels = Dictionary(grouping: rows.compactMap { material.label(of: $0) }) { $0 }.mapValues(\.count)
      #expect(labels[cluster.label] == cluster.labelCount)
      #expect(cluster.labelCount == labels.values.max())
    }
    let shares = survey.clusters.map { Double($0.flagged) / Double($0.count) }
    #expect(shares == shares.sorted(by: >))
    let places = (0..<material.count).compactMap { material.layout(of: $0) }
    let extent = try #require(survey.extent)
    #expect(extent.minX == places.map { Double($0.x) }.min())
    #expect(extent.maxY == places.map { Double($0.y) }.max())
  }

  @Test func liftIsTheShareOverTheShareOfAll() throws {
    let survey = try #require(Desk().state.survey)
    // 8 poisoned and 4 flipped of 48 are flagged; the second source holds the poisoned and 8 others.
    let group = try #require(survey.sources.first { $0.flagged == 8 })
    let lift = group.lift(flagged: survey.flagged, of: MadeUpCase.standardCount)
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
    let material = CaseMaterial(
      report: report, payloads: MadeUpPayloads(kind: .vectors, count: times.count), version: "")
    var session = ScriptedSession(
      state: State(
        material: material, review: .init(), reviewer: "ada", capabilities: .plain, size: Desk.standardSize),
      start: 0, runner: MemoryJournal())
    session.press("Q:sort time desc<Enter>")
    #expect(session.state.views.main.rows.first == 3)
    #expect(session.state.views.main.rows.suffix(2) == [4, 5])
    session.press(":sort time asc<Enter>")
    #expect(session.state.views.main.rows.first == 4)
    #expect(session.state.views.main.rows.suffix(2) == [3, 5])
  }
}
