import Review
import Screen
import Testing
import Workbench

/// Who types a command and its text in one go, without looking, decides nothing where the command is refused.
@Suite struct RefusedTextTests {
  /// Letters that are verdicts, marks and commands on the screens of samples.
  private static let text = "crop apxs.R= unsure"

  private static let asking = CommandTable.rows.filter { $0.argument?.missing == .asks && !$0.keys.isEmpty }

  /// Each command that asks for text, on each screen of samples: with nothing selected, read-only, blind, and where it is no
  /// command of the screen.
  @Test(arguments: asking.map(\.command), ["Q", "QV", "Q<Enter>"])
  func whatIsTypedBehindIsNeverTakenForCommands(_ command: Command, _ start: String) throws {
    let keys = KeyNames.text(try #require(CommandTable.row(command)?.keys.first))
    // The letter that a bookmark or a macro is kept under is all that is asked for.
    let isLetter = CommandTable.row(command)?.argument?.text == "LETTER"
    for desk in [Desk(), Desk(readOnly: "as asked"), Desk(isBlind: true)] {
      var desk = desk
      desk.press(start)
      let (place, cursor) = (desk.state.context, desk.cursor)
      desk.press(keys + (isLetter ? "<Esc>" : Self.text))
      #expect(desk.journal.decisions.isEmpty && desk.state.context == place, "\(desk.message)")
      #expect(desk.cursor == cursor && desk.state.selection.rows.isEmpty)
      desk.press("<Esc>")
      #expect(desk.state.prompt == nil && desk.state.context == place)
    }
  }

  @Test func aTagForNothingSelectedSaysWhyAndEndsWithEnter() {
    var desk = Desk()
    desk.press("QgT")
    let why = desk.message
    #expect(desk.state.messages.weight == .warning && desk.line(22).contains(why))
    #expect(desk.line(23).contains("Enter or Esc goes on"))
    desk.press("crop")
    #expect(desk.message == why && desk.journal.decisions.isEmpty)
    desk.session.send(.paste("pasted"))
    desk.press("<Enter>")
    #expect(desk.state.prompt == nil && desk.state.messages.text == nil)
    desk.press("j<Space>gTcrop<Enter>")
    #expect(desk.journal.last?.act == .tag("crop", isSet: true))
  }

  /// A condition in a review, which has none: "&label = cat" would have marked the sample as clean.
  @Test func aCommandOfAnotherScreenTakesItsTextWithIt() {
    var desk = Desk()
    desk.press("Q<Enter>&label = cat<Enter>")
    #expect(desk.journal.decisions.isEmpty && desk.state.context == .review && desk.state.prompt == nil)
    desk.press("p")
    #expect(desk.journal.decisions.count == 1)
  }

  /// Where nothing can be decided by a letter a key too many is one key too many.
  @Test func onOtherScreensAKeyThatIsNotBoundIsSaidAlone() {
    var desk = Desk()
    desk.press("i")
    #expect(desk.message.contains("not bound here") && desk.state.prompt == nil)
  }

  @Test func aMacroThatIsRefusedEndsWithoutAPrompt() {
    var desk = Desk()
    desk.press("QMagTcrop<Enter>M@a")
    #expect(desk.message.contains("macro a stopped at key 2"), "\(desk.message)")
    #expect(desk.state.prompt == nil && desk.journal.decisions.isEmpty)
  }

  /// The answer to a question decides nothing where the question was not asked.
  @Test(arguments: ["y", "n", "o", "f", "<Enter>"])
  func answersAreNoVerdicts(_ answer: String) {
    for context in Context.allCases {
      guard case .command(let command) = Keymap.standard.match(KeyNames.sequence(answer), in: context) else {
        continue
      }
      let group = CommandTable.row(command)?.group
      #expect(group != .decide, "\(answer) on \(context)")
      #expect(group != .select || command == .opposite, "\(answer) on \(context)")
    }
  }
}
