/// Why a terminal could not be opened, as one line a person can act on.
package enum TerminalError: Error, Equatable, CustomStringConvertible {
  /// Neither a controlling terminal nor one on the standard descriptors.
  case noTerminal
  /// The terminfo database has neither this type nor one to stand in.
  case unknownType(String)
  /// The type is known and cannot place its cursor (`dumb`).
  case cannotMoveCursor(String)
  case alreadyOpen
  /// A system call failed: its name, and the reason.
  case system(String, reason: String)

  package var description: String {
    switch self {
    case .noTerminal: "no terminal: standard input and output are not one, and there is no /dev/tty"
    case .unknownType(let name):
      "TERM=\(name): unknown terminal type; install ncurses-term or set TERM=xterm-256color"
    case .cannotMoveCursor(let name):
      "TERM=\(name): this terminal cannot move its cursor; set TERM to what it is, such as xterm-256color"
    case .alreadyOpen: "the terminal is open already"
    case .system(let call, let reason): "\(call): \(reason)"
    }
  }
}
