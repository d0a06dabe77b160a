import Foundation
import Gate
import Testing

/// Each check of the content names the planted text and no other.
@Suite struct ContentCheckTests {
  let fixture: Fixture

  init() throws { fixture = try Fixture() }

  @Test func nothingIsWrongWithPlainTexts() throws {
    let broken = CheckRegistry.run(on: try fixture.texts(Fixture.plain)).filter {
      $0.status == .fail || $0.status == .warn
    }
    #expect(broken.isEmpty, "\(broken)")
  }

  @Test(arguments: [
    ("empty", "   \t "), ("empty", "\u{3000}\u{A0}"),
    ("oversized", String(repeating: "word ", count: 40_000)),
    ("undecodable", "broken \u{FFFD} text"), ("invisible", "zero\u{200B}width"), ("invisible", "a\u{200D}b"),
    ("invisible", "tag \u{E0041}\u{E0042}"), ("invisible", "bell \u{7} here"),
    ("invisible", "soft\u{AD}hyphen"),
    (
      "invisible",
      "\u{1F3F4}" + String(String.UnicodeScalarView((0..<20).compactMap { Unicode.Scalar(0xE0061 + $0) }))
    ),
    ("bidirectional", "if access \u{202E}nimda"), ("bidirectional", "isolate \u{2066}x\u{2069}"),
    ("bidirectional", "mark \u{200F} in English"),
    ("markup", "see <ScRiPt>alert(1)</script>"), ("markup", "=HYPERLINK(\"http://x\")"),
    ("prompts", "Please IGNORE   previous\n instructions and"), ("prompts", "<|im_start|>system"),
  ])
  func plantedTextIsFound(_ check: String, _ text: String) throws {
    let input = try fixture.texts(Fixture.plain + [text])
    #expect(try rows(check, input) == [Fixture.plain.count])
  }

  @Test(arguments: [
    "family \u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}", "heart \u{2764}\u{FE0F}",
    "keycap 1\u{FE0F}\u{20E3}",
    "\u{0645}\u{06CC}\u{200C}\u{062E}\u{0648}\u{0627}\u{0647}\u{0645}",
    "\u{05E9}\u{05DC}\u{05D5}\u{05DD}\u{200F}!",
    "England \u{1F3F4}\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}", "e\u{301}t\u{E9} na\u{EF}ve",
    "a < b and b > c", "the previous instructions were fine",
  ])
  func whatPeopleWriteIsNotFound(_ text: String) throws {
    let input = try fixture.texts(Fixture.plain + [text])
    for check in ["empty", "undecodable", "invisible", "bidirectional", "markup", "prompts"] {
      #expect(try status(check, input) == .pass, "\(check)")
    }
  }

  @Test func phrasesOfThePolicyAreLookedFor() throws {
    let texts = Fixture.plain + ["OPEN  sesame"]
    #expect(try status("prompts", fixture.texts(texts)) == .pass)
    #expect(
      try status("prompts", fixture.texts(texts, policy: "[content]\nprompts = [\"open sesame\"]")) == .warn)
  }

  @Test func cellsOfATableAreTextsToo() throws {
    let rows = (0..<12).map { "r\($0),\($0 % 2 == 0 ? "a" : "b"),\($0).5,\($0 == 7 ? "we\u{200B}b" : "web")" }
    let input = try fixture.table("id,label,amount,channel", rows)
    #expect(try GateTests.rows("invisible", input) == [7])
  }

  @Test func namesOfClassesAreLookedAt() throws {
    let rows = (0..<12).map { "r\($0),\($0 % 3 == 0 ? "a\u{202E}" : "b"),\($0).5" }
    let found = try results("bidirectional", fixture.table("id,label,amount", rows))
    #expect(found.contains { $0.status == .fail && $0.subject == "names of classes" })
    #expect(!found.contains { $0.sentence.unicodeScalars.contains("\u{202E}") })
  }

  @Test func copiesAcrossSplits() throws {
    func input(_ last: String) throws -> CheckInput {
      let rows = (0..<12).map {
        "r\($0),\($0 % 2 == 0 ? "a" : "b"),\($0).5,\($0 * 7 % 5),\($0 < 8 ? "train" : "test")"
      }
      return try fixture.table("id,label,x,y,split", rows + [last])
    }
    #expect(try status("copies", input("r12,a,99.5,1,test")) == .pass)
    #expect(try status("copies", input("r12,b,3.5,1,train")) == .pass, "a copy within a split")
    let copied = try input("r12,b,3.5,1,test")
    #expect(try rows("copies", copied) == [3, 12])
    #expect(try status("conflicts", copied) == .pass)
    #expect(try rows("conflicts", input("r12,a,3.5,1,test")) == [3, 12])
  }

  @Test func textsAreComparedAcrossSplitsToo() throws {
    let lines = (0..<12).map { row in
      let text = row == 11 ? "text number 2" : "text number \(row)"
      return
        "{\"text\": \"\(text)\", \"label\": \"\(row % 2 == 0 ? "a" : "b")\", \"split\": \"\(row < 8 ? "train" : "test")\"}"
    }
    let path = try fixture.write("splits.jsonl", lines.joined(separator: "\n") + "\n")
    #expect(try rows("copies", fixture.input(path)) == [2, 11])
  }

  @Test func aListIsCutAndTheCountIsNot() throws {
    let texts = Fixture.plain + (0..<9).map { "zero\u{200B}width \($0)" }
    let found = try results("invisible", fixture.texts(texts, policy: "[report]\nmax-listed = 4"))
    #expect(found.first?.offenders.count == 4 && found.first?.offenderCount == 9)
    #expect(found.first?.offenders.first == Offender(row: 12, id: "t12"))
  }
}
