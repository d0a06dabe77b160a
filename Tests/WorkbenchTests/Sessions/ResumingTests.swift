import Model
import Review
import Testing
import Workbench

/// The next session begins where the last one stopped.
@Suite struct ResumingTests {
  private func left(_ desk: Desk) throws -> ViewMemory {
    try #require(
      desk.journal.others.compactMap { if case .saveView(let memory) = $0 { memory } else { nil } }.last)
  }

  @Test func theQueueOfAnIncidentIsOffered() throws {
    var first = Desk()
    first.press("T<Enter>ppp<Enter>gq")
    let memory = try left(first)
    #expect(memory.other?.rule == "incident I1")
    var second = Desk(after: first.journal.decisions, memory: memory)
    let step = try #require(second.state.suggestedSteps.first)
    let open = first.rows.count - 3
    #expect(step.text == "Resume I1: \(open) of \(first.rows.count) open, at #\(memory.other?.sample ?? "")")
    second.press("<Enter>")
    #expect(second.rows == first.rows && second.cursor == 3)
    #expect(second.message.hasPrefix("welcome back: the queue stands at 4"))
    #expect(second.state.currentQueue?.rule == "incident I1")
    // Once it is opened it is no longer offered.
    second.press("D")
    #expect(second.state.suggestedSteps.allSatisfy { !$0.text.hasPrefix("Resume") })
  }

  @Test func aConditionIsOffered() throws {
    var first = Desk()
    first.press("F<Enter>pp&verdict = none<Enter>gq")
    var second = Desk(after: first.journal.decisions, memory: try left(first))
    second.press("<Enter>")
    #expect(second.rows == first.rows && second.cursor == first.cursor)
  }

  @Test func aNewCaseOfTheSameDataBeginsAnew() throws {
    var first = Desk()
    first.press("Qp&verdict = poisoned<Enter>gq")
    let second = Desk(memory: try left(first))
    #expect(second.state.views.main.filters.isEmpty)
    #expect(second.state.suggestedSteps.allSatisfy { !$0.text.hasPrefix("Resume") })
    #expect(second.message.isEmpty)
  }

  @Test func whatIsDecidedIsNotOffered() {
    var desk = Desk()
    desk.press("Q&suspicion >= 0.5<Enter>*gpyq")
    #expect(desk.state.suggestedSteps.allSatisfy { !$0.text.contains("flagged") })
    #expect(desk.line(0...23).contains("flagged decided"))
  }

  @Test func redoShowsWhatItNames() {
    var desk = Desk()
    desk.press("Qp5ju")
    let row = desk.rows[0]
    #expect(desk.state.currentRow == row)
    desk.press("10j<C-r>")
    #expect(desk.verdict(row) == .poisoned)
    #expect(desk.state.currentRow == row)
    #expect(desk.message.contains("#\(MadeUpCase.images.id(row)) ") || desk.message.contains("<202E>"))
  }
}
