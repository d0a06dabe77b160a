import CNcurses
import Glibc
import Screen

/// The terminal of a session, shown and read through ncurses and given back whatever happens. For the main thread
/// alone, and one at a time: ncurses keeps its state in globals.
package final class CursesTerminal {
  package let capabilities: Capabilities
  /// The size in cells as last heard from the terminal.
  package private(set) var size: (height: Int, width: Int)

  let files: TerminalFiles
  var decoder = KeyDecoder()
  /// What happened outside of `poll` and it has yet to report.
  var unreported: [TerminalEvent] = []
  private let screen: OpaquePointer
  private let writer: CellWriter
  private var pairs: PairTable
  private var shown: Grid?
  private var styles = FrugalStyles()
  /// Nil where the terminal cannot move within a row.
  private var moves: FrugalMoves?
  private var isOpen = true
  private var keptError: Int32 = -1

  /// The controlling terminal, with the type that TERM names.
  package static func open(_ options: TerminalOptions = TerminalOptions()) throws(TerminalError)
    -> CursesTerminal
  {
    let tty = Glibc.open("/dev/tty", O_RDWR | O_CLOEXEC)
    if tty >= 0 {
      defer { Glibc.close(tty) }
      return try CursesTerminal(
        input: tty, output: tty, term: Environment.value("TERM"), options: options)
    }
    guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else { throw .noTerminal }
    return try CursesTerminal(
      input: STDIN_FILENO, output: STDOUT_FILENO, term: Environment.value("TERM"), options: options)
  }

  /// - Parameters:
  ///   - input: a terminal; it is duplicated, the caller keeps its own.
  ///   - output: the same or another descriptor of it.
  ///   - term: the terminfo entry, TERM as a rule.
  package init(input: Int32, output: Int32, term: String?, options: TerminalOptions) throws(TerminalError) {
    let unicode = TerminalLocale.activate() && !options.ascii
    // They would freeze the size: ncurses believes them more than the terminal.
    unsetenv("LINES")
    unsetenv("COLUMNS")
    let files = try TerminalFiles(input: input, output: output)
    guard TerminalGuard.prepare(files.output) else {
      throw isatty(files.output) == 1 ? .alreadyOpen : .noTerminal
    }
    // After the guard has said that no terminal is open: it replaces the type in ncurses' globals.
    let name = try TerminalType.choose(term, output: files.output)
    guard let screen = newterm(name, files.printer, files.reader) else { throw .unknownType(name) }
    _ = set_term(screen)
    self.files = files
    self.screen = screen
    let colors = Self.startColors(wanted: !options.noColor && Environment.value("NO_COLOR") == nil)
    capabilities = Capabilities(unicode: unicode, colors: colors)
    writer = CellWriter(unicode: unicode, colors: colors)
    pairs = PairTable(colors: colors, limit: colors == .none ? 0 : min(ft_color_pairs(), 65_536))
    size = (Int(ft_lines()), Int(ft_columns()))
    moves = ft_moves_within_row() != 0 ? FrugalMoves(width: size.width) : nil
    Self.setModes()
    TerminalGuard.hook(pipe: files.signals.writing)
    enter()
  }

  deinit { close() }

  /// Keys come as bytes, ^C, ^Z, ^S and ^Q among them; nothing echoes; lines scroll only when ncurses says so.
  private static func setModes() {
    _ = raw()
    _ = noecho()
    _ = nonl()
    _ = idlok(ft_stdscr(), true)
    _ = scrollok(ft_stdscr(), false)
    _ = leaveok(ft_stdscr(), false)
  }

  private static func startColors(wanted: Bool) -> Capabilities.Colors {
    guard wanted, has_colors(), start_color() == OK else { return .none }
    _ = use_default_colors()
    return switch ft_colors() {
    case 0x100_0000...: .trueColor
    case 256...: .many
    case 8...: .eight
    default: .none
    }
  }

  // MARK: - Showing

  /// Shows a grid: only cells that differ from the last one are handed to ncurses, which sends only what differs
  /// from the terminal's. A grid of another size is clipped to the screen's upper left.
  package func present(_ grid: Grid) {
    guard isOpen else { return }
    if pairs.isNearlyFull {
      pairs.removeAll()
      shown = nil
    }
    let spans = GridDiff.spans(from: shown, to: grid).compactMap { span -> GridSpan? in
      let columns = span.columns.clamped(to: 0..<min(grid.width, size.width))
      return span.row < size.height && !columns.isEmpty ? GridSpan(row: span.row, columns: columns) : nil
    }
    for (row, spans) in Dictionary(grouping: spans, by: \.row) {
      writer.write(spans, ofRow: row, grid, pairs: &pairs)
    }
    shown = grid
    // Terminals of fewer colors may know fewer sequences.
    guard capabilities.colors >= .many else { return refresh(grid.cursor) }
    let frame = files.captured { refresh(grid.cursor) }
    guard let frame else { return }
    let styled = styles.shortened(frame)
    Descriptors.writeAll(moves?.shortened(styled) ?? styled, to: files.output)
  }

  /// Lets ncurses send what has changed.
  private func refresh(_ cursor: (row: Int, column: Int)?) {
    if let cursor, cursor.row < size.height, cursor.column < size.width {
      _ = curs_set(1)
      _ = move(Int32(cursor.row), Int32(cursor.column))
    } else {
      _ = curs_set(0)
      _ = move(0, 0)
    }
    _ = CNcurses.refresh()
  }

  /// Sends the whole screen again at the next `present`, for a terminal that others wrote to (^L).
  package func invalidate() {
    _ = clearok(ft_stdscr(), true)
    shown = nil
  }

  /// Asks the terminal for its size. True when it has changed; the screen is then drawn anew.
  func updateSize() -> Bool {
    var rows: Int32 = 0
    var columns: Int32 = 0
    guard ft_window_size(files.output, &rows, &columns) == 0, rows > 0, columns > 0,
      (Int(rows), Int(columns)) != size
    else { return false }
    _ = resizeterm(rows, columns)
    size = (Int(ft_lines()), Int(ft_columns()))
    if moves != nil { moves = FrugalMoves(width: size.width) }
    invalidate()
    TerminalGuard.arm(RestoringBytes.current(rows: size.height))
    return true
  }

  // MARK: - Leaving and coming back

  /// ^Z: gives the terminal to the shell, stops, and shows the last grid when the shell brings the program back.
  package func suspend() { released { TerminalGuard.stop() } }

  /// Gives the terminal to another program while `body` runs, then takes it back and shows the last grid. The next
  /// `poll` reports `.resized`, whether the size changed or not.
  package func released<Result>(_ body: () throws -> Result) rethrows -> Result {
    let last = shown
    leave()
    defer {
      enter()
      _ = updateSize()
      invalidate()
      if let last { present(last) }
      // The kernel sends no SIGWINCH to a stopped job.
      unreported = [.resized]
    }
    return try body()
  }

  private func enter() {
    _ = reset_prog_mode()
    TerminalGuard.arm(RestoringBytes.current(rows: size.height))
    Descriptors.writeAll(RestoringBytes.pasteOn, to: files.output)
  }

  private func leave() {
    Descriptors.writeAll(RestoringBytes.pasteOff, to: files.output)
    _ = endwin()
    styles.forget()
    moves?.forget()
    TerminalGuard.disarm()
    TerminalGuard.restoreModes()
  }

  /// Gives the terminal back. The object is of no use after it; closing twice is harmless.
  package func close() {
    guard isOpen else { return }
    isOpen = false
    leave()
    TerminalGuard.unhook()
    delscreen(screen)
    files.close()
    restoreStandardError()
  }

  // MARK: - Beside the screen

  /// Offers text to the clipboard of the terminal. False where it is too long; true says that it was sent, not
  /// that the terminal took it.
  package func copyToClipboard(_ text: String) -> Bool {
    guard let sequence = Clipboard.sequence(text) else { return false }
    Descriptors.writeAll(sequence, to: files.output)
    return true
  }

  /// What the program and its libraries print to standard error goes to a file until the terminal is closed,
  /// since it would tear the screen and be lost with it.
  package func redirectStandardError(to path: String) throws(TerminalError) {
    restoreStandardError()
    let file = Glibc.open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw .system(path, reason: Descriptors.reason()) }
    defer { Glibc.close(file) }
    let saved = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3)
    guard saved >= 0, dup2(file, STDERR_FILENO) >= 0 else {
      throw .system("redirect standard error", reason: Descriptors.reason())
    }
    keptError = saved
    TerminalGuard.keepStandardError(saved)
  }

  private func restoreStandardError() {
    guard keptError >= 0 else { return }
    TerminalGuard.keepStandardError(-1)
    dup2(keptError, STDERR_FILENO)
    Glibc.close(keptError)
    keptError = -1
  }
}
