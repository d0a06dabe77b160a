import Model
import Reporting
import Testing

@Suite struct HTMLTextTests {
  @Test func nothingOfATextIsMarkupAndNothingOfItIsLost() {
    var hostile = HostileText(seed: 1)
    for _ in 0..<5_000 {
      let text = hostile.next()
      let markup: HTMLText = "\(text)"
      #expect(!markup.source.unicodeScalars.contains { "<>\"'".unicodeScalars.contains($0) })
      #expect(!markup.source.unicodeScalars.contains { $0.movesOrHides })
      #expect(Self.read(markup.source) == displayText(text))
    }
  }

  @Test func aMarkDoesNotCombineWithTheTagBeforeIt() {
    #expect(("<b>\("\u{338}x")</b>" as HTMLText).source == "<b>&#824;x</b>")
  }

  @Test func linesStayWhereTheyAreAskedFor() {
    let text = "a\nb\u{1B}"
    #expect(("\(lines: text)" as HTMLText).source == "a\nb&lt;1B&gt;")
    #expect(("\(text)" as HTMLText).source == "a&lt;0A&gt;b&lt;1B&gt;")
  }

  @Test func aLongTextIsCutBeforeItIsEscaped() {
    let long = String(repeating: "<", count: 1_000)
    #expect(HTMLText.data(long, upTo: 3).source == "<bdi>&lt;&lt;&lt;…</bdi>")
  }

  /// What a browser makes of the references; by scalars, since what combines with one hides it from a search.
  private static func read(_ source: String) -> String {
    let named: [String: Unicode.Scalar] = ["lt": "<", "gt": ">", "quot": "\"", "amp": "&"]
    var (result, rest) = (String.UnicodeScalarView(), source.unicodeScalars[...])
    while let scalar = rest.popFirst() {
      guard scalar == "&" else {
        result.append(scalar)
        continue
      }
      let name = String(String.UnicodeScalarView(rest.prefix { $0 != ";" }))
      rest = rest.drop { $0 != ";" }.dropFirst()
      result.append(named[name] ?? UInt32(name.dropFirst()).flatMap(Unicode.Scalar.init) ?? "?")
    }
    return String(result)
  }
}
