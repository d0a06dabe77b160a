import Model
import Scanning
import Testing
import TriggerMining

/// Which of two findings of one trigger is told.
@Suite struct DistinctTriggerTests {
  private static func finding(_ members: Range<Int32>, others: Int, label: Int32 = 0) -> Finding {
    Finding(
      kind: .trigger, attack: "backdoor", sentence: "\(members) and \(others)", label: label,
      statisticName: "z",
      statistic: 9, pValue: 1e-9, purity: Double(members.count) / Double(members.count + others),
      members: Column(Array(members)), cleanHolders: Column((0..<others).map { Int32(900 + $0) }))
  }

  private static func told(_ findings: Finding...) -> [String] {
    DistinctTriggers.among(findings).map(\.sentence)
  }

  @Test func theFirstOfAboutAsManyStays() {
    let first = Self.finding(0..<50, others: 0)
    #expect(Self.told(first, Self.finding(0..<55, others: 0)) == [first.sentence])
    #expect(Self.told(first, Self.finding(10..<50, others: 0)) == [first.sentence])
  }

  @Test func moreHitsReplaceItIfTheyAreAsPure() {
    let first = Self.finding(0..<50, others: 0)
    let pure = Self.finding(0..<100, others: 3)
    #expect(Self.told(first, pure) == [pure.sentence])
    #expect(Self.told(first, Self.finding(0..<100, others: 15)) == [first.sentence])
  }

  @Test func othersStayBesideIt() {
    let first = Self.finding(0..<50, others: 0)
    let other = Self.finding(200..<250, others: 30)
    #expect(Self.told(first, other) == [first.sentence, other.sentence])
    // Without a label it tells less.
    #expect(Self.told(first, Self.finding(0..<100, others: 0, label: -1)) == [first.sentence])
  }
}
