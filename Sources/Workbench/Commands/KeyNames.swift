import Screen

/// Keys as text, both ways: `<Enter>`, `<C-d>`, `<Up>`, `<F1>`, or the character itself; `<lt>` is `<`.
package enum KeyNames {
  private static let named: [(name: String, key: Key)] = [
    ("Enter", .enter), ("Tab", .tab), ("BackTab", .backTab), ("Esc", .escape), ("Backspace", .backspace),
    ("Delete", .delete), ("Up", .up), ("Down", .down), ("Left", .left), ("Right", .right), ("Home", .home),
    ("End", .end), ("PageUp", .pageUp), ("PageDown", .pageDown), ("Space", .character(" ")),
    ("lt", .character("<")), ("Hash", .character("#")), ("Colon", .character(":")),
  ]

  /// The key of a name without its angle brackets, nil for an unknown one.
  package static func key(named name: String) -> Key? {
    if let match = named.first(where: { $0.name.lowercased() == name.lowercased() }) { return match.key }
    if name.count == 3, name.lowercased().hasPrefix("c-"), let letter = name.lowercased().last,
      ("a"..."z").contains(letter)
    {
      return .control(letter)
    }
    if name.hasPrefix("F"), let number = Int(name.dropFirst()), (1...24).contains(number) {
      return .function(number)
    }
    return nil
  }

  /// All keys of a text; `<` that begins no known name stands for itself.
  package static func sequence(_ text: String) -> [Key] {
    var keys: [Key] = []
    var rest = Substring(text)
    while let first = rest.first {
      if first == "<", let end = rest.firstIndex(of: ">"),
        let key = key(named: String(rest[rest.index(after: rest.startIndex)..<end]))
      {
        keys.append(key)
        rest = rest[rest.index(after: end)...]
      } else {
        keys.append(.character(first))
        rest = rest.dropFirst()
      }
    }
    return keys
  }

  /// A key as `sequence` reads it, wherever in a line of keys it stands.
  static func written(_ key: Key) -> String {
    switch key {
    case .character("<"): "<lt>"
    case .character(let character): String(character)
    default: named(key)
    }
  }

  /// A key by its name in angle brackets; itself where it has none.
  static func named(_ key: Key) -> String {
    switch key {
    case .control(let letter): "<C-\(letter)>"
    case .function(let number): "<F\(number)>"
    case .character(let character) where !named.contains(where: { $0.key == key }): String(character)
    default: "<\(named.first { $0.key == key }?.name ?? "Esc")>"
    }
  }

  /// A pasted text on one line, and back: line ends and tabs by their names.
  static func written(paste text: String) -> String {
    text.unicodeScalars.reduce(into: "") { line, scalar in
      switch scalar {
      case "\n", "\r": line += "<Enter>"
      case "\t": line += "<Tab>"
      case "<": line += "<lt>"
      default: line.unicodeScalars.append(scalar)
      }
    }
  }

  static func pasted(_ line: String) -> String {
    sequence(line).reduce(into: "") { text, key in
      switch key {
      case .enter: text += "\n"
      case .tab: text += "\t"
      case .character(let character): text.append(character)
      default: break
      }
    }
  }

  /// How the help writes keys: "gg", "^D", "Enter".
  package static func text(_ keys: [Key]) -> String { keys.map { text($0) }.joined() }

  package static func text(_ key: Key) -> String {
    switch key {
    case .character(" "): "Space"
    case .character(let character): String(character)
    case .control(let letter): "^" + String(letter).uppercased()
    case .function(let number): "F\(number)"
    default: named.first { $0.key == key }?.name ?? "?"
    }
  }
}
