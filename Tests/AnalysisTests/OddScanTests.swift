import Detectors
import Model
import Scan
import Scanning
import Testing

/// A whole scan of what is hardly a dataset: a stated result or a reason.
@Suite struct OddScanTests {
  private static func scan(_ name: String) throws -> Report {
    let odd = try #require(DetectorInputTests.cases.first { $0.testDescription == name }, "no case \(name)")
    return try Scanner.scan(odd.make(), options: ScanOptions(threads: 2))
  }

  private static func reasons(_ report: Report) -> [String: String] {
    var reasons: [String: String] = [:]
    for detector in report.detectors {
      if case .skipped(let reason) = detector.outcome { reasons[detector.info.name] = reason }
    }
    return reasons
  }

  @Test(arguments: DetectorInputTests.cases)
  func aScanHasAResultOrAReason(odd: DetectorInputTests.Case) throws {
    let dataset = try odd.make()
    let report = try Scanner.scan(dataset, options: ScanOptions(threads: 2))
    #expect(report.count == dataset.count)
    #expect(report.suspicion.count == dataset.count)
    #expect(report.suspicion.allSatisfy { $0 >= 0 && $0 <= 1 })
    #expect(report.detectors.map(\.info.name) == DetectorRegistry.all.map(\.info.name))
    for detector in report.detectors {
      switch detector.outcome {
      case .ran(let raw, let percentile):
        #expect(raw.count == dataset.count && percentile.count == dataset.count, "\(detector.info.name)")
        #expect(zip(raw, percentile).allSatisfy { $0.isNaN ? $1.isNaN : $1 >= 0 && $1 <= 1 })
      case .skipped(let reason): #expect(!reason.isEmpty, "\(detector.info.name)")
      }
    }
    #expect(report.coverageGaps.allSatisfy { !$0.attack.isEmpty && !$0.reason.isEmpty })
    for finding in report.findings {
      #expect(finding.members.allSatisfy { (0..<dataset.count).contains(Int($0)) }, "\(finding.sentence)")
    }
  }

  /// What tells nothing apart accuses nobody.
  @Test(arguments: [
    "constant features", "nothing finite", "one class", "a class of one", "no labels", "two samples",
    "one sample", "a thousand classes", "more classes than can be weighed", "a constant table",
    "a table of missing cells", "a table of one class", "two rows", "empty texts", "texts without a letter",
    "two texts", "one text", "one color", "two pictures",
  ])
  func nothingIsFlagged(name: String) throws {
    let report = try Self.scan(name)
    #expect(report.suspicion.allSatisfy { $0 < Report.flagThreshold })
  }

  @Test func rowsThatAreNotFiniteAreNamedAndTheRestIsScored() throws {
    let report = try Self.scan("rows that are not finite")
    #expect(report.facts.notes.contains { $0.hasPrefix("10 rows have features that are not finite") })
    let distance = try #require(report.detectors.first { $0.info.name == "neighbor-distance" }?.raw)
    #expect((0..<60).allSatisfy { distance[$0].isNaN == ($0 < 10) })
    #expect(report.suspicion.prefix(10).allSatisfy { $0 < Report.flagThreshold })
  }

  @Test func oneClassIsNoGroundForDoubtOfLabels() throws {
    let reasons = Self.reasons(try Self.scan("one class"))
    #expect(reasons["self-confidence"] == "needs labels of at least 2 classes")
    #expect(reasons["label-noise"] == "needs labels of at least 2 classes")
    #expect(reasons["neighbor-distance"] == nil)
    #expect(reasons["class-mahalanobis"] == nil)
  }

  @Test func labelsOfTooManyClassesAreLeftOutAndShown() throws {
    let report = try Self.scan("more classes than can be weighed")
    let most = ScanInput.maxProbabilities / 12600
    let reason =
      "4200 classes are too many for 12600 samples: at most \(most) can be weighed against each other"
    #expect(report.facts.notes.contains("labels are not looked at: " + reason))
    let reasons = Self.reasons(report)
    for name in [
      "confident-learning", "class-discriminant", "spectral-signature", "area-under-margin", "scan",
    ] {
      #expect(reasons[name] == reason, "\(name)")
    }
    #expect(reasons["neighbor-distance"] == nil)
    #expect(report.coverageGaps.contains { $0.attack == "flipped labels" && $0.reason.contains(reason) })
    // What the file says of its samples stays.
    #expect(Array(report.labels) == (0..<12600).map { Int32($0 % 4200) })
  }

  @Test func textsThatAreAllAlikeAreSaidToBe() throws {
    let reasons = Self.reasons(try Self.scan("one text for all"))
    #expect(reasons["exact-copies"] == "needs payloads that are mostly distinct")
  }
}
