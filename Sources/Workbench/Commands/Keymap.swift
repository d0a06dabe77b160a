import Screen

/// Which keys mean what on which screen: those of `CommandTable`, and what a person has put in their place.
///
/// A line of a person's own is `SCREEN KEYS COMMAND`: the name of a screen or `all`, one key or two as scripts write them,
/// and the name of a command or `none`. What stands behind `#` is a comment.
package struct Keymap: Sendable {
  package enum Match: Equatable, Sendable {
    case command(Command)
    /// More keys may follow.
    case prefix
    case none
  }
  package struct Problem: Error, Sendable, Equatable, CustomStringConvertible {
    package let line: Int
    package let message: String
    package var description: String { "line \(line): \(message)" }
  }

  package private(set) var tables: [Context: [[Key]: Command]] = [:]
  /// By command, the keys that a person is told of first.
  private var keys: [Context: [Command: [[Key]]]] = [:]
  private var prefixes: [Context: Set<Key>] = [:]

  package static let standard = Keymap()

  private init() {
    for row in CommandTable.rows {
      for context in row.contexts {
        keys[context, default: [:]][row.command] = row.keys
        for keys in row.keys { tables[context, default: [:]][keys] = row.command }
      }
    }
    findPrefixes()
  }

  /// The standard keys with changes.
  package init(changes: String) throws(Problem) {
    self = .standard
    let lines = changes.split(omittingEmptySubsequences: false) { $0.isNewline }
    for (index, line) in lines.enumerated() {
      let words = line.prefix { $0 != "#" }.split { $0 == " " || $0 == "\t" }.map(String.init)
      guard !words.isEmpty else { continue }
      try change(words, line: index + 1)
    }
    findPrefixes()
  }

  private mutating func change(_ words: [String], line: Int) throws(Problem) {
    func problem(_ message: String) -> Problem { Problem(line: line, message: message) }
    guard words.count == 3 else { throw problem("expected SCREEN KEYS COMMAND") }
    let isEverywhere = words[0] == "all"
    guard isEverywhere || Context(rawValue: words[0]) != nil else {
      throw problem(
        "no screen \(words[0]): \(Context.allCases.map(\.rawValue).joined(separator: " ")) or all")
    }
    let sequence = KeyNames.sequence(words[1])
    guard (1...2).contains(sequence.count) else { throw problem("\(words[1]) is more than two keys") }
    if case .character(let first) = sequence[0], first.isASCII, first.isNumber {
      throw problem("digits are counts")
    }
    let command = words[2] == "none" ? nil : CommandTable.named(words[2])
    guard words[2] == "none" || command != nil else { throw problem("no command \(words[2])") }
    let possible = command.flatMap(CommandTable.row)?.contexts ?? Set(Context.allCases)
    let contexts = isEverywhere ? possible : Context(rawValue: words[0]).map { [$0] } ?? []
    guard contexts.isSubset(of: possible) else {
      throw problem("\(words[2]) is not for the screen \(words[0])")
    }
    for context in contexts { bind(sequence, to: command, in: context) }
  }

  private mutating func bind(_ sequence: [Key], to command: Command?, in context: Context) {
    if let old = tables[context]?[sequence] { keys[context]?[old]?.removeAll { $0 == sequence } }
    tables[context]?[sequence] = command
    if let command { keys[context, default: [:]][command, default: []].insert(sequence, at: 0) }
  }

  private mutating func findPrefixes() {
    prefixes = tables.mapValues { table in Set(table.keys.filter { $0.count > 1 }.map { $0[0] }) }
  }

  package func match(_ keys: [Key], in context: Context) -> Match {
    if let command = tables[context]?[keys] { return .command(command) }
    if keys.count == 1, prefixes[context]?.contains(keys[0]) == true { return .prefix }
    return .none
  }

  /// Whether keys that mean nothing here ask for text on another screen, so that text is what is typed behind them.
  func asksElsewhere(_ keys: [Key]) -> Bool {
    tables.values.contains { $0[keys].flatMap(CommandTable.row)?.argument?.missing == .asks }
  }

  /// The keys of a command on a screen, those that a person is told of first.
  package func keys(of command: Command, in context: Context) -> [[Key]] { keys[context]?[command] ?? [] }

  /// The first of them as the hints write it, or its name at the prompt.
  package func text(of command: Command, in context: Context) -> String {
    keys(of: command, in: context).first.map { KeyNames.text($0) } ?? ":" + command.rawValue
  }
}
