import Screen
import Testing
import Workbench

@Suite struct KeyScriptTests {
  @Test func stepsAreReadLineByLine() throws {
    let script = try KeyScript(
      """
      # a comment

        Q
      &label = cat<Enter>
      3j<C-d><Space><lt>x<Up
      :screen the queue
      :size 100x30
      :wait 500
      :sort label<Enter>
      :screen
      """)
    let expected: [(Int, KeyScript.Step)] = [
      (3, .keys([.character("Q")])),
      (4, .keys("&label = cat".map { Key.character($0) } + [.enter])),
      (
        5,
        .keys(
          [
            .character("3"), .character("j"), .control("d"), .character(" "), .character("<"),
            .character("x"),
          ]
            + "<Up".map { Key.character($0) })
      ),
      (6, .screen(name: "the queue")), (7, .resize(ScreenSize(height: 30, width: 100))), (8, .wait(500)),
      (9, .keys(":sort label".map { Key.character($0) } + [.enter])), (10, .screen(name: "")),
    ]
    #expect(script.steps.map(\.line) == expected.map(\.0))
    #expect(script.steps.map(\.step) == expected.map(\.1))
  }

  @Test(arguments: ["\n", "\r\n", "\r"])
  func everyLineEndIsOne(_ end: String) throws {
    let script = try KeyScript(["Q", "# no", ":screen a", "j"].joined(separator: end) + end)
    #expect(script.steps.map(\.line) == [1, 3, 4])
  }

  @Test(arguments: [
    (":size 100", 1), ("Q\n:size 0x10", 2), (":size 10x", 1), (":size 1001x20", 1), ("\n\n:wait -1", 3),
    (":wait x", 1), (":wait 99999999999999999999", 1), (":size 10x20x30", 1),
  ])
  func aWrongStepNamesItsLine(_ source: String, _ line: Int) {
    let problem = #expect(throws: KeyScript.Problem.self) { try KeyScript(source) }
    #expect(problem?.line == line)
  }

  @Test(arguments: [
    ("<Enter>", Key.enter), ("<tab>", .tab), ("<BackTab>", .backTab), ("<esc>", .escape),
    ("<Backspace>", .backspace),
    ("<Delete>", .delete), ("<Up>", .up), ("<Down>", .down), ("<Left>", .left), ("<Right>", .right),
    ("<Home>", .home), ("<End>", .end), ("<PageUp>", .pageUp), ("<PageDown>", .pageDown),
    ("<F1>", .function(1)),
    ("<F24>", .function(24)), ("<C-a>", .control("a")), ("<C-Z>", .control("z")),
    ("<Space>", .character(" ")),
    ("<lt>", .character("<")), ("é", .character("é")),
  ])
  func namesAreKeys(_ text: String, _ key: Key) {
    #expect(KeyNames.sequence(text) == [key])
  }

  @Test(arguments: ["<F0>", "<F25>", "<Nothing>", "<>", "<C->", "<C-ab>", "<", "<C-1>"])
  func whatIsNoNameIsTyped(_ text: String) {
    #expect(KeyNames.sequence(text) == text.map { Key.character($0) })
  }

  @Test func aScriptRunsLikeASession() throws {
    var desk = Desk()
    let screens = desk.session.run(
      try KeyScript("Q\n:screen one\n:size 100x30\np\n:screen two\ngq\np\n:screen three"))
    #expect(screens.map(\.name) == ["one", "two", "three"])
    #expect(screens.map(\.grid.width) == [80, 100, 100])
    #expect(desk.journal.decisions.count == 1, "nothing after the end")
    #expect(desk.state.hasQuit)
    #expect(desk.state.marks.decided == 1)
  }
}
