import Model
import Review
import Scanning
import Screen
import Testing
import Workbench

/// A review in which the scan and others have no say before one has judged.
@Suite struct BlindTests {
  private static func text(_ desk: Desk) -> String { desk.session.frame().text() }

  /// The same samples after another scan: other scores, nothing found, nothing suggested.
  private static func scannedOtherwise(_ samples: CaseSamples) -> CaseSamples {
    let material = samples.material
    var report = material.report
    report.suspicion = Column(report.suspicion.map { 1 - $0 })
    report.hypothesis = Column(report.hypothesis.map { _ in 0 })
    report.suggestedLabels = Column(report.suggestedLabels.map { _ in 0 })
    report.labelProbabilities = Column(report.labelProbabilities.map { 1 - $0 })
    report.findings = []
    report.incidents = []
    report.incidentCodes = Column(report.incidentCodes.map { _ in -1 })
    report.detectors = report.detectors.map { result in
      guard case .ran(let raw, let percentile) = result.outcome else { return result }
      return DetectorResult(
        info: result.info,
        outcome: .ran(raw: Column(raw.map { -$0 }), percentile: Column(percentile.map { 1 - $0 })),
        seconds: result.seconds)
    }
    return CaseSamples(
      report: report, payloads: samples.payloads, version: material.version,
      exportFormats: material.exportFormats)
  }

  /// A session that saw scores stopped at the most suspicious sample; one that was blind goes on where it was.
  @Test func whereASessionWithScoresStoppedIsNotGoneBackTo() throws {
    func place(_ memory: ViewMemory?, _ keys: String = "Q") throws -> (row: Int, memory: ViewMemory) {
      var desk = Desk(memory: memory, isBlind: true)
      desk.press(keys)
      return (try #require(desk.state.currentRow), desk.state.memory)
    }
    var open = Desk()
    open.press("Q")
    #expect(try place(open.state.memory).row == place(nil).row)
    let stopped = try place(nil, "Q5j")
    #expect(try place(stopped.memory).row == stopped.row)
    #expect(try stopped.row != place(nil).row)
  }

  /// The members of an incident are suspects one and all.
  @Test func aBookmarkOfAnIncidentIsNotGoneBackTo() {
    var open = Desk()
    open.press("T<Enter>jjma")
    #expect(open.state.currentQueue?.group != nil)
    var blind = Desk(memory: open.state.memory, isBlind: true)
    for keys in ["", "Q3j", "Q3j<Enter>"] {
      blind.press("D" + keys)
      let (place, row) = (blind.state.place, blind.state.currentRow)
      blind.press("'a")
      #expect(blind.message.hasPrefix("blind:"))
      #expect(blind.state.place == place && blind.state.currentRow == row)
    }
    blind.press(":blind off<Enter>'a")
    #expect(blind.state.currentQueue?.rule == open.state.currentQueue?.rule)
  }

  /// What is seen is the same whatever the scan has found, on every screen that there is, until one has decided.
  @Test(
    arguments: MadeUpCase.allCases,
    [
      ScreenSize(height: 24, width: 80), ScreenSize(height: 40, width: 120),
      ScreenSize(height: 60, width: 200),
    ])
  func noScreenTellsWhatTheScanFound(_ kind: MadeUpCase, _ size: ScreenSize) {
    let (one, other) = (kind.samples(), Self.scannedOtherwise(kind.samples()))
    for keys in [
      "", "Q", "Q<Enter>", "Q3jV+", "QV-", "Q<Enter><Tab>", "Q<Enter><Tab><Tab>", "Q5j<Enter>z",
      "Q<Enter>zzz", "Q<Space><Space>gd", "Qgl",
      "QL", "Q<Enter>r", "QR", "Q:sort label<Enter>G<Enter>", "Q&verdict = none<Enter>}", "Q/row<Enter>n",
      "QF", "QT", "QS", "QC", "QW",
    ] {
      var (a, b) = (Desk(one, size: size, isBlind: true), Desk(other, size: size, isBlind: true))
      a.press(keys)
      b.press(keys)
      let isSame = a.session.frame() == b.session.frame()
      #expect(isSame, "\(keys)\n\(Self.text(a))\n\(Self.text(b))")
      #expect(a.journal.decisions.isEmpty && Self.text(a).contains("BLIND"))
    }
    // The test would see it: open, the two differ.
    var (a, b) = (Desk(one, size: size), Desk(other, size: size))
    a.press("Q<Enter>")
    b.press("Q<Enter>")
    let differs = a.session.frame() != b.session.frame()
    #expect(differs)
  }

  @Test(arguments: [
    "F", "C", "T", "S", "QI", "Q*gp", "Q*gR", "QR", ":mark clean where label = cat<Enter>",
    "Q:sort rank<Enter>", "Q:sort diverse<Enter>", "Q&suspicion > 0.5<Enter>", "Q&finding = T1<Enter>",
    "Q&not (label = cat or incident = I1)<Enter>", "Q&settled = none<Enter>",
  ])
  func whatGoesByScoresIsRefused(_ keys: String) {
    var desk = Desk(isBlind: true)
    desk.press("Q")
    let rows = desk.rows
    desk.press("D" + keys)
    #expect(desk.message.hasPrefix("blind:"), "\(desk.message)")
    #expect(desk.journal.decisions.isEmpty)
    desk.press("<Esc>Q")
    #expect(desk.rows == rows)
  }

  @Test func theOrderIsTheSameForAllAndTellsNothing() {
    var ada = Desk(count: 400, isBlind: true)
    ada.press("Q")
    var bob = Desk(count: 400)
    bob.press(":blind on<Enter>Q")
    #expect(ada.rows == bob.rows && ada.rows.count == 400)
    #expect(ada.rows != Array(0..<400))
    // The flagged ones are spread: half of them within the first half, give or take three standard deviations.
    let flagged = ada.rows.map { MadeUpCase.isPoisoned($0) }
    let early = flagged.prefix(200).count { $0 }
    #expect((flagged.count { $0 } / 2 - 13...flagged.count { $0 } / 2 + 13).contains(early))
  }

  @Test func afterOnesOwnVerdictTheSampleIsAnOpenBook() throws {
    var desk = Desk(
      after: [.made(1, by: "bob", on: (0..<48).map { MadeUpCase.images.id($0) }, .verdict(.unsure))],
      isBlind: true)
    #expect(desk.state.marks.decided == 0, "the verdict of another is none here")
    desk.press("Q<Enter>")
    let row = try #require(desk.state.currentRow)
    #expect(desk.state.isHidden(row) && desk.state.opinions(on: row).isEmpty)
    desk.press("p")
    #expect(desk.journal.last?.shown == nil, "no score was seen")
    #expect(desk.cursor == 1)
    desk.press("k")
    #expect(!desk.state.isHidden(row) && desk.state.opinions(on: row).count == 2)
    let text = Self.text(desk)
    #expect(text.contains("suspicion") && text.contains("bob UNSURE"))
    desk.press("u")
    #expect(desk.message.hasSuffix("; undecided"), "and not what bob says")
    #expect(desk.state.isHidden(row))
  }

  @Test func disputesAreThoseOnWhatOneHasJudged() {
    var desk = Desk(after: DisputesTests.own, beside: DisputesTests.beside(), isBlind: true)
    desk.press("A")
    #expect(desk.rows == [2], "row 4 is still to be judged")
    #expect(desk.state.beside.comparison?.statistics.shared == 3)
  }

  @Test func turnedOffAllIsAsItWas() {
    var desk = Desk(after: [.made(1, by: "bob", on: ["img-8"], .verdict(.clean))])
    desk.press("Q")
    let rows = desk.rows
    desk.press("D:blind<Enter>Q")
    #expect(desk.rows != rows && desk.verdict(8) == nil)
    desk.press(":blind off<Enter>")
    #expect(desk.state.place == .dashboard && desk.verdict(8) == .clean)
    desk.press("Q")
    #expect(desk.rows == rows)
    desk.press(":blind off<Enter>")
    #expect(desk.message == "blind is off already")
    desk.press(":blind maybe<Enter>")
    #expect(desk.state.messages.weight == .error)
  }

  /// Who has chosen scores alone sees the columns that are none.
  @Test func chosenScoresGiveWayToWhatMayBeSeen() {
    var desk = Desk(.images)
    desk.press("Q:columns suspicion label-noise<Enter>:columns suspicion<Enter>D:blind<Enter>Qhhlll9l")
    #expect(desk.state.context == .queue && desk.line(1).contains("id"))
    #expect(!desk.line(1).contains("susp"))
    desk.press("p:blind off<Enter>Q")
    #expect(desk.line(1).contains("susp"))
  }
}
