import Model
import Reporting
import Testing

@Suite struct MarkdownPageTests {
  /// Lines, the shape of each: what a text of data must not change.
  private static func shape(_ text: String) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      let bars = line.count { $0 == "|" }
      return String(line.prefix { "#-*| ".contains($0) }) + (bars > 0 ? " \(bars)" : "")
    }
  }

  @Test(arguments: HTMLPageTests.modalities) func dataDoesNotChangeTheStructure(_ modality: Modality) {
    var fixture = ReportFixture(modality: modality)
    let plain = Self.shape(MarkdownPage(fixture.page).text)
    var hostile = HostileText(seed: 4)
    for _ in 0..<60 {
      // A letter before it, so that no text is taken for the end of a marker of ours.
      fixture.word = "w" + hostile.next()
      #expect(Self.shape(MarkdownPage(fixture.page).text) == plain, "\(fixture.word.debugDescription)")
    }
  }

  @Test func noTextBecomesALinkAMentionOrMarkup() {
    var hostile = HostileText(seed: 5)
    for _ in 0..<5_000 {
      let prose: MarkdownText = "\(hostile.next())"
      let left = Self.withoutCode(prose.source)
      #expect(
        !left.unicodeScalars.contains { "<>[]*_`|\\@".unicodeScalars.contains($0) },
        "\(prose.source.debugDescription)")
      #expect(!left.contains("://") && !left.lowercased().contains("www."))
    }
  }

  @Test func codeHoldsWhatABacktickOrABarWouldEnd() {
    #expect(MarkdownText.code("a b").source == "`a b`")
    #expect(MarkdownText.code("a`|b").source == "<code>a&#96;&#124;b</code>")
    #expect(MarkdownText.code("").source == "(empty)")
  }

  /// Without what stands in code, of either form.
  private static func withoutCode(_ source: String) -> String {
    var rest = Substring(source)
    var result = ""
    while let start = rest.firstIndex(where: { $0 == "`" || $0 == "<" }) {
      result += rest[..<start]
      let closing = rest[start] == "`" ? "`" : "</code>"
      let inner = rest[start...].dropFirst(rest[start] == "`" ? 1 : "<code>".count)
      guard let end = inner.firstRange(of: closing) else { return result + inner }
      rest = inner[end.upperBound...]
    }
    return result + rest
  }
}
