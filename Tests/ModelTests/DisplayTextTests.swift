import Model
import Testing

@Suite struct DisplayTextTests {
  @Test(arguments: [
    ("plain é 漢 😀", "plain é 漢 😀"), ("a\u{1B}[2Jb", "a<1B>[2Jb"), ("\u{9B}31m", "<9B>31m"),
    ("\u{7F}\r\n\t", "<7F><0D><0A><09>"),
    ("\u{202E}evil\u{2066}", "<202E>evil<2066>"), ("a\u{200B}b\u{FEFF}", "a<200B>b<FEFF>"),
    ("\u{2028}\u{E0041}", "<2028><E0041>"), ("e\u{301}\u{302}\u{303}", "e\u{301}\u{302}<303>"),
    ("\u{A0}", "<A0>"), ("a\u{34F}b", "a<34F>b"), ("\u{17B4}\u{17B5}", "<17B4><17B5>"),
    ("\u{180B}\u{180F}x", "<180B><180F>x"), ("\u{3164}\u{2800}", "<3164><2800>"),
    ("a\u{FE0F}\u{301}", "a<FE0F>\u{301}"), ("\u{FFFD}", "\u{FFFD}"),
  ])
  func whatMovesOrHidesBecomesVisible(_ text: String, _ expected: String) {
    #expect(displayText(text) == expected)
  }

  /// Of every scalar that there is, alone and among others: what passes is drawn and stays where it is drawn.
  @Test func noScalarMovesOrHides() {
    for value in UInt32(0)...0x10FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      for shown in displayText("a\(Character(scalar))b").unicodeScalars {
        let properties = shown.properties
        let isHarmless: Bool =
          switch properties.generalCategory {
          case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator:
            false
          case .spaceSeparator: shown == " "
          default: !properties.isDefaultIgnorableCodePoint
          }
        if !isHarmless { Issue.record("U+\(String(value, radix: 16)) passes") }
      }
    }
  }

  @Test func atMostTwoMarksStandOnALetter() {
    let marks = ["\u{301}", "\u{34F}", "\u{20DD}", "\u{903}", "\u{FE0F}", "\u{200D}"]
    for first in marks {
      for second in marks {
        let shown = displayText("x" + String(repeating: first + second, count: 4))
        var run = 0
        for scalar in shown.unicodeScalars {
          let category = scalar.properties.generalCategory
          run = [.nonspacingMark, .enclosingMark, .spacingMark].contains(category) ? run + 1 : 0
          #expect(run <= 2)
        }
      }
    }
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
