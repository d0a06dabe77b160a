import CNcurses
import CursesDriver
import Foundation
import Glibc
import Synchronization
import Testing

/// A terminal with nobody before it: what the driver writes is collected, what a test types is written.
final class Pty: Sendable {
  let master: Int32
  let slave: Int32
  private let collected = Mutex<[UInt8]>([])
  private let isDone = Atomic(false)

  init(height: Int, width: Int) throws {
    var ends: (master: Int32, slave: Int32) = (-1, -1)
    try #require(ft_open_pty(&ends.master, &ends.slave) == 0)
    (master, slave) = ends
    resize(height: height, width: width)
    // Someone must read, or the driver waits for ever once the line is full.
    Thread.detachNewThread { [self] in
      var buffer = [UInt8](repeating: 0, count: 65_536)
      while !isDone.load(ordering: .relaxed) {
        var one = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
        guard poll(&one, 1, 20) > 0 else { continue }
        let count = read(master, &buffer, buffer.count)
        if count <= 0 { break }
        let bytes = buffer[..<count]
        collected.withLock { $0 += bytes }
      }
      Glibc.close(master)
      Glibc.close(slave)
    }
  }

  /// The person closes the window: the reading thread closes the terminal within a moment.
  func hangUp() { isDone.store(true, ordering: .relaxed) }

  func resize(height: Int, width: Int) { _ = ft_set_window_size(master, Int32(height), Int32(width)) }

  func type(_ text: String) {
    let bytes = Array(text.utf8)
    _ = write(master, bytes, bytes.count)
  }

  func modes() -> termios {
    var modes = termios()
    tcgetattr(slave, &modes)
    return modes
  }

  /// Waits until what was written since the last call holds the text, and takes it; nil after five seconds.
  func take(until text: String) -> String? {
    for _ in 0..<500 {
      let found: String? = collected.withLock { bytes in
        let all = String(decoding: bytes, as: UTF8.self)
        guard all.contains(text) else { return nil }
        bytes = []
        return all
      }
      if let found { return found }
      usleep(10_000)
    }
    return nil
  }
}

/// Opens a terminal on a pty, with an environment that does not depend on who runs the tests.
func openTerminal(
  _ pty: Pty, term: String = "xterm-256color", locale: String = "C.UTF-8", noColor: Bool = false
) throws -> CursesTerminal {
  setenv("LC_ALL", locale, 1)
  unsetenv("COLORTERM")
  if noColor { setenv("NO_COLOR", "1", 1) } else { unsetenv("NO_COLOR") }
  return try CursesTerminal(input: pty.slave, output: pty.slave, term: term, options: TerminalOptions())
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
