import Model
import Review
import Screen
import Testing
import Workbench

/// What goes wrong, what others do at the same time, and what the next session finds.
@Suite struct FaultTests {
  @Test func aFailedSaveIsSaidAndEndsTheDeciding() {
    var desk = Desk()
    desk.press("Q")
    let row = desk.rows[1]
    desk.press("p")
    desk.journal.failure = "No space left \u{1B}[2Jon device"
    desk.press("p")
    #expect(desk.message.hasPrefix("NOT saved: No space left <1B>[2Jon device"))
    #expect(desk.state.messages.weight == .error)
    #expect(desk.verdict(row) == nil)
    #expect(desk.cursor == 1)
    #expect(desk.line(23).contains("READ-ONLY"))
    desk.journal.failure = nil
    desk.press("cuR*gpyT<Tab>j*gc")
    #expect(desk.journal.decisions.count == 1, "a failed write is never tried again")
    #expect(desk.message.hasPrefix("NOT saved"), "it stays until Esc")
    desk.press("<Esc>p")
    #expect(!desk.message.hasPrefix("NOT saved"))
  }

  @Test func aReadOnlySessionDecidesNothing() {
    let before = [Decision.made(1, on: ["img-8"], .verdict(.clean))]
    var desk = Desk(after: before, readOnly: "somebody else reviews")
    #expect(desk.verdict(8) == .clean)
    for keys in [
      "Qp", "Qr", "Q&suggested != none<Enter>R", "u", "T*gp", "T*gr", "Lu", "Q:relabel cat<Enter>",
    ] {
      desk.press(keys)
      #expect(desk.message == "read-only: somebody else reviews", "\(keys)")
      desk.press("<Esc>")
    }
    #expect(desk.journal.decisions == before)
    #expect(desk.line(23).contains("READ-ONLY"))
  }

  @Test func decisionsOfOthersAppearWithTheNextOfOurs() {
    var desk = Desk()
    desk.press("Q")
    let rows = desk.rows
    desk.journal.fromElsewhere = [
      .made(by: "bob", on: ["img-8", "img-9", "gone"], .verdict(.clean)),
      .made(by: "bob", on: ["img-12"], .verdict(.poisoned)), .made(by: "bob", on: ["img-12"], .undo(2)),
    ]
    desk.press("p")
    #expect(desk.journal.last?.sequence == 4)
    #expect([8, 9, 12, rows[0]].map(desk.verdict) == [.clean, .clean, nil, .poisoned])
    #expect(desk.state.review == desk.journal.fold)
    #expect(desk.line(23).contains("P 1 C 2"))
    desk.press("u")
    #expect(desk.journal.last?.act == .undo(4), "what is taken back is our own")
  }

  @Test func anotherVerdictOnTheSampleIsOvertakenByOurs() {
    var desk = Desk()
    desk.press("Q")
    let row = desk.rows[0]
    desk.journal.fromElsewhere = [.made(by: "bob", on: [MadeUpCase.images.id(row)], .verdict(.clean))]
    desk.press("p")
    #expect(desk.verdict(row) == .poisoned)
    desk.press("u")
    #expect(desk.verdict(row) == .clean, "bob's stands")
  }

  // MARK: The next session

  @Test func aJournalIsFoldedIntoMarks() {
    let desk = Desk(after: [
      .made(1, on: ["img-8"], .verdict(.clean)), .made(2, on: ["img-9", "img-10"], .verdict(.unsure)),
      .made(3, on: ["img-8"], .undo(1)), .made(4, on: ["img-9"], .verdict(.relabel("dog"))),
      .made(5, on: ["gone"], .verdict(.poisoned)),
    ])
    #expect([8, 9, 10].map(desk.verdict) == [nil, .relabel("dog"), .unsure])
    #expect(desk.state.marks.decided == 2)
  }

  @Test func theNextSessionBeginsAtTheSampleOfTheLast() throws {
    var first = Desk()
    first.press("Q&label = cat<Enter>:sort id desc<Enter>gg4jgq")
    let memory = try #require(
      first.journal.others.compactMap { if case .saveView(let memory) = $0 { memory } else { nil } }.last)
    #expect(memory.main.filters == ["label = cat"])
    #expect(memory.main.sample == first.state.currentRow.map { MadeUpCase.images.id($0) })
    var second = Desk(memory: memory)
    #expect(second.message.isEmpty, "nobody is greeted who has decided nothing")
    second.press("Q")
    #expect(second.rows == first.rows)
    #expect(second.state.currentRow == first.state.currentRow)
    #expect(second.cursor == 4)
  }

  @Test func memoryThatDoesNotFitIsLeftOut() {
    let desk = Desk(
      memory: ViewMemory(
        main: .init(
          filters: ["nonsense = 1", "label = cat"], sortColumn: "nonsense", descending: false, sample: "gone"),
        other: .init(rule: "incident I99", sample: "gone")))
    #expect(desk.state.views.main.filters.map(\.source) == ["label = cat"])
    #expect(desk.state.views.main.sort == .bySuspicion)
    #expect(desk.state.views.main.list.cursor == 0)
  }

  // MARK: Messages

  @Test func errorsStayUntilEscapeAndOthersFade() {
    var desk = Desk()
    desk.press("Qz")
    #expect(desk.state.messages.weight == .warning)
    desk.press("j")
    #expect(desk.message.isEmpty)
    desk.session.send(.notice("disk is\u{7} full", isError: true))
    desk.press("jkp:sort label<Enter>/img-4<Enter>")
    #expect(desk.message == "disk is<07> full")
    desk.session.send(.notice("another", isError: true))
    #expect(desk.message == "another", "the newest error")
    desk.press("<Esc>")
    #expect(desk.message.isEmpty)
  }

  @Test func copyAndExportAreAskedFor() {
    var desk = Desk()
    desk.press("Qy:write csv /tmp/a b.csv<Enter>:w jsonl<Enter>")
    #expect(desk.message.hasPrefix("write FORMAT PATH"))
    let copied = desk.journal.others.compactMap { if case .copy(let id, _) = $0 { id } else { nil } }
    #expect(copied == [MadeUpCase.images.id(desk.rows[0])])
    let exports = desk.journal.others.compactMap { effect -> [String]? in
      if case .export(let format, let path) = effect { [format, path] } else { nil }
    }
    #expect(exports == [["csv", "/tmp/a b.csv"]])
    desk.press("<Esc>:w corected o\u{7}<Enter>")
    #expect(
      desk.message.hasPrefix(
        "no format corected; there are csv, jsonl, clean, corrected, drop-list, keep-list or transcript"))
  }

  /// An id that would end a bracketed paste, or hide, is copied in a form that does neither.
  @Test func whatIsCopiedCanBePasted() {
    for (id, copied) in [
      ("img-3 'x'", nil), ("a\u{1B}[201~rm\n", #"$'a\033[201~rm\012'"#),
      ("\u{202E}'\\\u{E9}", #"$'\342\200\256\'\\\303\251'"#),
      ("\u{7}1", #"$'\0071'"#),
    ] as [(String, String?)] {
      let (text, isQuoted) = pastable(id)
      #expect(text == copied ?? id)
      #expect(isQuoted == (copied != nil))
      #expect(displayText(text) == text)
    }
    var desk = Desk()
    desk.press("Q:goto img\u{202E}gnp.5<Enter>y")
    let last = desk.journal.others.compactMap { effect -> String? in
      if case .copy(let text, let isQuoted) = effect, isQuoted { text } else { nil }
    }.last
    #expect(last == #"$'img\342\200\256gnp.5'"#)
  }

  /// What is too long for its line is shown whole, until it is dismissed.
  @Test func aLongMessageGrowsOverTheScreen() {
    var desk = Desk()
    desk.press("Q")
    let before = desk.session.frame()
    let words = (1...40).map { "word\($0)" }.joined(separator: " ")
    desk.session.send(.notice(words, isError: false))
    let shown = desk.session.frame().text()
    for number in 1...40 { #expect(shown.contains("word\(number)")) }
    #expect(FrameCheck.problem(in: FrameCheck.frame(desk.state)) == nil)
    desk.press("<Esc>")
    #expect(desk.session.frame() == before)
  }

  /// Where the decided samples lie is not known before the first summary: no number is better than a wrong one.
  @Test func theFirstFrameDoesNotSayThatNothingIsDecided() {
    var desk = SlowDesk(after: [.made(1, on: ["img-8"], .verdict(.clean))])
    #expect(FrameCheck.frame(desk.state).text().contains("P … C …"))
    #expect(FrameCheck.frame(desk.state).text().contains("… decided"))
    desk.answerAll()
    #expect(FrameCheck.frame(desk.state).text().contains("P 0 C 1"))
    #expect(FrameCheck.frame(SlowDesk().state).text().contains("P 0 C 0"))
  }

  @Test func unknownCommandsAreNamedWithAHint() {
    var desk = Desk()
    desk.press(":qeue<Enter>")
    #expect(desk.message == "no command qeue; did you mean :queue?")
    desk.press("<Esc>:poisoned<Enter>")
    #expect(desk.message == ":poisoned does not work here, only on: queue, sheet, review")
    desk.press("<Esc>:queue now<Enter>")
    #expect(desk.message == ":queue takes nothing after it")
    desk.press("<Esc>:\u{202E}<Enter>")
    #expect(desk.message.hasPrefix("no command <202E>"))
  }
}
