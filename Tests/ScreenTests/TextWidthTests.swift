import Screen
import TestSupport
import Testing

@Suite struct TextWidthTests {
  @Test(arguments: [
    ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("日本", 4), ("한", 2), ("\u{1112}\u{1161}", 2),
    ("Ａ", 2), ("ｱ", 1), ("😀", 2), ("❤", 1), ("▀⣿─", 3), ("\u{20E3}", 0), ("a\u{0488}", 1), ("𠀀", 2),
    ("Ω", 1), ("\u{301}\u{302}", 0),
  ])
  func width(_ text: String, _ columns: Int) { #expect(TextWidth.width(text) == columns) }

  @Test func truncatedTextNeverIsWiderThanTheLimit() {
    let texts = ["plain text", "日本語テキスト", "a日b本c", "e\u{301}e\u{301}e\u{301}", "", "😀😀"]
    for text in texts {
      for limit in 0...12 {
        for ellipsis in ["", "…", "~"] {
          let cut = TextWidth.truncate(text, to: limit, ellipsis: ellipsis)
          #expect(TextWidth.width(cut) <= limit)
          #expect(TextWidth.width(text) > limit || cut == text)
          #expect(TextWidth.width(TextWidth.fit(text, to: limit, ellipsis: ellipsis)) == limit)
        }
      }
    }
  }

  @Test func ellipsisStandsWhereTextWasCut() {
    #expect(TextWidth.truncate("abcdef", to: 4, ellipsis: "…") == "abc…")
    #expect(TextWidth.truncate("日本語", to: 4, ellipsis: "…") == "日…")
    #expect(TextWidth.truncate("abc", to: 3, ellipsis: "…") == "abc")
  }

  @Test func fitAligns() {
    #expect(TextWidth.fit("ab", to: 5) == "ab   ")
    #expect(TextWidth.fit("ab", to: 5, alignment: .right) == "   ab")
    #expect(TextWidth.fit("ab", to: 5, alignment: .center) == " ab  ")
    #expect(TextWidth.fit("日本", to: 3) == "日 ")
  }

  @Test func wrapBreaksAtSpacesAndWithinLongWords() {
    #expect(TextWidth.wrap("the quick brown fox", to: 10) == ["the quick", "brown fox"])
    #expect(TextWidth.wrap("abcdefgh ij", to: 4) == ["abcd", "efgh", "ij"])
    #expect(TextWidth.wrap("a\n\nb", to: 4) == ["a", "", "b"])
    #expect(TextWidth.wrap("", to: 4) == [""])
    #expect(TextWidth.wrap("日本語", to: 4) == ["日本", "語"])
    #expect(TextWidth.wrap("abc", to: 0) == [])
  }

  @Test func wrapLosesNoLetterAndKeepsTheWidth() {
    var random = SeededGenerator(3)
    let letters = ["a", "b", " ", "日", "e\u{301}", " "]
    for _ in 0..<300 {
      let text = (0..<Int.random(in: 0...40, using: &random)).map { _ in
        letters[Int.random(in: 0..<letters.count, using: &random)]
      }.joined()
      let columns = Int.random(in: 2...9, using: &random)
      let lines = TextWidth.wrap(text, to: columns)
      #expect(lines.allSatisfy { TextWidth.width($0) <= columns })
      #expect(lines.joined().filter { $0 != " " } == text.filter { $0 != " " })
    }
  }
}
