import Model
import Reporting
import Scanning
import Testing

@Suite struct ReportPageTests {
  @Test func theNumbersAreThoseOfTheReport() {
    let fixture = ReportFixture()
    let (page, report) = (fixture.page, fixture.material.report)
    #expect(page.summary.samples == report.count)
    #expect(page.summary.flagged == report.suspicion.count { $0 >= Report.flagThreshold })
    #expect(page.summary.classes.items.map(\.count) == [30, 30])
    #expect(page.summary.involved == 20)
    #expect(page.histogram.bins.reduce(0) { $0 + $1.total } == report.count)
    let above = page.histogram.bins.filter { $0.low >= page.histogram.threshold - 1e-9 }
    #expect(above.reduce(0) { $0 + $1.total } == page.summary.flagged)
    #expect(page.plane.map { $0.flaggedCount + $0.otherCount } == report.count)
    #expect(page.provenance.digest == report.facts.digest.hex)
    #expect(page.incidents.map(\.line.size) == report.incidents.map(\.members.count))
    #expect(page.incidents.map(\.line.flagged) == report.incidents.map(\.flagged))
  }

  @Test func classesBeforeAndAfterAddUp() throws {
    let shares = try #require(ReportFixture().page.incidents.first?.shares)
    // Rows 0 to 19 alternate; the evidence suggests the second class for rows 0 to 3, two of which have it.
    #expect(shares.rows.items.map(\.given) == [10, 10])
    #expect(Set(shares.rows.items.map(\.suggested)) == [8, 12])
    #expect(shares.rows.items.map(\.remaining) == [20, 20] && shares.remaining == 40 && shares.whole == 60)
  }

  @Test func decisionsAndAgreementAreCounted() {
    let part = ReportFixture().page.decisions
    #expect(part.samples == 6 && part.disputed == 1 && part.unknown == 3)
    #expect(part.reviewers.items.map(\.name) == ["plain", "plain2"])
    #expect(part.reviewers.items.map(\.samples) == [6, 3])
    #expect(part.agreement.shared == 3 && part.agreement.same == 2)
    #expect(part.lines.total == 9 && part.lines.items.first?.state == "disputed")
    #expect(part.undecidedFlagged == 14)
    // Poisoned three times against clean, poisoned, poisoned: what chance would give.
    #expect(part.pairs.items.map { $0.kappa?.value } == [0])
    #expect(part.agreement.kappa == nil, "of two reviewers there is Cohen's")
  }

  @Test func kappaIsThatOfTheTextbook() {
    // 20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no: kappa 0.4 (Wikipedia, "Cohen's kappa", simple example).
    let counts: [(Verdict, Verdict, Int)] = [
      (.poisoned, .poisoned, 20), (.poisoned, .clean, 5), (.clean, .poisoned, 10), (.clean, .clean, 15),
    ]
    var material = ReportFixture(decides: false).material
    let pairs = counts.flatMap { Array(repeating: ($0.0, $0.1), count: $0.2) }
    material.judged = pairs.enumerated().map { row, pair -> JudgedSample in
      let isSame = pair.0 == pair.1
      let opinions: [JudgedSample.Opinion] = [
        .init(reviewer: "a", verdict: pair.0, at: 0, independent: pair.0),
        .init(reviewer: "b", verdict: pair.1, at: 0, independent: pair.1),
      ]
      return JudgedSample(
        row: row, id: "\(row)", opinions: opinions, state: isSame ? .stands : .disputed,
        verdict: isSame ? pair.0 : nil)
    }
    let page = ReportPage(material)
    let kappa = page.decisions.pairs.items.first?.kappa
    #expect(abs((kappa?.value ?? 0) - 0.4) < 1e-12)
    #expect(
      HTMLPage(page).text.contains("0.40")
        && MarkdownPage(page).text.contains("kappa 0.40 (95 %: 0.15 to 0.65)"))
  }

  @Test func aLargeCaseIsBoundedAndSaysSo() {
    var fixture = ReportFixture()
    fixture.count = 30_000
    fixture.incidents = 300
    let page = fixture.page
    #expect(page.incidents.count == ReportPage.maxIncidents)
    #expect(page.incidents.count + page.furtherIncidents.total == 300 && page.furtherIncidents.more == 76)
    #expect(page.incidents[0].exhibits.items.count == 12 && page.incidents[0].exhibits.total == 10_000)
    let text = HTMLPage(page).text
    #expect(
      text.contains("and 9,988 more samples in this incident") && text.contains("and 76 more incidents"))
    #expect(text.utf8.count < 2_000_000)
  }

  @Test func aCaseThatNothingIsKnownOfSaysSo() {
    var material = ReportFixture(decides: false).material
    material.report.detectors = []
    let page = ReportPage(material)
    #expect(page.summary.flagged == nil)
    #expect(HTMLPage(page).text.contains("No detector could run"))
    #expect(MarkdownPage(page).text.contains("no detector could run"))
  }

  @Test func anEmptyCaseMakesAPage() {
    let fixture = ReportFixture(count: 0, incidents: 0, decides: false)
    #expect(PageReader(HTMLPage(fixture.page).text).problems == [])
    #expect(fixture.page.plane == nil)
  }
}
