import Model
import Testing

@Suite struct DisplayTextTests {
  @Test(arguments: [
    ("plain é 漢 😀", "plain é 漢 😀"), ("a\u{1B}[2Jb", "a<1B>[2Jb"), ("\u{9B}31m", "<9B>31m"),
    ("\u{7F}\r\n\t", "<7F><0D><0A><09>"),
    ("\u{202E}evil\u{2066}", "<202E>evil<2066>"), ("a\u{200B}b\u{FEFF}", "a<200B>b<FEFF>"),
    ("\u{2028}\u{E0041}", "<2028><E0041>"), ("e\u{301}\u{302}\u{303}", "e\u{301}\u{302}<303>"),
    ("\u{A0}", "<A0>"),
  ])
  func whatMovesOrHidesBecomesVisible(_ text: String, _ expected: String) {
    #expect(displayText(text) == expected)
  }

  @Test func lineFeedsStayWhereTextIsWrapped() {
    #expect(displayText("a\nb\u{7}", keepNewlines: true) == "a\nb<07>")
  }

  @Test func stringColumnsGiveBackWhatWasPutIn() {
    let strings = ["", "a", "漢字", "x\u{0}y", "\u{202E}"]
    #expect(Array(StringColumn(strings)) == strings)
    #expect(StringColumn(bytes: [97], offsets: [0, 2]) == nil)
    #expect(StringColumn(bytes: [97], offsets: [1, 0]) == nil)
    #expect(StringColumn(bytes: [97], offsets: []) == nil)
    #expect(StringColumn(bytes: [0xFF], offsets: [0, 1]).map(Array.init) == ["\u{FFFD}"])
  }

  @Test func digestsAreThirtyTwoBytesOrNothing() {
    let hex = String(repeating: "0f", count: 32)
    #expect(Digest(hex: hex)?.hex == hex)
    #expect(Digest(hex: hex.uppercased()) == nil && Digest(hex: "0f") == nil && Digest(bytes: [1]) == nil)
  }
}
