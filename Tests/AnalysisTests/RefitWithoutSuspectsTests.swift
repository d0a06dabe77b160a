import Detectors
import Model
import Scan
import Scanning
import Testing

/// Label scores are refitted without the samples that are suspected.
@Suite struct RefitWithoutSuspectsTests {
  private static let detectors = DetectorRegistry.all.filter { $0.info.family == .labels }

  private static func flipped() throws -> Dataset {
    try Planted.table(450, seed: 5) { row, _ in row % 15 == 0 ? 1 : nil }
  }

  private static func results(_ input: ScanInput) throws -> [DetectorResult] {
    try detectors.map { detector in
      let scores = Column(try detector.run(on: input).scores)
      return DetectorResult(info: detector.info, outcome: .ran(raw: scores, percentile: scores), seconds: 0)
    }
  }

  private static func suspicion(of suspects: some Sequence<Int>, count: Int) -> [Float] {
    var suspicion = [Float](repeating: 0.1, count: count)
    for row in suspects { suspicion[row] = 0.9 }
    return suspicion
  }

  @Test func whatIsNotSuspectedIsScoredAsIfSuspectsHadNoLabels() throws {
    let dataset = try Self.flipped()
    let input = try ScanInput.prepare(dataset)
    let suspects = Set((0..<450).filter { $0 % 15 == 0 && $0 % 3 == 0 })
    let excluded = try #require(
      RefitWithoutSuspects.suspects(Self.suspicion(of: suspects, count: 450), in: input))
    #expect(Set(excluded.indices.filter { excluded[$0] }) == suspects)
    let first = try Self.results(input)
    var second = first
    try RefitWithoutSuspects.refit(&second, by: Self.detectors, on: input, without: excluded)
    var unlabeled = dataset
    unlabeled.labels = Column(dataset.labels.indices.map { excluded[$0] ? -1 : dataset.labels[$0] })
    let oracle = try Self.results(try ScanInput.prepare(unlabeled))
    var changed = 0
    for (index, result) in second.enumerated() {
      guard let raw = result.raw, let before = first[index].raw, let after = oracle[index].raw else {
        continue
      }
      for row in raw.indices {
        let expected = excluded[row] || result.info.name == "label-noise" ? before[row] : after[row]
        #expect(raw[row] == expected || raw[row].isNaN && expected.isNaN, "\(result.info.name), \(row)")
        if raw[row] != before[row] { changed += 1 }
      }
    }
    #expect(changed > 450)
  }

  @Test func aClassThatIsMostlySuspectedStays() throws {
    let input = try ScanInput.prepare(try Self.flipped())
    let rows = input.rowsByClass[1]
    let most = Self.suspicion(of: rows.prefix(rows.count / 2 + 1), count: 450)
    #expect(RefitWithoutSuspects.suspects(most, in: input) == nil)
    #expect(RefitWithoutSuspects.suspects([Float](repeating: 0.49, count: 450), in: input) == nil)
  }

  /// The number is stated where there was a refit, and is 0 where there was none.
  @Test func theReportSaysHowManyWereSetAside() throws {
    let dataset = try Planted.texts(600, seed: 9) { row, text in
      guard row % 15 == 1 else { return nil }
      text = "velvet " + text
      return 0
    }
    let poisoned = try Scanner.scan(dataset)
    #expect(poisoned.fusion.setAside > 20)
    let clean = try Scanner.scan(try Planted.texts(600, seed: 9) { _, _ in nil })
    #expect(clean.fusion.setAside == 0)
  }
}
