import Foundation
import Gate
import Model
import Scanning
import Testing

@Suite struct DriftTests {
  /// Reference values: scipy.stats.chi2.sf.
  @Test(arguments: [
    (3.841458820694124, 1, 0.05), (18.307038053275146, 10, 0.05), (0.5, 4, 0.9735009788392561),
    (200, 150, 0.003973185970821635), (100, 10, 5.4497019829205215e-17),
  ])
  func chiSquareHasTheTailOfTheTables(_ x: Double, _ degrees: Int, _ expected: Double) {
    let found = ChiSquare.upper(x, degrees: degrees)
    #expect(abs(found / expected - 1) < 1e-9, "\(found)")
  }

  @Test func chiSquareHasNoFarSide() {
    #expect(ChiSquare.upper(0, degrees: 3) == 1)
    #expect(ChiSquare.upper(.infinity, degrees: 3) == 0)
    #expect(ChiSquare.upper(1e6, degrees: 3) == 0)
    #expect(ChiSquare.upper(.nan, degrees: 3).isNaN)
  }

  @Test func distanceOfTwoSamples() throws {
    let low = (0..<100).map(Double.init)
    let apart = try #require(KolmogorovSmirnov(low, low.map { $0 + 1000 }))
    #expect(apart.distance == 1 && apart.pValue < 1e-12)
    let same = try #require(KolmogorovSmirnov(low, low))
    #expect(same.distance == 0 && same.pValue == 1)
    // By hand: 25 of 100 lie below what all others of the second sample begin with.
    let shifted = try #require(KolmogorovSmirnov(low, low.map { $0 + 25 }))
    #expect(abs(shifted.distance - 0.25) < 1e-12)
    // λ = (√50 + 0.12 + 0.11 / √50) · 0.25, of which 2 Σ (−1)^(k−1) exp(−2 k² λ²) is 0.0030312 (scipy.stats.kstwobign).
    #expect(abs(shifted.pValue - 0.0030312451667524882) < 1e-12, "\(shifted.pValue)")
    #expect(KolmogorovSmirnov([.nan], low) == nil)
    let ties = try #require(KolmogorovSmirnov([1, 1, 1, .nan], [1, 1]))
    #expect(ties.distance == 0)
  }

  @Test func sharesThatMove() throws {
    let moved = try #require(ShareDrift(before: [500, 500], now: [900, 100]))
    // (0.9 − 0.5) ln(0.9 / 0.5) + (0.1 − 0.5) ln(0.1 / 0.5).
    #expect(abs(moved.psi - 0.8789) < 0.01 && moved.pValue < 1e-10)
    let still = try #require(ShareDrift(before: [500, 500], now: [50, 50]))
    #expect(still.psi < 1e-4 && still.pValue > 0.99)
    let new = try #require(ShareDrift(before: [500, 500, 0], now: [500, 400, 100]))
    #expect(new.psi.isFinite && new.psi > 0.25 && new.pValue < 1e-10)
    #expect(ShareDrift(before: [0, 0], now: [1, 2]) == nil)
    #expect(ShareDrift(before: [5, 0], now: [7, 0]) == nil)
  }

  private func row(_ index: Int, _ label: String, _ x: Int, _ channel: String) -> String {
    "r\(index),\(label),\(x).5,\(channel)"
  }

  private func clean(_ count: Int) -> [String] {
    (0..<count).map { row($0, $0 % 2 == 0 ? "a" : "b", $0 * 37 % 101, $0 % 3 == 0 ? "web" : "shop") }
  }

  private func drift(_ check: String, _ rows: [String]) throws -> CheckResult.Status {
    let fixture = try Fixture()
    let header = "id,label,x,channel"
    let before = try fixture.table(header, clean(200)).data
    var input = try fixture.table(header, rows)
    input.baseline = CheckInput.Baseline(report: Report(of: before), data: before)
    return try status(check, input)
  }

  @Test func nothingDriftsFromItself() throws {
    for check in ["class-drift", "new-classes", "number-drift", "category-drift", "missing-drift"] {
      #expect(try drift(check, clean(200)) == .pass, "\(check)")
      #expect(try drift(check, clean(150)) == .pass, "\(check)")
    }
  }

  @Test func whatDriftsIsFoundByItsCheckOnly() throws {
    let all = ["class-drift", "new-classes", "number-drift", "category-drift", "missing-drift"]
    func broken(_ rows: [String]) throws -> [String] {
      try all.filter { [.warn, .fail].contains(try drift($0, rows)) }
    }
    func rows(_ make: (Int) -> String) -> [String] { (0..<200).map(make) }
    func label(_ index: Int) -> String { index % 2 == 0 ? "a" : "b" }
    func channel(_ index: Int) -> String { index % 3 == 0 ? "web" : "shop" }
    #expect(
      try broken(rows { row($0, $0 % 10 == 0 ? "a" : "b", $0 * 37 % 101, channel($0)) }) == ["class-drift"])
    #expect(
      try broken(rows { row($0, $0 < 2 ? "c" : label($0), $0 * 37 % 101, channel($0)) }) == ["new-classes"])
    #expect(
      try broken(rows { row($0, label($0), $0 * 37 % 101 + 60, channel($0)) }) == ["number-drift"])
    #expect(
      try broken(rows { row($0, label($0), $0 * 37 % 101, $0 % 10 == 0 ? "shop" : "web") }) == [
        "category-drift"
      ])
    #expect(
      try broken(rows { "r\($0),\(label($0)),\($0 % 5 == 0 ? "" : "\($0 * 37 % 101).5"),\(channel($0))" })
        == ["missing-drift"])
  }

  @Test func lengthsOfTexts() throws {
    let fixture = try Fixture()
    let before = try fixture.texts((0..<60).map { "a sentence of \($0) words" })
    var same = try fixture.texts((0..<60).map { "a sentence of \($0) words" })
    same.baseline = CheckInput.Baseline(report: Report(of: before.data), data: before.data)
    #expect(try status("length-drift", same) == .pass)
    var longer = try fixture.texts(
      (0..<60).map { "a sentence of \($0) words and of many others behind them" })
    longer.baseline = same.baseline
    #expect(try status("length-drift", longer) == .warn)
  }

  @Test func withoutTheDatasetOfTheBaselineItIsSaidWhy() throws {
    let fixture = try Fixture()
    var input = try fixture.table("id,label,x,channel", clean(20))
    #expect(try status("number-drift", input) == .notApplicable)
    input.baseline = CheckInput.Baseline(report: Report(of: input.data), data: nil, reason: "it is gone")
    #expect(try results("number-drift", input).map(\.sentence) == ["it is gone"])
    #expect(try status("class-drift", input) == .pass)
  }
}

extension Report {
  /// A report that knows of a dataset and has found nothing.
  init(of data: Dataset, suspicion: [Float]? = nil) {
    self.init(
      facts: DatasetFacts(
        name: data.name, modality: data.modality, count: data.count, classes: data.classes,
        digest: data.digest,
        featureSource: "", probabilitySource: "", notes: []),
      ids: data.ids, labels: data.labels,
      suspicion: Column(suspicion ?? [Float](repeating: 0, count: data.count)),
      hypothesis: Column([UInt8](repeating: 0, count: data.count)), hypotheses: ["none"],
      suggestedLabels: Column([Int32](repeating: -1, count: data.count)), detectors: [], neighbors: nil,
      layout: [],
      clusters: [], findings: [], sources: data.sources, times: nil, timings: [])
  }
}
