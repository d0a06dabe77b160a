import Model
import Review
import Screen
import Testing
import Workbench

@Suite struct BookmarkTests {
  @Test func aLetterReturnsToScreenAndSample() throws {
    var desk = Desk()
    desk.press("Q7j<Enter>ma")
    let row = try #require(desk.state.currentRow)
    desk.press("qGD'a")
    #expect(desk.state.place == .review(0) && desk.state.currentRow == row)
    desk.press("Q&label = cat<Enter>3jVmb")
    let other = desk.state.currentRow
    desk.press("D&")
    desk.press("Q&<Enter>ggF'b")
    #expect(desk.state.context == .sheet && desk.state.currentRow == other)
    #expect(desk.state.currentQueue?.filters.map(\.source) == ["label = cat"])
    desk.press("Tmc" + "D'c")
    #expect(desk.state.place == .findings)
  }

  @Test func theyAreListedAndKeptForTheNextSession() throws {
    var desk = Desk()
    desk.press("T<Enter>jjmaD'")
    #expect(desk.session.frame().text().contains("a  queue #"))
    let sample = try #require(desk.state.session.bookmarks["a"]?.queue?.sample)
    desk.press("<Esc>gq")
    var next = Desk(memory: desk.state.memory)
    next.press("'a")
    #expect(next.state.currentQueue?.rule?.hasPrefix("incident") == true)
    #expect(next.state.currentRow.map { MadeUpCase.images.id($0) } == sample)
    #expect(!next.message.contains("welcome back"))
  }

  @Test func whatIsNotThereIsSaid() {
    var desk = Desk()
    desk.press("'z")
    #expect(desk.message.hasPrefix("no bookmark z"))
    desk.press("m<Enter>")
    #expect(desk.state.prompt == nil && desk.state.session.bookmarks.isEmpty)
    desk.press("m<Esc>")
    #expect(desk.state.session.bookmarks.isEmpty)
    desk.press(":bookmark ab<Enter>")
    #expect(desk.state.messages.weight == .error)
    desk.press("<Esc>Qma&id = img-20<Enter>'a")
    #expect(desk.state.currentQueue?.filters.isEmpty == true, "another list, without the condition")
  }

  @Test func disputesAndDecisionsAreReturnedTo() {
    var desk = Desk(after: DisputesTests.own, beside: DisputesTests.beside())
    desk.press("Ajma")
    let row = desk.state.currentRow
    desk.press("L<Enter>mbD'a")
    #expect(desk.state.currentQueue?.isOfDisputes == true && desk.state.currentRow == row)
    desk.press("D'b")
    #expect(desk.state.currentQueue?.rule == "decision 3" && desk.rows == [6])
  }
}
