import Screen
import Testing
import Workbench

/// Every command is to be found, and no key means two things.
@Suite struct CommandTableTests {
  @Test(arguments: Command.allCases)
  func everyCommandHasARowWithHelpAndAWayToIt(_ command: Command) throws {
    let row = try #require(CommandTable.row(command))
    #expect(!row.help.isEmpty)
    #expect(!row.contexts.isEmpty)
    #expect(CommandTable.named(command.rawValue) == command)
    #expect(CommandTable.names.contains(command.rawValue))
    #expect(CommandTable.rows.count { $0.command == command } == 1)
    for keys in row.keys { #expect((1...2).contains(keys.count)) }
    let material = MadeUpCase.images.material()
    for context in row.contexts {
      #expect(
        HelpText.lines(for: context, in: material).contains { line in
          if case .command(let keys, let name, let help) = line {
            return name.hasPrefix(":" + command.rawValue) && help == row.help(in: material)
              && keys == row.keys.map { KeyNames.text($0) }.joined(separator: " ")
          }
          return false
        })
    }
    // What has no key must be worth typing.
    if row.keys.isEmpty { #expect(row.argument != nil) }
  }

  @Test(arguments: Context.allCases)
  func noKeysOfAScreenMeanTwoThings(_ context: Context) {
    var seen: [[Key]: Command] = [:]
    for row in CommandTable.rows where row.contexts.contains(context) {
      for keys in row.keys {
        #expect(seen.updateValue(row.command, forKey: keys) == nil, "\(KeyNames.text(keys))")
        #expect(Keymap.standard.match(keys, in: context) == .command(row.command))
        #expect(keys.count == 1 || Keymap.standard.match([keys[0]], in: context) == .prefix)
      }
    }
    for keys in seen.keys {
      #expect(keys == [keys[0]] || seen[[keys[0]]] == nil, "\(KeyNames.text(keys)) can never be typed")
      // A digit is a count, and Esc clears.
      if case .character(let character) = keys[0] { #expect(!character.isNumber) }
    }
    #expect(Keymap.standard.tables[context] == seen)
  }

  @Test(arguments: CommandTable.rows.filter { !$0.hint.isEmpty }.map(\.command))
  func everyHintNamesAKeyThatWorks(_ command: Command) throws {
    let row = try #require(CommandTable.row(command))
    let first = try #require(row.keys.first)
    #expect(
      Keymap.standard.text(of: command, in: row.contexts.sorted { $0.rawValue < $1.rawValue }[0])
        == KeyNames.text(first))
    for context in row.contexts { #expect(Keymap.standard.match(first, in: context) == .command(command)) }
  }

  @Test(arguments: Context.allCases)
  func backQuitAndHelpWorkEverywhere(_ context: Context) {
    #expect(Keymap.standard.match([.character("q")], in: context) == .command(.back))
    #expect(Keymap.standard.match([.character("g"), .character("q")], in: context) == .command(.quit))
    #expect(Keymap.standard.match([.character("?")], in: context) == .command(.help))
  }

  @Test(arguments: CommandTable.names)
  func everyNameCompletes(_ name: String) {
    for length in 0...name.count {
      var desk = Desk()
      desk.press(":" + name.prefix(length))
      var offered: [String] = []
      for _ in 0..<CommandTable.names.count {
        desk.press("<Tab>")
        guard case .line(let line)? = desk.state.prompt else { return #expect(Bool(false), "no prompt") }
        if offered.contains(line.string) { break }
        offered.append(line.string)
      }
      #expect(offered.contains(name), "\(name.prefix(length)): \(offered)")
      #expect(offered.allSatisfy { $0.hasPrefix(name.prefix(length)) })
    }
  }

  @Test func synonymsAreNoNamesOfOtherCommands() {
    for (name, command) in CommandTable.synonyms {
      #expect(CommandTable.named(name) == command)
      #expect(Command(rawValue: name) == nil)
    }
  }

  /// Every key of a screen does something there: a command that finds nothing to do says so.
  @Test(arguments: Context.allCases)
  func keysAsTheyAreWrittenLeadToTheirCommand(_ context: Context) {
    for (keys, _) in Keymap.standard.tables[context] ?? [:] {
      let written = keys.map { key in
        key == .character("<") ? "<lt>" : key == .character(" ") ? "<Space>" : name(key)
      }.joined()
      #expect(KeyNames.sequence(written) == keys, "\(written)")
    }
  }

  private func name(_ key: Key) -> String {
    switch key {
    case .character(let character): String(character)
    case .control(let letter): "<C-\(letter)>"
    default: "<" + KeyNames.text(key) + ">"
    }
  }

  /// Help is read whole on the smallest screen too.
  @Test(arguments: Context.allCases, [60, 80, 200])
  func helpFitsTheScreen(_ context: Context, _ width: Int) {
    let material = MadeUpCase.images.material()
    let whole = HelpText.lines(for: context, in: material)
    let lines = HelpText.lines(for: context, in: material, width: width)
    func words(_ lines: [HelpText.Line]) -> [Substring] {
      lines.flatMap { line -> [Substring] in
        switch line {
        case .heading(let text), .text(let text): text.split(separator: " ")
        case .command(_, _, let help): help.split(separator: " ")
        case .blank: []
        }
      }
    }
    #expect(words(lines) == words(whole))
    for line in lines {
      switch line {
      case .command(_, _, let help): #expect(TextWidth.width(help) <= HelpText.helpWidth(of: width))
      case .text(let text): #expect(TextWidth.width(text) <= width - 6)
      case .heading, .blank: break
      }
    }
  }
}
