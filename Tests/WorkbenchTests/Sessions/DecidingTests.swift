import Model
import Review
import Screen
import Testing
import Workbench

/// One sample, one key.
@Suite struct DecidingTests {
  @Test(arguments: [("p", Verdict.poisoned), ("x", .poisoned), ("c", .clean), ("a", .clean), ("s", .unsure)])
  func aVerdictKeyIsWrittenAndGoesOn(_ key: String, _ verdict: Verdict) throws {
    for start in ["Q", "Q<Enter>"] {
      var desk = Desk()
      desk.press(start)
      let row = try #require(desk.state.currentRow)
      desk.press(key)
      let written = try #require(desk.journal.last)
      #expect(written.act == .verdict(verdict))
      #expect(written.samples == [.init(id: MadeUpCase.images.id(row), digest: MadeUpPayloads.digest(row))])
      #expect(written.reviewer == "ada")
      #expect(written.by == nil)
      #expect(written.shown?.rank == 1)
      #expect(written.shown?.suspicion == desk.state.material.report.suspicion[row])
      #expect(written.shown?.version == MadeUpCase.version)
      #expect(desk.verdict(row) == verdict)
      #expect(desk.cursor == 1)
      #expect(desk.message.contains("marked \(verdict.word.uppercased())"))
    }
  }

  @Test func aDecisionGoesToTheNextSampleWithoutOne() {
    var desk = Desk()
    desk.press("Q")
    let rows = desk.rows
    desk.press("jpjpggp")
    // Decided: 1, then 3, then 0; below 0 the next open one is 2.
    #expect([0, 1, 2, 3, 4].map { desk.verdict(rows[$0]) } == [.poisoned, .poisoned, nil, .poisoned, nil])
    #expect(desk.cursor == 2)
  }

  @Test func theLastOneGoesToTheFirstThatIsOpenAndAllAreSaid() {
    var desk = Desk()
    desk.press("TDQ&finding = O1<Enter>Gp")
    #expect(desk.rows.count == 2)
    #expect(desk.cursor == 0)
    desk.press("p")
    #expect(desk.message.contains("all 2 here are decided"))
    #expect(desk.journal.decisions.count == 2)
  }

  @Test func spaceGoesOnWithoutADecision() {
    var desk = Desk()
    desk.press("Qjpk<Enter><Space>")
    #expect(desk.cursor == 2, "over the decided one")
    #expect(desk.journal.decisions.count == 1)
    #expect(desk.state.selection.rows.isEmpty)
  }

  @Test func bracesStopAtSamplesWithoutAVerdict() {
    var desk = Desk()
    desk.press("Qjppgg}")
    #expect(desk.cursor == 3)
    desk.press("{")
    #expect(desk.cursor == 0)
    desk.press("3}")
    #expect(desk.cursor == 5)
    desk.press("G}")
    #expect(desk.cursor == MadeUpCase.standardCount - 1)
    #expect(desk.message.contains("below"))
  }

  // MARK: Labels

  @Test func aDigitChoosesALabel() {
    var desk = Desk()
    desk.press("Q<Enter>")
    let row = desk.rows[0]
    desk.press("r2")
    #expect(desk.verdict(row) == .relabel("dog"))
    #expect(desk.journal.last?.act == .verdict(.relabel("dog")))
    desk.press("r9")
    #expect(desk.state.prompt != nil, "there is no ninth label")
    desk.press("<Esc>")
    #expect(desk.journal.decisions.count == 1)
  }

  @Test func typingChoosesALabel() {
    var desk = Desk(.texts)
    desk.press("Q<Enter>rQUO<Enter>")
    #expect(desk.verdict(desk.rows[0]) == .relabel(MadeUpCase.texts.classes[3]))
    // A whole name that nothing else begins with needs no Enter.
    desk.press("rham")
    #expect(desk.verdict(desk.rows[1]) == .relabel("ham"))
    desk.press("rzzz<Enter>")
    #expect(desk.state.prompt != nil, "no label holds it")
    desk.press("n<C-c>")
    #expect(desk.journal.decisions.count == 2)
    // One that no sample has yet takes a question more.
    desk.press("rzzz<Enter>y")
    #expect(desk.verdict(desk.rows[2]) == .relabel("zzz"))
  }

  @Test func digitsAreTypedWhereNamesBeginWithThem() {
    var desk = Desk(.vectors)
    desk.press("Q<Enter>r2")
    #expect(desk.verdict(desk.rows[0]) == .relabel("2"))
  }

  @Test func theLabelGoesToTheSampleItWasAskedFor() {
    var desk = SlowDesk()
    desk.answerAll()
    desk.press("Q/img-40<Enter>r")
    // The search ends while the labels are shown, and moves the cursor.
    desk.answerAll()
    desk.press("1")
    #expect(desk.takeEffects().allSatisfy { if case .append = $0 { false } else { true } })
    #expect(desk.state.messages.text?.contains("changed") == true)
  }

  @Test func theSuggestedLabelIsOneKey() {
    var desk = Desk()
    desk.press("QR")
    #expect(desk.journal.decisions.isEmpty)
    #expect(desk.message.contains("no label is suggested"))
    desk.press("&suggested != none<Enter>")
    let row = desk.rows[0]
    desk.press("R")
    #expect(desk.verdict(row) == desk.state.material.suggestedLabel(of: row).map { .relabel($0) })
  }

  @Test func aLabelAtThePromptMustExist() {
    var desk = Desk()
    desk.press("Q:relabel dgo<Enter>")
    #expect(desk.message == "no label dgo; did you mean dog?")
    desk.press("<Esc>:relabel 船 boat<Enter>")
    #expect(desk.verdict(desk.rows[0]) == .relabel("船 boat"))
  }

  // MARK: What never decides

  @Test func pastedTextDecidesNothing() {
    var desk = Desk()
    desk.press("Q<Enter>")
    desk.session.send(.paste("pppp\ncc\n"))
    desk.press("r")
    desk.session.send(.paste("1"))
    desk.press("<Esc>T*gp")
    desk.session.send(.paste("y\n"))
    desk.press("<Esc>Q:")
    desk.session.send(.paste("poisoned\n"))
    #expect(desk.journal.decisions.isEmpty)
    guard case .line(let line)? = desk.state.prompt else { return #expect(Bool(false), "no prompt") }
    #expect(line.string == "poisoned ")
  }

  @Test func whatIsNoKeyOfTheScreenDecidesNothing() {
    var desk = Desk()
    desk.press("Q")
    desk.session.press([
      .function(7), .delete, .control("p"), .control("c"), .character("P"), .character("É"),
    ])
    desk.press("gz")
    #expect(desk.message == "gz is not bound here: ? shows the keys")
    #expect(desk.journal.decisions.isEmpty)
    #expect(desk.cursor == 0)
  }

  /// The same verdict again is one line in the journal, and the next sample; another one is a line.
  @Test func aVerdictThatStandsIsNotWrittenAgain() {
    var desk = Desk()
    desk.press("Qp")
    let id = desk.journal.last?.samples.first?.id
    desk.press("kp")
    #expect(desk.journal.decisions.count == 1 && desk.cursor == 1)
    #expect(desk.message.contains("is already POISONED"))
    desk.press("kc")
    #expect(desk.journal.decisions.count == 2 && desk.journal.last?.samples.first?.id == id)
  }

  /// Enter takes the suggestion where there is one.
  @Test func thePickerBeginsOnTheSuggestion() throws {
    var desk = Desk()
    let material = desk.state.material
    desk.press("Q&not suggested = none<Enter>r<Enter>")
    let decision = try #require(desk.journal.last)
    let row = try #require(material.report.ids.firstIndex { $0 == decision.samples.first?.id })
    let suggested = try #require(material.suggestedLabel(of: row))
    #expect(decision.act == .verdict(.relabel(suggested)))
  }

  @Test func escapeForgetsACountAndHalfASequence() {
    var desk = Desk()
    desk.press("Q12<Esc>j")
    #expect(desk.cursor == 1)
    desk.press("g<Esc>p")
    #expect(desk.journal.last?.samples.count == 1)
    desk.press("99999999999j")
    #expect(desk.cursor == MadeUpCase.standardCount - 1)
  }

  @Test func aTerminalThatIsTooSmallTakesUndoAndQuitAlone() {
    var desk = Desk()
    desk.press("Q<Enter>pp")
    desk.session.send(.resized(ScreenSize(height: 10, width: 40)))
    desk.press("pcsrR<Enter>*gpy1:quit<Enter>")
    // The u of "quit" and the q: quit comes first here, so a session of its own shows the undo.
    #expect(desk.journal.decisions.count == 2)
    #expect(desk.state.hasQuit)
    var other = Desk()
    other.press("Q<Enter>pp")
    other.session.send(.resized(ScreenSize(height: 10, width: 40)))
    other.press("u")
    #expect(other.journal.last?.act == .undo(2))
    other.session.send(.resized(Desk.standardSize))
    #expect(other.state.context == .review)
    #expect(other.cursor == 1)
  }
}
