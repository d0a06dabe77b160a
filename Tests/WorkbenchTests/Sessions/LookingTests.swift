import Foundation
import Model
import Review
import Scanning
import Screen
import Testing
import Workbench

/// Contact sheet, comparison, likeness, columns and the ways to look at a picture.
@Suite struct LookingTests {
  @Test(arguments: MadeUpCase.allCases)
  func aSheetTakesVerdictsAndMovesByRows(_ kind: MadeUpCase) {
    var desk = Desk(kind, size: ScreenSize(height: 40, width: 120))
    desk.press("QV")
    #expect(desk.state.context == .sheet)
    let columns = desk.state.sheetLayout.columns
    #expect((columns > 1) == (kind == .images))
    desk.press("j")
    #expect(desk.cursor == columns)
    desk.press("lp")
    #expect(desk.verdict(desk.rows[columns + 1]) == .poisoned)
    #expect(desk.cursor == columns + 2, "on to the next one that is open")
    desk.press("<Space>v2lv")
    #expect(desk.state.selection.rows.count == 4)
    desk.press("G")
    #expect(desk.cursor == MadeUpCase.standardCount - 1)
    #expect(desk.state.currentQueue.map { desk.state.sheetRows($0).contains(desk.rows[desk.cursor]) } == true)
    desk.press("<Enter>")
    #expect(desk.state.context == .review && desk.cursor == MadeUpCase.standardCount - 1)
    desk.press("q&suspicion >= 0.5<Enter>")
    #expect(desk.rows.count < MadeUpCase.standardCount && desk.state.context == .sheet)
    desk.press("V")
    #expect(desk.state.context == .queue)
  }

  @Test func tilesGrowAndShrink() {
    var desk = Desk()
    desk.press("QV")
    let width = desk.state.sheetLayout.width
    desk.press("+")
    #expect(desk.state.sheetLayout.width > width)
    desk.press("9-")
    #expect(desk.state.sheetLayout.width < width)
  }

  @Test func theNearestOfBothLabelsAreCompared() {
    var desk = Desk()
    desk.press("Q&suggested != none<Enter>gd")
    guard case .compare(let rows) = desk.state.place else {
      return #expect(Bool(false), "nothing is compared")
    }
    #expect(rows.count == 3 && rows[0] == desk.state.views.main.currentRow)
    #expect(Set(rows).count == 3)
    desk.press("qgg<Space>jj<Space>gd")
    let selected = desk.state.selection.rows.map { $0 }
    #expect(desk.state.place == .compare(selected))
    desk.press("q*gd")
    #expect(desk.state.context == .queue && desk.message.contains("two or three"))
  }

  /// The distances rise, the sample itself comes first, and they are those of a plain sum.
  @Test(arguments: MadeUpCase.allCases)
  func theMostLikeComeFirst(_ kind: MadeUpCase) throws {
    var desk = Desk(kind)
    desk.press("Q4j")
    let row = try #require(desk.state.currentRow)
    desk.press("gl")
    let distances = try #require(desk.state.currentQueue?.distances)
    let shown = desk.rows.map { distances[$0] }
    #expect(shown.first == 0 && distances[row] == 0)
    let known = shown.prefix { !$0.isNaN }
    #expect(zip(known, known.dropFirst()).allSatisfy { $0 <= $1 })
    #expect(shown.dropFirst(known.count).allSatisfy { $0.isNaN }, "what cannot be compared comes last")
    if case .success(.text(let own)) = desk.samples.payloads.payload(at: row) {
      return checkTexts(desk, distances, own)
    }
    guard kind == .images, case .success(.image(let own)) = desk.samples.payloads.payload(at: row)
    else {
      return
    }
    for other in desk.rows {
      guard case .success(.image(let image)) = desk.samples.payloads.payload(at: other),
        image.shape == own.shape
      else {
        #expect(distances[other].isNaN)
        continue
      }
      let sum = zip(own.pixels, image.pixels).reduce(0.0) {
        $0 + (Double($1.0) - Double($1.1)) * (Double($1.0) - Double($1.1))
      }
      #expect(abs(Double(distances[other]) - (sum / Double(own.pixels.count)).squareRoot()) < 1e-3)
    }
  }

  /// Dice's distance of the sets of words.
  private func checkTexts(_ desk: Desk, _ distances: Column<Float>, _ own: String) {
    func words(_ text: String) -> Set<Substring> {
      Set(text.lowercased().split { !$0.isLetter && !$0.isNumber })
    }
    for other in desk.rows {
      guard case .success(.text(let text)) = desk.samples.payloads.payload(at: other) else { continue }
      let (a, b) = (words(own), words(text))
      #expect(distances[other] == 1 - 2 * Float(a.intersection(b).count) / Float(a.count + b.count))
    }
  }

  @Test func columnsAreChosen() {
    var desk = Desk(.table, size: ScreenSize(height: 24, width: 80))
    desk.press("Q:columns id age job suspicion<Enter>")
    #expect(desk.line(1).split(separator: " ").prefix(3) == ["id", "age", "job"])
    desk.press("99hl]")
    let samples = desk.samples
    let ages = desk.rows.map { row -> Double in
      guard case .success(.row(let fields)) = samples.payloads.payload(at: row) else { return -1 }
      return fields.first { $0.name == "age" }.flatMap { Double($0.value) } ?? -1
    }
    #expect(ages == ages.sorted(by: >), "by the data itself")
    desk.press(":columns nonsense<Enter>")
    #expect(desk.state.messages.weight == .error)
    desk.press("<Esc>:columns<Enter>")
    #expect(desk.state.views.columns == nil)
    desk.press("&age >= 40 and job = thief<Enter>")
    #expect(Set(desk.rows) == Set((0..<MadeUpCase.standardCount).filter { MadeUpCase.isPoisoned($0) }))
    desk.press("&\"pay<9B>\" ~ 1<Enter>")
    #expect(desk.state.prompt != nil, "no such column")
  }

  /// What is the same in all is dim, so that texts without a difference would look as if nothing were told of them.
  @Test func textsWithoutADifferenceAreToldSo() {
    let report = MadeUpCase.texts.material().report
    struct Same: PayloadSource {
      func contentDigest(at row: Int) -> Digest { MadeUpPayloads.digest(row) }
      func payload(at row: Int) -> Result<Payload, PayloadProblem> {
        .success(.text(row < 2 ? "buy now" : row == 2 ? "now: buy" : "buy it now"))
      }
    }
    let samples = CaseSamples(report: report, payloads: Same(), version: MadeUpCase.version)
    for (others, told) in [
      ([1], "the same text"), ([2], "the same words"), ([1, 2], "the same words"), ([3], ""),
    ] {
      var desk = Desk(samples)
      desk.press("Q:sort id<Enter>")
      for row in [0] + others { desk.press(":goto \(MadeUpCase.texts.id(row))<Enter><Space>") }
      desk.press("gd")
      let text = desk.session.frame().text()
      #expect(desk.state.context == .compare)
      #expect(text.contains("the same text") == (told == "the same text"), "\(others)")
      #expect(text.contains("the same words") == (told == "the same words"), "\(others)")
    }
  }

  /// Rows as files have them, with what a role is read from in front.
  private struct PlainRows: PayloadSource {
    let report: Report
    func contentDigest(at row: Int) -> Digest { MadeUpPayloads.digest(row) }
    func payload(at row: Int) -> Result<Payload, PayloadProblem> {
      let label = report.facts.classes[Int(max(0, report.labels[row]))]
      return .success(
        .row([
          .init(name: "id", value: report.ids[row]), .init(name: "label", value: label),
          .init(name: "size", value: "\(10 * row)"), .init(name: "unit", value: "mm"),
        ]))
    }
  }

  /// What is told beside it anyway comes last, whatever column of the file it is.
  @Test(arguments: [
    ("Q<Enter>", ["size", "unit", "id", "label"]), ("Q<Space>j<Space>gd", ["size", "unit", "id", "label"]),
  ])
  func cellsThatSayMoreComeFirst(_ keys: String, _ wanted: [String]) throws {
    let report = MadeUpCase.table.material().report
    let samples = CaseSamples(
      report: report, payloads: PlainRows(report: report), version: MadeUpCase.version)
    var desk = Desk(samples, size: ScreenSize(height: 40, width: 120))
    desk.press(keys)
    let names = (1..<20).map { String(desk.line($0).prefix { $0 != " " }) }.filter(wanted.contains)
    #expect(names == wanted)
  }

  /// A short text leaves room for what lies nearest to it, on a screen of two panes too; not twice.
  @Test func theNearestStandBeneathAShortText() {
    var desk = Desk(.texts, size: ScreenSize(height: 40, width: 120))
    desk.press("Q/m-4<Enter><Enter>")
    #expect(desk.state.context == .review)
    func titles() -> Int {
      desk.session.frame().text().components(separatedBy: "neighbors ──").count - 1
    }
    #expect(titles() == 1 && desk.session.frame().text().contains("up next"))
    desk.press("<Tab>")
    // Those of the side are not told twice, and leave their room to what comes next.
    #expect(titles() == 1 && (2...7).contains { desk.line($0).hasPrefix("up next") })
  }

  @Test func picturesAreSeenInOtherWays() {
    var desk = Desk(size: ScreenSize(height: 40, width: 120))
    desk.press("Q<Enter>")
    var seen: [Grid] = [desk.session.frame()]
    for mode in [ReviewView.PictureMode.patch, .difference] {
      desk.press("z")
      #expect(desk.state.views.review.pictureMode == mode)
      seen.append(desk.session.frame())
    }
    // The comparison shows pictures in the same way, and says so.
    desk.press("gd")
    #expect(desk.state.context == .compare && desk.line(1).contains("minus the class mean, 0."))
    desk.press("qz")
    #expect(desk.state.views.review.pictureMode == .whole)
    #expect(desk.session.frame() == seen[0])
    #expect(seen[1] != seen[0], "the patch fills the pane")
    var texts = Desk(.texts)
    texts.press("Q<Enter>z")
    #expect(texts.message.contains("only pictures"))
  }
}
