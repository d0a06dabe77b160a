import Screen
import Testing
import Workbench

/// The bars of the detectors beside a sample.
@Suite struct EvidenceTests {
  /// A percentile, the text that says it, and the cells of its bar.
  private static func bars(_ text: String) -> [(percentile: Double, cells: Double)] {
    text.split(separator: "\n").compactMap { line in
      guard let mark = line.lastIndex(of: "p"),
        let value = Double(line[line.index(after: mark)...].prefix(5).filter { $0 != " " && $0 != "│" })
      else { return nil }
      let bar = line[..<mark].reversed().drop { $0 == " " }.prefix { $0 == "━" || $0 == "╸" }
      return (value, bar.reduce(0) { $0 + ($1 == "━" ? 1 : 0.5) })
    }.filter { $0.cells > 0 }
  }

  /// The rarer, the longer: each factor of ten adds as much.
  @Test func barsShowTheTail() throws {
    var desk = Desk(.vectors, count: 2000, size: ScreenSize(height: 40, width: 120))
    desk.press("Q<Enter>")
    let bars = Self.bars(FrameCheck.frame(desk.state).text())
    let first = try #require(bars.first)
    #expect(first.percentile >= 99.5 && first.cells > 5, "\(bars)")
    for (a, b) in zip(bars, bars.dropFirst()) { #expect(a.percentile >= b.percentile && a.cells >= b.cells) }
    desk.press("900j")
    let middle = Self.bars(FrameCheck.frame(desk.state).text())
    #expect(middle.allSatisfy { $0.percentile >= 50 }, "none below the median: \(middle)")
    #expect(
      middle.contains { $0.percentile < 90 } && middle.allSatisfy { $0.percentile >= 90 || $0.cells <= 2 },
      "\(middle)")
  }

  /// What the most telling detectors look at is said in words.
  @Test func theMostTellingDetectorsAreExplained() {
    var desk = Desk(.vectors, count: 2000, size: ScreenSize(height: 40, width: 120))
    desk.press("Q<Enter>")
    #expect(FrameCheck.frame(desk.state).text().contains("made up: spectral of a sample"))
    desk.session.send(.resized(ScreenSize(height: 24, width: 80)))
    #expect(!FrameCheck.frame(desk.state).text().contains("made up: spectral of a sample"))
  }
}
