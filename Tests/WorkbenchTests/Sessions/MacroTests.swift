import Model
import Review
import Screen
import Testing
import TestSupport
import Workbench

/// Keys under letters.
@Suite struct MacroTests {
  @Test func whatWasRecordedIsPlayedWithACount() {
    var desk = Desk()
    desk.press("QMa")
    #expect(desk.session.frame().text().contains("REC a"))
    desk.press("pjM")
    #expect(desk.message.contains("macro a: 2 keys") && !desk.session.frame().text().contains("REC"))
    let rows = desk.rows
    desk.press("3@a")
    // A verdict goes on by itself, and j over one more.
    #expect([0, 2, 4, 6].allSatisfy { desk.verdict(rows[$0]) == .poisoned })
    #expect(desk.journal.decisions.count == 4 && desk.cursor == 8)
    desk.press("u")
    #expect(desk.verdict(rows[6]) == nil && desk.verdict(rows[4]) == .poisoned, "one step a decision")
  }

  @Test func promptsAndQuestionsArePlayedToo() {
    var desk = Desk()
    desk.press("QMbr2&verdict = none<Enter>ggM")
    let first = desk.journal.decisions.count
    desk.press("&<Enter>2@b")
    #expect(desk.journal.decisions.count == first + 2)
    #expect(desk.journal.decisions.allSatisfy { $0.act == .verdict(.relabel("dog")) })
    var many = Desk()
    many.press("QMc*gpyM")
    #expect(many.journal.decisions.count == 1)
    many.press("u@c")
    #expect(
      many.journal.last?.samples.count == MadeUpCase.standardCount, "the samples are read before the next key"
    )
  }

  @Test func itStopsAtTheFirstRefusedStep() {
    var desk = Desk()
    desk.press("QMa}pM")
    desk.press("999@a")
    // All but the first sample are decided, then nothing is left below.
    #expect(desk.message.hasPrefix("macro a stopped at key"), "\(desk.message)")
    #expect(desk.state.session.macros.keys["a"]?.count == 2)
    #expect(desk.journal.decisions.count < MadeUpCase.standardCount + 1)
    desk.press("<Esc>Mb&nonsense<Enter><Esc>pM")
    let before = desk.journal.decisions.count
    desk.press("u@b")
    #expect(desk.message.contains("stopped") && desk.state.prompt == nil)
    #expect(desk.journal.decisions.count == before + 1, "the undo alone")
  }

  @Test func itNeverPlaysItselfForEver() {
    var desk = Desk()
    desk.press("QMa@aM")
    #expect(desk.message.contains("macro a"))
    desk.press("Mbj@aM")
    desk.press("Maj@bM@a")
    #expect(desk.message.contains("plays itself"), "\(desk.message)")
    // Movement alone ends too.
    var other = Desk()
    other.press("QMajkM999999999@a")
    #expect(other.message.contains("stopped at key 10,000"))
  }

  @Test func aKeyOfAPersonStopsIt() {
    var desk = SlowDesk()
    desk.answerAll()
    desk.press("QMajpM")
    desk.send(.saved(desk.takeSaved(), after: []))
    desk.press("5@a")
    desk.press("c")
    #expect(desk.state.messages.text?.contains("stopped at key 0: by a key") == true)
    #expect(desk.takeEffects().allSatisfy { if case .append = $0 { false } else { true } })
  }

  @Test func whatIsEmptyOrUnknownIsSaid() {
    var desk = Desk()
    desk.press("@z")
    #expect(desk.message.hasPrefix("no macro z"))
    desk.press("MaM")
    #expect(desk.message.contains("is empty"))
    desk.press(":record b<Enter>Qj:record<Enter>")
    #expect(desk.state.session.macros.keys["b"] == KeyNames.sequence("Qj"))
    desk.press("@")
    #expect(desk.session.frame().text().contains("b  Qj"))
    desk.press("<Esc>gq")
    let next = Desk(memory: desk.state.memory)
    #expect(next.state.session.macros.keys["b"] == KeyNames.sequence("Qj"))
  }

  @Test func pastedTextEndsTheRecording() {
    var desk = Desk()
    desk.press("QMaj&")
    desk.session.send(.paste("label = cat"))
    desk.press("<Enter>p")
    #expect(desk.state.session.macros.recording == nil)
    #expect(desk.state.session.macros.keys["a"] == KeyNames.sequence("j"))
  }

  /// Every command can be put on a key of one's own, on every screen that has it; one that means nothing without more
  /// asks for it.
  @Test(arguments: CommandTable.rows.map(\.command))
  func everyCommandIsBindable(_ command: Command) throws {
    let row = try #require(CommandTable.row(command))
    let keymap = try Keymap(changes: "all ,~ \(command.rawValue)\nall , none\n")
    for context in row.contexts {
      #expect(keymap.match([.character(","), .character("~")], in: context) == .command(command))
    }
    guard row.keys.isEmpty, row.contexts.contains(.queue), command != .columns, command != .blind else {
      return
    }
    var state = State(
      material: MadeUpCase.images.material(), review: .init(), reviewer: "ada", capabilities: .full,
      size: Desk.standardSize, keymap: keymap)
    for key in KeyNames.sequence("Q,~") { _ = update(&state, .key(key, at: 0)) }
    guard case .line? = state.prompt else {
      return #expect(state.messages.weight == .warning, "\(command) neither asks nor says why not")
    }
  }
}
