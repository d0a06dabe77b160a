import CNcurses
import Glibc

/// Which terminfo entry to use.
enum TerminalType {
  /// TERM, where the database has it; else an entry that nearly all terminals understand. A type that is known
  /// and cannot move its cursor is refused and not guessed about: something that is no screen said so.
  static func choose(_ term: String?, output: Int32) throws(TerminalError) -> String {
    let named = term ?? ""
    for name in [direct(named), named, "xterm-256color", "vt100"] where !name.isEmpty {
      var reason: Int32 = 0
      let found = setupterm(name, output, &reason) == OK
      // Hard copy terminals and `dumb` answer 0 or 1 with ERR or without `cup`.
      let moves = found && ft_capability("cup") != nil
      if found {
        _ = ft_forget_terminal_type()
        if moves { return name }
        throw .cannotMoveCursor(name)
      }
      if isRefused(name) { throw .cannotMoveCursor(name) }
    }
    throw .unknownType(named.isEmpty ? "(not set)" : named)
  }

  /// The entry with true colors (of ncurses-term, where it is installed) of a terminal that says it has them.
  private static func direct(_ name: String) -> String {
    guard let claim = Environment.value("COLORTERM"), ["truecolor", "24bit"].contains(claim),
      name.hasSuffix("-256color")
    else { return "" }
    return name.dropLast("-256color".count) + "-direct"
  }

  /// What setupterm answers with an error although it knows them: generic types and paper.
  private static func isRefused(_ name: String) -> Bool { ["dumb", "unknown", "hardcopy"].contains(name) }
}

/// The locale for characters alone: numbers keep their point.
enum TerminalLocale {
  /// Whether the terminal's encoding is UTF-8 as the environment says. A UTF-8 locale that is named and not
  /// installed gets C.UTF-8 in its stead, which is everywhere.
  static func activate() -> Bool {
    if setlocale(LC_CTYPE, "") == nil {
      let named = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { Environment.value($0) }.first ?? ""
      let lower = named.lowercased()
      if lower.hasSuffix("utf-8") || lower.hasSuffix("utf8") { _ = setlocale(LC_CTYPE, "C.UTF-8") }
    }
    return ft_is_utf8() != 0
  }
}

enum Environment {
  /// The value of a variable, nil where it is not set or empty.
  static func value(_ name: String) -> String? {
    guard let text = getenv(name), text.pointee != 0 else { return nil }
    return String(cString: text)
  }
}
