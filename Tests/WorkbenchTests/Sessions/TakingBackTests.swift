import Model
import Review
import Testing
import Workbench

/// Undo is a new line of the journal, and brings back to the sample.
@Suite struct TakingBackTests {
  @Test func undoIsANewLineAndReturnsToTheSample() {
    var desk = Desk()
    desk.press("Q<Enter>")
    let rows = desk.rows
    desk.press("p3jc")
    #expect(desk.cursor == 5)
    desk.press("u")
    #expect(desk.journal.decisions.count == 3)
    #expect(desk.journal.last?.act == .undo(2))
    #expect(desk.cursor == 4)
    #expect(desk.verdict(rows[4]) == nil)
    desk.press("U")
    #expect(desk.journal.last?.act == .undo(1))
    #expect(desk.cursor == 0)
    #expect(desk.state.marks.decided == 0)
    desk.press("<Backspace>")
    #expect(desk.message == "nothing to undo")
    #expect(desk.journal.decisions.count == 4)
  }

  @Test func undoReturnsToTheSampleAfterTheOrderChanged() {
    var desk = Desk()
    desk.press("Q")
    let row = desk.rows[2]
    desk.press("2jp:sort id desc<Enter>ggu")
    #expect(desk.verdict(row) == nil)
    #expect(desk.state.currentRow == row)
  }

  @Test func undoShowsTheVerdictOfBefore() {
    var desk = Desk()
    desk.press("Q")
    let row = desk.rows[0]
    desk.press("pkc")
    #expect(desk.verdict(row) == .clean)
    desk.press("u")
    #expect(desk.verdict(row) == .poisoned)
    #expect(desk.message.contains("now POISONED"))
  }

  @Test func redoDecidesAgainUntilSomethingElseIsDecided() {
    var desk = Desk()
    desk.press("Q")
    let rows = desk.rows
    desk.press("pcuu<C-r>")
    #expect([rows[0], rows[1]].map(desk.verdict) == [.poisoned, nil])
    #expect(desk.journal.decisions.count == 5)
    #expect(desk.journal.last?.act == .verdict(.poisoned))
    desk.press("<C-r>")
    #expect([rows[0], rows[1]].map(desk.verdict) == [.poisoned, .clean])
    desk.press("<C-r>")
    #expect(desk.message == "nothing to redo")
    desk.press("uGs<C-r>")
    #expect(desk.message == "nothing to redo")
    #expect(desk.verdict(rows[1]) == nil)
  }

  @Test func redoOfSamplesThatAreNotHereMarksTheRightOnes() {
    // The journal may be older than the dataset: one of the samples is gone.
    let old = Decision.made(1, on: ["gone", "img-8", "img-9"], .verdict(.clean))
    var desk = Desk(after: [old])
    #expect(desk.verdict(8) == .clean)
    desk.press("u<C-r>")
    #expect(desk.journal.decisions.count == 3)
    #expect(desk.journal.last?.samples.map(\.id) == ["gone", "img-8", "img-9"])
    #expect((0..<MadeUpCase.standardCount).filter { desk.verdict($0) != nil } == [8, 9])
    // What follows of one of them must reach its row and no other.
    desk.journal.fromElsewhere = [.made(by: "bob", on: ["img-8"], .verdict(.poisoned))]
    desk.press("Qp")
    #expect([8, 9].map(desk.verdict) == [.poisoned, .clean])
  }

  @Test func aBulkDecisionIsOneStep() {
    var desk = Desk()
    desk.press("T<Tab>j*gpyu")
    #expect(desk.journal.decisions.count == 2)
    #expect(desk.state.marks.decided == 0)
    desk.press("<C-r>")
    #expect(desk.state.marks.count(.poisoned) == 8)
  }

  @Test func theLogTakesOneLineBack() {
    var desk = Desk()
    desk.press("Q")
    let rows = desk.rows
    desk.press("pcsLju")
    #expect(desk.journal.last?.act == .undo(2))
    #expect([0, 1, 2].map { desk.verdict(rows[$0]) } == [.poisoned, nil, .unsure])
    // The new line stands on top; the cursor stays with the decision that it was on.
    #expect(desk.state.loggedDecision?.sequence == 2)
    desk.press("u")
    #expect(desk.message == "already undone")
    desk.press("ggu")
    #expect(desk.message.hasPrefix("this line is itself an undo"))
    #expect(desk.journal.decisions.count == 4)
  }

  @Test func theLogOpensTheSamplesOfADecision() {
    var desk = Desk()
    desk.press("T<Tab>j*gpyL<Enter>")
    #expect(desk.rows.sorted() == (0..<MadeUpCase.standardCount).filter(MadeUpCase.isPoisoned))
    desk.press("q")
    #expect(desk.state.place == .log)
  }

  @Test func decisionsOfOthersAreNotTakenBack() {
    var desk = Desk(after: [.made(1, by: "bob", on: ["img-8"], .verdict(.clean))])
    desk.press("u")
    #expect(desk.message == "nothing to undo")
    #expect(desk.verdict(8) == .clean)
  }
}
