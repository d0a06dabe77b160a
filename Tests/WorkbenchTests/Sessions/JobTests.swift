import Model
import Screen
import Testing
import Workbench

/// Long work beside the keys: it is replaced, cancelled, and late.
@Suite struct JobTests {
  @Test func aNewerJobTakesThePlaceOfTheOlder() throws {
    var desk = SlowDesk()
    desk.answerAll()
    desk.press("Q&label = cat<Enter>:sort id<Enter>")
    #expect(desk.work.count == 2)
    let old = try #require(desk.work.first)
    desk.press("&suspicion < 0.5<Enter>")
    let rows = desk.state.views.main.rows
    desk.send(
      .workDone(generation: old.generation, old.request.run(on: desk.samples, isCancelled: { false })))
    #expect(desk.state.views.main.rows == rows, "an answer that nobody waits for changes nothing")
    #expect(desk.state.views.main.phase == .waiting)
    desk.answerAll()
    #expect(desk.state.views.main.phase == .ready)
    let kept = desk.state.views.main.rows.map(Int.init)
    let order = SortOracle(state: desk.state, samples: desk.samples).sorted(by: .id, descending: false)
    #expect(kept == order.filter(Set(kept).contains))
    #expect(kept.allSatisfy { desk.state.material.label(of: $0) == "cat" && $0 % 6 != 5 })
    #expect(desk.state.jobs.title == nil)
  }

  @Test func theRowsOfBeforeStayAndTheCursorKeepsItsSample() {
    var desk = SlowDesk()
    desk.answerAll()
    desk.press("Q:sort id<Enter>")
    let before = desk.state.views.main.rows
    desk.press("7j")
    let sample = desk.state.currentRow
    #expect(desk.state.views.main.rows == before)
    desk.answerAll()
    #expect(desk.state.views.main.rows != before)
    #expect(desk.state.currentRow == sample, "the cursor was moved after the sort was asked for")
  }

  @Test func controlCStopsAJobAndKeepsTheRows() {
    var desk = SlowDesk()
    desk.answerAll()
    desk.press("Q&label = cat<Enter>")
    let before = desk.state.views.main.rows
    _ = desk.takeEffects()
    desk.press("<C-c>")
    #expect(desk.takeEffects().contains { if case .cancelWork = $0 { true } else { false } })
    #expect(desk.state.views.main.phase == .stopped)
    #expect(desk.state.jobs.title == nil)
    desk.answerAll()
    #expect(desk.state.views.main.rows == before)
    desk.press("=")
    desk.answerAll()
    #expect(desk.state.views.main.phase == .ready)
    #expect(desk.state.views.main.rows.count < before.count)
    desk.press("<C-c>")
    #expect(desk.state.messages.text?.hasPrefix("no job is running") == true)
  }

  @Test(arguments: ["F", "C", "W", "S"])
  func aStoppedPlotStaysStopped(_ key: String) {
    var desk = SlowDesk()
    desk.answerAll()
    desk.press(key)
    #expect(desk.work.count == 1)
    desk.press("<C-c>")
    #expect(desk.work.count == 1, "no new request")
    #expect(desk.state.jobs.title == nil)
    desk.press("q" + key)
    #expect(desk.work.count == 2, "asked for again when it is opened again")
  }

  @Test func aStoppedSurveyIsMadeWhenItIsNeeded() {
    var desk = SlowDesk()
    desk.press("<C-c>")
    desk.answerAll()
    #expect(desk.state.summary == nil)
    desk.press("Q")
    desk.answerAll()
    #expect(desk.state.summary != nil)
    #expect(desk.state.views.main.rows.count == MadeUpCase.standardCount)
  }

  @Test func controlCStopsADecisionForMany() {
    var desk = SlowDesk()
    desk.answerAll()
    desk.press("T<Tab>j*gpy")
    #expect(desk.state.session.isSaving)
    _ = desk.takeEffects()
    desk.press("<C-c>")
    desk.answerAll()
    #expect(!desk.state.session.isSaving)
    #expect(!desk.takeEffects().contains { if case .append = $0 { true } else { false } })
    #expect(desk.state.selection.rows.count == 8)
  }

  @Test func whatOthersDecidedIsFoundEvenAfterAStop() throws {
    var desk = SlowDesk()
    desk.answerAll()
    desk.press("Qp")
    var decision = try #require(
      desk.takeEffects().compactMap { if case .append(let decision) = $0 { decision } else { nil } }.first)
    decision.sequence = 2
    desk.send(.saved(decision, after: [.made(1, by: "bob", on: ["img-8"], .verdict(.clean))]))
    desk.press("<C-c>")
    desk.answerAll()
    #expect(desk.state.marks[8] == .clean)
    #expect(desk.state.jobs.title == nil)
  }

  @Test func whileADecisionIsBeingSavedNoOtherIsTaken() {
    var desk = SlowDesk()
    desk.answerAll()
    desk.press("Qp")
    #expect(desk.state.messages.text == "saving…")
    #expect(desk.state.marks.decided == 0, "not before it is on the disk")
    desk.press("cu")
    let appends = desk.takeEffects().filter { if case .append = $0 { true } else { false } }
    #expect(appends.count == 1)
  }

  @Test func keysWorkBeforeTheSurveyIsDone() {
    var desk = SlowDesk()
    desk.press("QjG/x<Enter>pT<Enter><Enter>pDFCL?gg")
    desk.answerAll()
    desk.press("Q")
    #expect(desk.state.views.main.rows.count == MadeUpCase.standardCount)
  }
}
