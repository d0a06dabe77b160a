import CNcurses
import CursesDriver
import Glibc
import Screen
import TestSupport

/// Opens a terminal on a pty, with an environment that does not depend on who runs the tests.
func openTerminal(
  _ pty: Pty, term: String = "xterm-256color", locale: String = "C.UTF-8", noColor: Bool = false
) throws -> CursesTerminal {
  setenv("LC_ALL", locale, 1)
  unsetenv("COLORTERM")
  if noColor { setenv("NO_COLOR", "1", 1) } else { unsetenv("NO_COLOR") }
  return try CursesTerminal(input: pty.slave, output: pty.slave, term: term, options: TerminalOptions())
}

/// Two blank rows, with all that is sent for them taken: what comes then is of the next frame.
func presentBlank(_ terminal: CursesTerminal, on pty: Pty, width: Int) {
  terminal.present(Grid(height: 2, width: width))
  _ = pty.take(until: "\u{1B}[?25l")
  usleep(50_000)
  _ = pty.take()
}

/// A cell as ncurses believes it to be on the terminal.
struct ShownCell: Equatable {
  var text: String
  var attributes: attr_t
  /// Numbers of the colors, -1 for the terminal's own.
  var foreground: Int32
  var background: Int32
}

func shownCell(_ row: Int, _ column: Int) -> ShownCell {
  var cells = [cchar_t](repeating: cchar_t(), count: 2)
  mvwin_wchnstr(ft_curscr(), Int32(row), Int32(column), &cells, 1)
  var text = [wchar_t](repeating: 0, count: 8)
  var attributes: attr_t = 0
  var pair: Int32 = 0
  _ = ft_getcchar(&cells, &text, &attributes, &pair)
  var foreground: Int32 = -1
  var background: Int32 = -1
  if pair != 0 { extended_pair_content(pair, &foreground, &background) }
  let scalars = text.prefix { $0 != 0 }.compactMap { Unicode.Scalar(UInt32($0)) }
  return ShownCell(
    text: String(String.UnicodeScalarView(scalars)), attributes: attributes, foreground: foreground,
    background: background)
}
