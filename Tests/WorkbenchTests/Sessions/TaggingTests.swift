import Model
import Review
import Screen
import Testing
import Workbench

/// Words on samples.
@Suite struct TaggingTests {
  @Test func aTagIsALineOfTheJournalAndTheSampleStays() throws {
    for start in ["Q", "Q<Enter>", "QV"] {
      var desk = Desk()
      desk.press(start)
      let row = try #require(desk.state.currentRow)
      desk.press("tcrop<Enter>")
      let written = try #require(desk.journal.last)
      #expect(written.act == .tag("crop", isSet: true) && written.reviewer == "ada")
      #expect(written.samples == [.init(id: MadeUpCase.images.id(row), digest: MadeUpPayloads.digest(row))])
      #expect(desk.state.marks.tags.of(row) == ["crop"])
      #expect(desk.cursor == 0 && desk.verdict(row) == nil && desk.message.contains("tagged crop"))
      desk.press(":tag ask-vendor<Enter>t")
      #expect(desk.line(22).contains("Tab: ask-vendor crop"))
      desk.press("<Esc>:tag crop<Enter>")
      #expect(desk.message.contains("has the tag crop") && desk.journal.decisions.count == 2)
      desk.press(":untag crop<Enter>")
      #expect(desk.journal.last?.act == .tag("crop", isSet: false))
      #expect(desk.state.marks.tags.of(row) == ["ask-vendor"])
    }
  }

  @Test func undoingEverythingReturnsToTheStart() {
    var desk = Desk(after: [.made(1, by: "bob", on: ["img-8"], .tag("old", isSet: true))])
    #expect(desk.state.marks.tags.of(8) == ["old"])
    desk.press("Qtx<Enter>jty<Enter>pkcgg:untag x<Enter>*:bulk-tag all<Enter>T*gTgroup<Enter>")
    #expect(desk.state.marks.tags.count("all") == MadeUpCase.standardCount)
    let taken = desk.journal.decisions.count
    #expect(taken == 8)
    for _ in 0..<7 { desk.press("u") }
    #expect(desk.state.marks.tags.words == ["old"] && desk.state.marks.decided == 0)
    #expect(
      (0..<MadeUpCase.standardCount).allSatisfy {
        desk.journal.fold.tags(of: MadeUpCase.images.id($0)) == ($0 == 8 ? ["old"] : [])
      })
    desk.press("u")
    #expect(desk.message == "nothing to undo", "the tag of another is not taken back")
    for _ in 0..<7 { desk.press("<C-r>") }
    #expect(desk.state.marks.tags.count("all") == MadeUpCase.standardCount && desk.state.marks.decided == 1)
    #expect(desk.state.marks.tags.words == ["all", "group", "old", "y"])
  }

  @Test func aSelectionIsTaggedInOneStep() {
    var desk = Desk()
    desk.press("Q<Space><Space>jtz<Enter>gTz<Enter>")
    #expect(desk.journal.decisions.map { $0.samples.count } == [1, 2])
    #expect(desk.message.contains("2 samples tagged z") && desk.state.selection.rows.isEmpty)
    desk.press("*gTz<Enter>")
    #expect(desk.journal.last?.samples.count == MadeUpCase.standardCount - 3, "those that have it keep it")
    desk.press("*gTz<Enter>")
    #expect(desk.message.contains("all of 48 selected samples tagged z"))
    desk.press(":bulk-untag z<Enter>u")
    #expect(desk.state.marks.tags.count("z") == MadeUpCase.standardCount)
  }

  @Test func theyAreFilteredSortedCompletedAndCounted() {
    var desk = Desk(.texts)
    desk.press("Qjta<Enter>tb<Enter>jtb<Enter>")
    let rows = desk.rows
    #expect(desk.state.columns(of: desk.state.views.main).contains(.tag))
    desk.press("&tag = <Tab><Enter>")
    #expect(desk.rows == [rows[1]])
    desk.press("&<Enter>&tag ~ b<Enter>")
    #expect(Set(desk.rows) == [rows[1], rows[2]])
    desk.press("&<Enter>&tag = none<Enter>")
    #expect(desk.rows.count == MadeUpCase.standardCount - 2)
    desk.press("&<Enter>&tag = nobody<Enter>")
    #expect(desk.rows.isEmpty)
    desk.press("&<Enter>:sort tag asc<Enter>gg")
    #expect(Array(desk.rows.prefix(2)) == [rows[1], rows[2]])
    desk.press("S<BackTab>")
    for _ in 0..<40 where desk.state.views.pivot.column != .tag { desk.press("<Tab>") }
    let pivot = desk.state.views.pivot.pivot
    #expect(pivot?.rows.map(\.name) == ["a", "b", "none"])
    #expect(pivot?.rows.map(\.count.samples) == [1, 2, MadeUpCase.standardCount - 2])
    #expect(pivot?.all.samples == MadeUpCase.standardCount, "a sample with two tags is one sample")
  }

  @Test(arguments: ["two words", "none", String(repeating: "x", count: 33)])
  func whatIsNoShortWordIsRefused(_ word: String) {
    var desk = Desk()
    desk.press("Qt\(word)<Enter>")
    #expect(desk.journal.decisions.isEmpty && desk.state.messages.weight == .error)
    desk.press("<Esc>t<Enter>")
    #expect(desk.message == "no tag was given")
  }
}
