import Screen
import Testing
import TestSupport
import Workbench

/// Keys of a person's own.
@Suite struct KeymapTests {
  @Test func aLineTakesThePlaceOfAKey() throws {
    let keymap = try Keymap(
      changes: """
        # for a layout without hjkl
        all <C-n> down   # and below
        queue n next-open

        review p none
        queue ,p bulk-poisoned
        """)
    #expect(keymap.match([.control("n")], in: .queue) == .command(.down))
    #expect(keymap.match([.control("n")], in: .log) == .command(.down))
    #expect(keymap.match([.character("j")], in: .queue) == .command(.down), "the usual one stays")
    #expect(keymap.match([.character("n")], in: .queue) == .command(.nextOpen))
    #expect(keymap.match([.character("n")], in: .review) == .command(.searchNext))
    #expect(keymap.match([.character("p")], in: .review) == .none)
    #expect(keymap.match([.character("x")], in: .review) == .command(.poisoned))
    #expect(keymap.match([.character(","), .character("p")], in: .queue) == .command(.bulkPoisoned))
    #expect(keymap.text(of: .down, in: .queue) == "^N")
    #expect(keymap.text(of: .poisoned, in: .review) == "x")
    #expect(keymap.text(of: .searchNext, in: .queue) == ":search-next", "without a key by its name")
  }

  @Test(arguments: [
    ("queue j", 1), ("\nqueu j down", 2), ("queue jjj down", 1), ("queue 3 down", 1), ("queue j dwon", 1),
    ("log p poisoned", 1), ("queue j down up", 1),
  ])
  func whatIsNotUnderstoodIsNamedByItsLine(_ text: String, _ line: Int) {
    do {
      _ = try Keymap(changes: text)
      Issue.record("\(text) is taken")
    } catch {
      #expect(error.line == line)
    }
  }

  /// The help of a screen, its hints and what a key does go by the same map.
  @Test func helpAndHintsTellThem() throws {
    let keymap = try Keymap(changes: "all ! poisoned")
    var state = State(
      material: MadeUpCase.images.material(), review: .init(), reviewer: "ada", capabilities: .full,
      size: Desk.standardSize, keymap: keymap, notice: "a\u{1B}notice")
    #expect(state.messages.text == "a<1B>notice")
    for key in KeyNames.sequence("Q") { _ = update(&state, .key(key, at: 0)) }
    _ = update(&state, .key(.escape, at: 0))
    #expect(FrameCheck.frame(state).text().contains("! poisoned"))
    _ = update(&state, .key(.character("?"), at: 0))
    #expect(state.helpLines.contains { if case .command("! p x", _, _) = $0 { true } else { false } })
  }

  @Test func helpIsSearched() {
    var desk = Desk()
    desk.press("Q?/suggested<Enter>")
    let first = desk.state.views.help.top
    #expect(first > 0 && desk.line(1).lowercased().contains("suggest"))
    desk.press("n")
    #expect(desk.state.views.help.top != first)
    desk.press("N")
    #expect(desk.state.views.help.top == first)
    desk.press("/nowhere to be found<Enter>")
    #expect(desk.message == "not found: nowhere to be found")
    #expect(desk.state.views.help.top == first)
    // What other screens have is not missing.
    desk.press("/split<Enter>")
    #expect(
      desk.message
        == "not found: split on this screen; x on histogram, scatter, timeline and pivot: "
        + "cross the column with another; split or color a plot by the next")
  }
}
