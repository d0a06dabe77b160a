import CNcurses
import CursesDriver
import Glibc
import Screen
import Synchronization
import TestSupport
import Testing

private let chained = Atomic<Int>(0)

/// One at a time: ncurses has one terminal and one process environment.
@Suite(.serialized) struct CursesTerminalTests {
  @Test func showsTextStylesAndColors() throws {
    let terminal = try openTerminal(Pty(height: 5, width: 20))
    defer { terminal.close() }
    #expect(terminal.capabilities == Capabilities(unicode: true, colors: .many))
    #expect(terminal.size == (5, 20))
    var grid = Grid(height: 5, width: 20)
    grid.draw("ab", row: 0, column: 0, style: Style(foreground: .palette(1), bold: true, reverse: true))
    grid.draw("c", row: 0, column: 2, style: Style(foreground: .rgb(255, 0, 0), background: .rgb(8, 8, 8)))
    terminal.present(grid)
    let first = shownCell(0, 0)
    #expect(first.text == "a" && first.foreground == 1 && first.background == -1)
    #expect(first.attributes & ft_bold() != 0 && first.attributes & ft_reverse() != 0)
    let third = shownCell(0, 2)
    #expect(third.text == "c" && third.foreground == 196 && third.background == 232)
    #expect(shownCell(4, 19).foreground == -1)
  }

  @Test func wideCharactersMarksAndTheLastCell() throws {
    let terminal = try openTerminal(Pty(height: 2, width: 6))
    defer { terminal.close() }
    var grid = Grid(height: 2, width: 6)
    grid.draw("日e\u{301}▀x", row: 0, column: 0)
    grid.draw("abcd日", row: 1, column: 0)
    terminal.present(grid)
    #expect(shownCell(0, 0).text == "日")
    #expect(shownCell(0, 2).text == "e\u{301}")
    #expect(shownCell(0, 3).text == "▀")
    #expect(shownCell(1, 4).text == "日")
    #expect(shownCell(0, 0).text == "日", "nothing scrolled")
    grid.draw("Z", row: 1, column: 5)
    terminal.present(grid)
    #expect(shownCell(1, 5).text == "Z")
    #expect(shownCell(1, 4).text == " ")
  }

  /// Blocks that fill their cells look the same as blanks on their color, which take a third of the bytes or less.
  @Test(arguments: ["xterm-256color", "xterm", "vt100"])
  func fullBlocksAreSentAsBlanks(_ term: String) throws {
    let pty = try Pty(height: 2, width: 60)
    let terminal = try openTerminal(pty, term: term)
    defer { terminal.close() }
    presentBlank(terminal, on: pty, width: 60)
    var grid = Grid(height: 2, width: 60)
    grid.draw(
      String(repeating: "█", count: 40), row: 0, column: 0, style: Style(foreground: .palette(2)))
    grid.draw("end", row: 1, column: 0)
    terminal.present(grid)
    let sent = try #require(pty.take(until: "end"))
    #expect(sent.utf8.count < 100, "\(sent.utf8.count)")
    #expect(!sent.contains("█"))
    let cell = shownCell(0, 10)
    #expect(cell.text == " ")
    #expect(cell.background == 2 || cell.attributes & ft_reverse() != 0)
  }

  /// Of two colors the one that stays is not sent again, and after the terminal was given away it is.
  @Test func onlyTheColorThatChangesIsSent() throws {
    let pty = try Pty(height: 2, width: 20)
    let terminal = try openTerminal(pty)
    defer { terminal.close() }
    presentBlank(terminal, on: pty, width: 20)
    var grid = Grid(height: 2, width: 20)
    grid.draw("a", row: 0, column: 0, style: Style(foreground: .palette(120), background: .palette(130)))
    grid.draw("b", row: 0, column: 1, style: Style(foreground: .palette(121), background: .palette(130)))
    grid.draw("end", row: 1, column: 0)
    terminal.present(grid)
    let sent = try #require(pty.take(until: "end"))
    #expect(sent.contains("\u{1B}[38;5;120;48;5;130ma\u{1B}[38;5;121mb"), "\(sent.debugDescription)")
    terminal.released {}
    let again = try #require(pty.take(until: "end"))
    #expect(again.contains("\u{1B}[38;5;121mb"))
  }

  @Test func whatTheTerminalDoesNotHaveBecomesQuestionMarks() throws {
    let terminal = try openTerminal(Pty(height: 1, width: 8), locale: "C")
    defer { terminal.close() }
    #expect(!terminal.capabilities.unicode)
    var grid = Grid(height: 1, width: 8)
    grid.draw("日éa", row: 0, column: 0)
    terminal.present(grid)
    #expect((0..<4).map { shownCell(0, $0).text }.joined() == "???a")
  }

  @Test func onlyChangesAreSent() throws {
    let pty = try Pty(height: 24, width: 80)
    let terminal = try openTerminal(pty)
    defer { terminal.close() }
    var grid = Grid(height: 24, width: 80)
    for row in 0..<24 { grid.draw(String(repeating: "m\(row)", count: 20), row: row, column: 0) }
    terminal.present(grid)
    #expect(pty.take(until: "m23m23") != nil)
    grid.draw("#", row: 12, column: 40)
    terminal.present(grid)
    let sent = try #require(pty.take(until: "#"))
    #expect(sent.utf8.count < 40)
  }

  @Test func theCursorIsShownWhereTheGridSays() throws {
    let pty = try Pty(height: 5, width: 20)
    let terminal = try openTerminal(pty)
    defer { terminal.close() }
    var grid = Grid(height: 5, width: 20)
    terminal.present(grid)
    #expect(pty.take(until: "\u{1B}[?25l") != nil)
    grid.cursor = (3, 7)
    terminal.present(grid)
    #expect(pty.take(until: "\u{1B}[4;8H") != nil)
  }

  @Test func closingRestoresScreenAndModes() throws {
    let pty = try Pty(height: 5, width: 20)
    let before = pty.modes()
    let terminal = try openTerminal(pty)
    terminal.present(Grid(height: 5, width: 20))
    #expect(pty.take(until: "\u{1B}[?1049h")?.contains("\u{1B}[?2004h") == true)
    #expect(pty.modes().c_lflag & UInt32(ICANON | ECHO | ISIG) == 0)
    terminal.close()
    let sent = try #require(pty.take(until: "\u{1B}[?1049l"))
    #expect(sent.contains("\u{1B}[?2004l"))
    let after = pty.modes()
    #expect(
      after.c_lflag == before.c_lflag && after.c_iflag == before.c_iflag && after.c_oflag == before.c_oflag)
    terminal.close()
  }

  @Test func keysPastesAndALoneEscape() throws {
    let pty = try Pty(height: 5, width: 20)
    let terminal = try openTerminal(pty)
    defer { terminal.close() }
    pty.type("p\u{3}\u{1A}\u{1B}[A\u{1B}[105;5u\u{1B}[200~gq\u{1B}[201~日\u{1B}")
    #expect(
      collect(terminal, count: 7) == [
        .key(.character("p")), .key(.control("c")), .key(.control("z")), .key(.up), .paste("gq"),
        .key(.character("日")), .key(.escape),
      ])
  }

  @Test func aResizeIsSeenAndDrawn() throws {
    let pty = try Pty(height: 5, width: 20)
    let terminal = try openTerminal(pty)
    defer { terminal.close() }
    terminal.present(Grid(height: 5, width: 20, filledWith: GridCell("o")))
    pty.resize(height: 8, width: 30)
    kill(getpid(), SIGWINCH)
    #expect(collect(terminal, count: 1) == [.resized])
    #expect(terminal.size == (8, 30))
    terminal.present(Grid(height: 8, width: 30, filledWith: GridCell("n")))
    #expect(shownCell(7, 29).text == "n")
    // A grid of the old size is clipped or leaves the rest alone.
    terminal.present(Grid(height: 99, width: 99, filledWith: GridCell("w")))
    #expect(shownCell(7, 29).text == "w")
    pty.resize(height: 1, width: 1)
    kill(getpid(), SIGWINCH)
    #expect(collect(terminal, count: 1) == [.resized])
    terminal.present(Grid(height: 1, width: 1, filledWith: GridCell("1")))
    #expect(shownCell(0, 0).text == "1")
  }

  @Test func signalsAndTheOtherDescriptorWake() throws {
    let terminal = try openTerminal(Pty(height: 5, width: 20))
    defer { terminal.close() }
    kill(getpid(), SIGTERM)
    #expect(collect(terminal, count: 1) == [.terminated(SIGTERM)])
    var wake: [Int32] = [-1, -1]
    #expect(pipe(&wake) == 0 && write(wake[1], "w", 1) == 1)
    #expect(terminal.poll(wake: wake[0], timeout: 5000) == [.wake])
    for end in wake { Glibc.close(end) }
    #expect(terminal.poll(timeout: 0).isEmpty)
  }

  @Test func aTrapRestoresAndChains() throws {
    let pty = try Pty(height: 5, width: 20)
    let before = pty.modes()
    let previous = signal(SIGFPE) { _ in _ = chained.add(1, ordering: .relaxed) }
    defer { signal(SIGFPE, previous) }
    let terminal = try openTerminal(pty)
    defer { terminal.close() }
    #expect(pty.take(until: "\u{1B}[?2004h") != nil)
    raise(SIGFPE)
    #expect(chained.load(ordering: .relaxed) == 1)
    #expect(pty.take(until: "\u{1B}[?1049l")?.contains("\u{1B}[?2004l") == true)
    #expect(pty.modes().c_lflag == before.c_lflag)
  }

  @Test func releasedGivesTheTerminalAwayAndShowsTheLastGridAgain() throws {
    let pty = try Pty(height: 5, width: 20)
    let before = pty.modes()
    let terminal = try openTerminal(pty)
    defer { terminal.close() }
    var grid = Grid(height: 5, width: 20)
    grid.draw("kept", row: 2, column: 3)
    terminal.present(grid)
    #expect(pty.take(until: "kept") != nil)
    let modes = terminal.released { pty.modes().c_lflag }
    #expect(modes == before.c_lflag)
    #expect(pty.take(until: "kept")?.contains("\u{1B}[?1049h") == true)
    #expect(pty.modes().c_lflag & UInt32(ICANON) == 0)
    #expect(terminal.poll(timeout: 0) == [.resized])
    #expect(terminal.poll(timeout: 0).isEmpty)
  }

  /// Cells that were set past the drawing functions: the last lock before the terminal.
  @Test func controlCharactersInCellsNeverReachTheTerminal() throws {
    let pty = try Pty(height: 1, width: 8)
    let terminal = try openTerminal(pty)
    defer { terminal.close() }
    var grid = Grid(height: 1, width: 8)
    for (column, text) in ["\u{1B}", "\u{9B}", "\u{202E}", "\u{200B}", "a\u{202E}", "\u{7}", "\n", "z"]
      .enumerated()
    {
      grid[0, column] = GridCell(text)
    }
    terminal.present(grid)
    #expect((0..<8).map { shownCell(0, $0).text } == ["?", "?", "?", "?", "a", "?", "?", "z"])
    let sent = try #require(pty.take(until: "z"))
    #expect(!sent.contains("\u{202E}") && !sent.contains("\u{9B}") && !sent.contains("\u{7}"))
  }

  @Test func aGoneTerminalEnds() throws {
    var pty: Pty? = try Pty(height: 5, width: 20)
    let terminal = try openTerminal(try #require(pty))
    defer { terminal.close() }
    pty?.hangUp()
    pty = nil
    #expect(collect(terminal, count: 1).first == .terminated(SIGHUP))
    terminal.present(Grid(height: 5, width: 20, filledWith: GridCell("o")))
  }

  @Test func colorsAreHonored() throws {
    for (term, noColor, colors) in [
      ("xterm-256color", true, Capabilities.Colors.none), ("linux", false, .eight), ("vt100", false, .none),
    ] {
      let terminal = try openTerminal(Pty(height: 2, width: 4), term: term, noColor: noColor)
      #expect(terminal.capabilities.colors == colors, "\(term)")
      var grid = Grid(height: 2, width: 4)
      grid.draw("a", row: 0, column: 0, style: Style(foreground: .rgb(250, 20, 20), bold: true))
      terminal.present(grid)
      #expect(shownCell(0, 0).foreground == (colors == .eight ? 1 : -1))
      terminal.close()
    }
  }

  @Test func moreColorsThanPairsStillShowText() throws {
    let terminal = try openTerminal(Pty(height: 9, width: 9), term: "linux")
    defer { terminal.close() }
    for round in 0..<3 {
      var grid = Grid(height: 9, width: 9)
      for row in 0..<9 {
        for column in 0..<9 {
          let style = Style(
            foreground: .palette(UInt8((row + round) % 8)), background: .palette(UInt8(column % 8)))
          grid.draw("k", row: row, column: column, style: style)
        }
      }
      terminal.present(grid)
      #expect((0..<81).allSatisfy { shownCell($0 / 9, $0 % 9).text == "k" })
    }
  }

  @Test func unfitTerminalsAreRefusedOrReplaced() throws {
    let pty = try Pty(height: 5, width: 20)
    #expect(throws: TerminalError.cannotMoveCursor("dumb")) { try openTerminal(pty, term: "dumb") }
    let terminal = try openTerminal(pty, term: "no-such-terminal")
    #expect(terminal.capabilities.colors == .many)
    #expect(throws: TerminalError.alreadyOpen) { try openTerminal(pty) }
    terminal.close()
    let file = Glibc.open("/dev/null", O_RDWR)
    defer { Glibc.close(file) }
    #expect(throws: TerminalError.noTerminal) {
      try CursesTerminal(input: file, output: file, term: "vt100", options: TerminalOptions())
    }
  }

  /// Reads until that many events came, a wait of five seconds at most.
  private func collect(_ terminal: CursesTerminal, count: Int) -> [TerminalEvent] {
    var events: [TerminalEvent] = []
    for _ in 0..<200 where events.count < count { events += terminal.poll(timeout: 25) }
    return events
  }
}
