import Model
import Reporting
import Scanning
import Testing

@Suite struct HTMLPageTests {
  static let modalities: [Modality] = [.image, .text, .tabular, .embedding]

  @Test(arguments: modalities, [true, false])
  func thePageIsWellFormedAndReadsAloud(_ modality: Modality, decides: Bool) {
    let text = HTMLPage(ReportFixture(modality: modality, decides: decides).page).text
    let reader = PageReader(text)
    #expect(reader.problems == [])
    let tags = reader.tags.filter { !$0.isEnd }
    #expect(tags.first { $0.name == "html" }?.attributes["lang"] == "en")
    #expect(tags.count { $0.name == "h1" } == 1)
    #expect(tags.count { $0.name == "main" } == 1)
    // No level of the headings is left out.
    var level = 0
    for tag in tags where tag.name.count == 2 && tag.name.hasPrefix("h") && tag.name != "hr" {
      let next = tag.name.last?.wholeNumberValue ?? 0
      #expect(next <= level + 1, "\(tag.name) after h\(level)")
      level = next
    }
    for tag in tags where tag.name == "th" { #expect(tag.attributes["scope"] != nil) }
    for tag in tags where tag.name == "svg" {
      #expect(tag.attributes["role"] == "img" && tag.attributes["aria-label"]?.isEmpty == false)
    }
    let ids = tags.compactMap { $0.attributes["id"] }
    #expect(Set(ids).count == ids.count)
    for tag in tags {
      guard let address = tag.attributes["href"], address.hasPrefix("#") else { continue }
      #expect(ids.contains(String(address.dropFirst())))
    }
  }

  @Test(arguments: modalities) func nothingRunsAndNothingComesFromOutside(_ modality: Modality) {
    var hostile = HostileText(seed: 2)
    for _ in 0..<20 {
      var fixture = ReportFixture(modality: modality)
      fixture.word = hostile.next()
      for tag in PageReader(HTMLPage(fixture.page).text).tags {
        #expect(!["script", "link", "iframe", "object", "embed", "form", "base", "img"].contains(tag.name))
        for (name, value) in tag.attributes {
          #expect(!name.hasPrefix("on") && name != "src" && name != "style", "\(name)")
          guard name == "href" else { continue }
          #expect(value.hasPrefix("#") || value.hasPrefix("data:image/png;base64,"))
        }
      }
    }
  }

  /// The strongest that can be said of escaping: whatever the data says, the page has the same tags and attributes.
  @Test(arguments: modalities) func dataDoesNotChangeTheStructure(_ modality: Modality) {
    func structure(_ word: String) -> [String] {
      var fixture = ReportFixture(modality: modality)
      fixture.word = word
      return PageReader(HTMLPage(fixture.page).text).tags
        // How often a text holds the words of a trigger is the data's.
        .filter { $0.name != "mark" }
        .map { ($0.isEnd ? "/" : "") + $0.name + $0.attributes.keys.sorted().joined(separator: ",") }
    }
    let plain = structure("plain")
    var hostile = HostileText(seed: 3)
    for _ in 0..<40 {
      let word = hostile.next()
      #expect(structure(word) == plain, "\(word.debugDescription)")
    }
  }

  @Test func noCharacterActsOnATerminal() {
    var fixture = ReportFixture(modality: .text)
    fixture.word = "\u{1B}[2J\u{202E}\u{0}x"
    let page = fixture.page
    for text in [HTMLPage(page).text, MarkdownPage(page).text] {
      #expect(!text.unicodeScalars.contains { $0.movesOrHides && $0 != "\n" })
      #expect(text.contains("202E"))
    }
  }

  @Test func theSameMaterialMakesTheSamePage() {
    let fixture = ReportFixture()
    #expect(HTMLPage(fixture.page).text == HTMLPage(fixture.page).text)
    #expect(MarkdownPage(fixture.page).text == MarkdownPage(fixture.page).text)
    #expect(HTMLPage(fixture.page).text.contains("2026-05-28T20:26:40.000Z"))
  }

  @Test func theTriggerIsFramedAndTheWordsAreMarked() {
    let picture = PageReader(HTMLPage(ReportFixture().page).text).tags.first {
      $0.attributes["class"] == "patch"
    }
    #expect(picture?.attributes["x"] == "1" && picture?.attributes["width"] == "2")
    #expect(HTMLPage(ReportFixture(modality: .text).page).text.contains("first <mark>plain</mark> last"))
    #expect(HTMLPage(ReportFixture(modality: .tabular).page).text.contains("<small>trigger</small>"))
  }
  /// An incident joins findings of several samples: what one of them holds is not marked in another.
  @Test func onlyWhatASampleHoldsIsMarked() throws {
    var material = ReportFixture(modality: .tabular).material
    let finding = try #require(material.report.findings.first)
    material.report.findings = [
      Finding(
        id: finding.id, kind: .trigger, attack: "a", sentence: "s", statisticName: "z", statistic: 1,
        pValue: nil,
        members: [0], item: finding.item)
    ]
    let text = HTMLPage(ReportPage(material)).text
    // Row 0 is shown once in each of the two incidents.
    #expect(text.split(separator: "<small>trigger</small>").count == 3)
  }
}
