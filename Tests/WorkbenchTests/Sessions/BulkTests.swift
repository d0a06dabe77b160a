import Model
import Review
import Scanning
import Testing
import Workbench

/// A decision for many asks first, and says by what rule.
@Suite struct BulkTests {
  private static let poisoned = (0..<MadeUpCase.standardCount).filter(MadeUpCase.isPoisoned)

  @Test(arguments: ["<Enter>", "n", "N", "q", "<Esc>", "<C-c>"])
  func theDefaultIsNo(_ key: String) {
    var desk = Desk()
    desk.press("T<Tab>j*gp" + key)
    #expect(desk.journal.decisions.isEmpty)
    #expect(desk.state.prompt == nil)
    #expect(desk.message == "nothing was decided")
    #expect(desk.state.selection.rows.count == 8, "the selection stays")
  }

  @Test(arguments: [("gp", Verdict.poisoned), ("gc", .clean), ("gs", .unsure), ("gr1", .relabel("cat"))])
  func yesIsOneLineWithItsRule(_ keys: String, _ verdict: Verdict) throws {
    var desk = Desk()
    desk.press("T<Tab>j*" + keys)
    #expect(desk.journal.decisions.isEmpty)
    desk.press("y")
    #expect(desk.journal.decisions.count == 1)
    let decision = try #require(desk.journal.last)
    #expect(decision.act == .verdict(verdict))
    #expect(decision.by == "finding T1")
    #expect(decision.shown == nil)
    #expect(decision.samples.map(\.id) == Self.poisoned.map { MadeUpCase.images.id($0) })
    #expect(decision.samples.map(\.digest) == Self.poisoned.map { MadeUpPayloads.digest($0) })
    #expect((0..<MadeUpCase.standardCount).filter { desk.verdict($0) == verdict } == Self.poisoned)
    #expect(desk.state.selection.rows.isEmpty)
  }

  @Test func otherVerdictsAreKeptUnlessOverridden() throws {
    var desk = Desk()
    // Rows 0 and 1 of the queue are members of T1: one CLEAN, one POISONED already.
    desk.press("Q")
    let rows = desk.rows
    desk.press("cpT<Tab>j*gp")
    guard case .confirm(let question)? = desk.state.prompt else { return #expect(Bool(false), "no question") }
    #expect(question.count == 6)
    #expect(question.all.already == 1)
    #expect(question.all.others == [Int32(rows[0])])
    desk.press("y")
    #expect(desk.journal.last?.samples.count == 6)
    #expect(desk.verdict(rows[0]) == .clean)
    desk.press("T*gpoy")
    #expect(desk.journal.last?.samples.map(\.id) == [MadeUpCase.images.id(rows[0])])
    #expect(desk.verdict(rows[0]) == .poisoned)
    desk.press("T*gp")
    #expect(desk.message.hasPrefix("8 selected samples are already POISONED"))
    #expect(desk.state.prompt == nil)
  }

  @Test func yesWithNothingOpenNeedsTheOverride() {
    var desk = Desk()
    desk.press("T<Tab>j*gcyT*gpy")
    #expect(desk.journal.decisions.count == 1)
    #expect(desk.state.prompt != nil)
  }

  /// Of what is selected some have no suggestion: the question counts those that have one, label by label.
  @Test func aQuestionCountsWhatItIsAbout() throws {
    var desk = Desk()
    desk.press("Q*gR")
    guard case .confirm(let question)? = desk.state.prompt else { return #expect(Bool(false), "no question") }
    let report = desk.state.material.report
    let suggested = report.suggestedLabels.indices.filter { report.suggestedLabels[$0] >= 0 }
    #expect(question.all.count == suggested.count && question.all.withoutSuggestion > 0)
    let below = suggested.filter { report.suspicion[$0] < Report.flagThreshold }
    #expect(question.countBelow == below.count)
    let counts = question.labelsBelow.top(report.facts.classes).map(\.count)
    #expect(counts.reduce(0, +) == below.count, "\(counts)")
  }

  private static let flaggedCount = 12

  /// Six samples in a hundred are flagged here; the question says so and can be narrowed to them.
  @Test func theQuestionIsNarrowedToTheFlagged() throws {
    var desk = Desk()
    desk.press("Q*gp")
    guard case .confirm(let question)? = desk.state.prompt else { return #expect(Bool(false), "no question") }
    let below = MadeUpCase.standardCount - Self.flaggedCount
    #expect(question.countBelow == below)
    let screen = desk.session.frame().text()
    #expect(screen.contains("\(below) of the 48 selected lie below the flag threshold of 0.5"))
    #expect(screen.contains("f flagged only"))
    #expect(screen.contains("Mark 48 samples as POISONED?"))
    desk.press("f")
    #expect(desk.session.frame().text().contains("Mark 12 flagged samples as POISONED?"))
    #expect(desk.journal.decisions.isEmpty)
    desk.press("ff")
    #expect(desk.session.frame().text().contains("Mark 12 flagged samples"), "f is a switch")
    desk.press("y")
    let decision = try #require(desk.journal.last)
    #expect(decision.by == "all samples & suspicion >= 0.5")
    #expect(decision.samples.count == Self.flaggedCount)
    let suspicion = desk.state.material.report.suspicion
    let marked = (0..<MadeUpCase.standardCount).filter { desk.verdict($0) == .poisoned }
    #expect(marked == (0..<MadeUpCase.standardCount).filter { suspicion[$0] >= Report.flagThreshold })
  }

  @Test func narrowingAndOverridingGoTogether() throws {
    var desk = Desk()
    desk.press("Q")
    let rows = desk.rows
    // One flagged and one other sample are clean already.
    desk.press("cGcggQ*gpf")
    guard case .confirm(let question)? = desk.state.prompt else { return #expect(Bool(false), "no question") }
    #expect(question.count == Self.flaggedCount - 1)
    #expect(question.candidates.others == [Int32(rows[0])])
    #expect(question.all.others.sorted() == [rows[0], rows[47]].map(Int32.init).sorted())
    desk.press("oy")
    #expect(desk.journal.last?.samples.count == Self.flaggedCount)
    #expect(desk.verdict(rows[47]) == .clean)
  }

  @Test func whereNothingOrAllIsFlaggedThereIsNothingToNarrow() {
    for (keys, isFlagged) in [("Q&suspicion < 0.5<Enter>*gp", false), ("Q&suspicion >= 0.5<Enter>*gp", true)]
    {
      var desk = Desk()
      desk.press(keys + "f")
      guard case .confirm(let question)? = desk.state.prompt else {
        return #expect(Bool(false), "no question")
      }
      #expect(!question.onlyFlagged)
      let screen = desk.session.frame().text()
      #expect(!screen.contains("f flagged only"))
      #expect(screen.contains("lie below the flag threshold") == !isFlagged)
    }
  }

  @Test func theNumberToTypeIsThatOfTheFlagged() {
    var desk = Desk(count: 6000)
    desk.press("Q*gp6000f")
    guard case .confirm(let question)? = desk.state.prompt else { return #expect(Bool(false), "no question") }
    #expect(question.typed == "", "another number is asked for")
    #expect(question.count == 1500)
    desk.press("1500<Enter>")
    #expect(desk.state.marks.count(.poisoned) == 1500)
  }

  @Test func aboveAThousandTheNumberMustBeTyped() {
    var desk = Desk(count: 1200)
    desk.press("Q*gpy")
    #expect(desk.journal.decisions.isEmpty, "y is not enough")
    desk.press("120<Enter>")
    #expect(desk.state.prompt == nil)
    #expect(desk.journal.decisions.isEmpty, "a wrong number is a no")
    desk.press("*gp1201<Backspace>0<Enter>")
    #expect(desk.journal.last?.samples.count == 1200)
    #expect(desk.state.marks.count(.poisoned) == 1200)
  }

  @Test func exactlyAThousandIsAKey() {
    var desk = Desk(count: 1000)
    desk.press("Q*gcy")
    #expect(desk.state.marks.count(.clean) == 1000)
  }

  @Test func theRuleSaysWhatWasSelected() {
    func rule(_ keys: String, _ kind: MadeUpCase = .images) -> String? {
      var desk = Desk(kind)
      desk.press(keys + "gsy")
      return desk.journal.last?.by
    }
    #expect(rule("Q&suspicion >= 0.5<Enter>&label = dog<Enter>*") == "suspicion >= 0.5 & label = dog")
    #expect(rule("T<Enter>&label = dog<Enter>*") == "incident I1 & label = dog")
    #expect(rule("T<Tab>j<Enter>&label = dog<Enter>*") == "finding T1 & label = dog")
    #expect(rule("F*") == "suspicion >= 0.5")
    #expect(rule("C<Tab>*") == "cluster = c2")
    #expect(rule("Q<Space>j<Space>") == "selection of 2 by hand")
    #expect(rule("T<Tab>j*Q<Space>") == "selection of 7 by hand", "changed by hand it is no rule's any more")
    #expect(rule("T<Tab>j*j*") == "selection of 8 by hand", "two rules are none")
    #expect(rule("Qgg<Space>gu*") == "all samples")
  }

  @Test func oneSelectedSampleIsABulkDecisionToo() {
    var desk = Desk()
    desk.press("Q")
    let row = desk.rows[5]
    desk.press("5j<Space>gggpy")
    #expect(desk.verdict(row) == .poisoned)
    #expect(desk.journal.last?.by == "selection of 1 by hand")
    #expect(desk.journal.last?.shown == nil, "it was not the one that was looked at")
    #expect(desk.state.selection.rows.isEmpty)
    #expect(desk.cursor == 0, "the cursor is on another sample")
  }

  @Test func nothingSelectedIsSaid() {
    var desk = Desk()
    desk.press("Qgp")
    #expect(desk.state.prompt == nil)
    #expect(desk.message.hasPrefix("nothing is selected"))
  }

  @Test func whatIsStillBeingFilteredCannotBeSelected() {
    var desk = SlowDesk()
    desk.answerAll()
    desk.press("Q&label = cat<Enter>*")
    #expect(desk.state.selection.rows.isEmpty, "the rows of before are shown, under the new condition")
    desk.answerAll()
    desk.press("*")
    #expect(desk.state.selection.rows.count == desk.state.currentQueue?.rows.count)
    #expect(desk.state.selection.rule == "label = cat")
  }

  @Test func whatIsNotCountedYetCannotBeSelected() {
    var desk = SlowDesk()
    desk.answerAll()
    desk.press("F*<Enter>")
    #expect(desk.state.selection.rows.isEmpty)
    #expect(desk.state.place == .histogram)
    desk.answerAll()
    desk.press("*")
    desk.answerAll()
    #expect(desk.state.selection.rows.count == 12)
  }

  @Test func quittingWaitsForADecisionThatIsBeingMade() {
    var desk = SlowDesk()
    desk.answerAll()
    _ = desk.takeEffects()
    desk.press("T<Tab>j*gpygq")
    #expect(!desk.state.hasQuit && desk.takeAppend() == nil)
    _ = desk.takeEffects()
    #expect(desk.state.messages.text?.contains("not saved yet") == true)
    desk.answerAll()
    guard case .append(let decision)? = desk.takeEffects().first else {
      return #expect(Bool(false), "nothing was written")
    }
    #expect(decision.samples.count == 8)
  }
}
