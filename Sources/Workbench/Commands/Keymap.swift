import Screen

/// Which keys mean what on which screen, built from `CommandTable`.
package enum Keymap {
  package enum Match: Equatable, Sendable {
    case command(Command)
    /// More keys may follow.
    case prefix
    case none
  }

  private static let tables: [Context: [[Key]: Command]] = {
    var tables: [Context: [[Key]: Command]] = [:]
    for row in CommandTable.rows {
      for context in row.contexts {
        for keys in row.keys { tables[context, default: [:]][keys] = row.command }
      }
    }
    return tables
  }()
  private static let prefixes: [Context: Set<Key>] = tables.mapValues { table in
    Set(table.keys.filter { $0.count > 1 }.map { $0[0] })
  }

  package static func match(_ keys: [Key], in context: Context) -> Match {
    if let command = tables[context]?[keys] { return .command(command) }
    if keys.count == 1, prefixes[context]?.contains(keys[0]) == true { return .prefix }
    return .none
  }

  /// All sequences of a context.
  package static func bindings(in context: Context) -> [[Key]: Command] { tables[context] ?? [:] }
}
