import Screen
import TestSupport
import Testing
import Workbench

/// What holds on every screen at every size.
@Suite struct ScreenInvariantTests {
  private static let sizes: [ScreenSize] = {
    var random = SeededGenerator(1)
    let drawn = (0..<24).map { _ in
      ScreenSize(height: .random(in: 16...62, using: &random), width: .random(in: 60...210, using: &random))
    }
    let edges = [(16, 60), (16, 210), (62, 60), (62, 210), (24, 99), (24, 100), (24, 159), (24, 160)]
    return drawn + edges.map { ScreenSize(height: $0.0, width: $0.1) }
  }()
  private static let terminals: [Capabilities] = [
    .full, .plain, Capabilities(unicode: true, colors: .none), Capabilities(unicode: false, colors: .eight),
  ]

  @Test(arguments: MadeUpCase.allCases, ScreenToSee.allCases)
  func everyCellIsPaintedAndHarmless(_ kind: MadeUpCase, _ screen: ScreenToSee) {
    for (index, size) in Self.sizes.enumerated() {
      let terminal = Self.terminals[index % Self.terminals.count]
      var desk = Desk(kind, size: size, capabilities: terminal, beside: screen.beside(kind))
      desk.press(screen.keys)
      let grid = FrameCheck.frame(desk.state)
      if let problem = FrameCheck.problem(in: grid) {
        Issue.record("\(size.width)x\(size.height): \(problem)\n\(grid.text())")
      }
      #expect(FrameCheck.hasItsSamples(desk.state, desk.samples), "\(size.width)x\(size.height)")
      let lines = grid.text().split(separator: "\n", omittingEmptySubsequences: false)
      let place = "\(size.width)x\(size.height)"
      #expect(lines[0].hasPrefix(" made"), "\(place)")
      #expect(desk.state.context == screen.context, "\(place)")
      if screen.hasStatusLine {
        #expect(lines[size.height - 1].hasPrefix(" " + screen.context.title.uppercased()), "\(place)")
      } else {
        #expect(lines[size.height - 1].hasPrefix(screen == .filter ? "&" : ":"), "\(place)")
      }
    }
  }

  /// All text of this case is ASCII, so what is not comes from the program.
  @Test(arguments: ScreenToSee.allCases)
  func aTerminalWithoutUnicodeAndColorsGetsNone(_ screen: ScreenToSee) {
    for size in Self.sizes {
      var desk = Desk(.vectors, size: size, capabilities: .plain, beside: screen.beside(.vectors))
      desk.press(screen.keys)
      let grid = FrameCheck.frame(desk.state)
      let wrong = grid.cells.first {
        !$0.text.utf8.allSatisfy { $0 < 128 } || $0.style.foreground != .standard
          || $0.style.background != .standard
      }
      #expect(
        wrong == nil, "\(size.width)x\(size.height): \(wrong?.text ?? "") \(wrong?.style.summary ?? "")")
    }
  }

  @Test(arguments: [(15, 59), (15, 80), (24, 59), (1, 1), (2, 10), (3, 200)])
  func tooSmallIsSaid(_ height: Int, _ width: Int) {
    var desk = Desk()
    desk.press("Q<Enter>")
    desk.session.send(.resized(ScreenSize(height: height, width: width)))
    let grid = FrameCheck.frame(desk.state)
    #expect(FrameCheck.problem(in: grid) == nil)
    #expect(grid.text().hasPrefix("need 60x16, have \(width)x\(height)".prefix(width)))
  }

  /// A screen that a prompt lies over is the same again when the prompt is left.
  @Test(arguments: [ScreenToSee.label, .filter, .command, .bulk])
  func aPromptLeavesNoTrace(_ screen: ScreenToSee) {
    var desk = Desk()
    desk.press(screen.keys)
    #expect(desk.state.prompt != nil)
    desk.press("<Esc><Esc>")
    #expect(desk.state.prompt == nil)
    let before = desk.session.frame()
    desk.press(":x<Esc>")
    #expect(desk.session.frame() == before)
  }
}
