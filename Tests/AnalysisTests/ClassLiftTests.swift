import Foundation
import Fusion
import Model
import Numerics
import Scanning
import Testing

/// One detector whose twelve highest scores, a hundredth of the set, are of one class; all other classes come in turns.
@Suite struct ClassLiftTests {
  enum Set: CaseIterable {
    case ofSixClasses, ofFourClasses
    /// The twelve are members of a finding.
    case explained

    var classes: Int { self == .ofFourClasses ? 4 : 6 }
    var isLifted: Bool { self == .ofSixClasses }
  }

  private static let rows = 1_200
  private static let target = 2

  /// The score against its definition: a class that stands out counts 1 + log((h + 0.05) / (c + 0.05)) − 0.5 times.
  @Test(arguments: Set.allCases) func aClassThatStandsOutCountsMore(set: Set) throws {
    let labels = (0..<Self.rows).map { $0 % set.classes }
    let leaders = Array(labels.indices.filter { labels[$0] == Self.target }.suffix(12))
    var scores = labels.indices.map { -Float($0) }
    for (place, row) in leaders.enumerated() { scores[row] = Float(100 - place) }
    let decades: Float = set == .explained ? 6 : 0
    let finding = Finding(
      kind: .trigger, attack: "backdoor", sentence: "planted", statisticName: "z", statistic: 9,
      pValue: 1e-8, qValue: 1e-6, members: Column(leaders.map { Int32($0) }))
    let evidence = FusionEvidence(
      labels: Column(labels.map { Int32($0) }), classNeighbors: nil,
      detectors: [
        DetectorResult(
          info: DetectorInfo(name: "a", family: .density, summary: ""),
          outcome: .ran(raw: Column(scores), percentile: Column(Ranks.percentiles(scores))), seconds: 0)
      ], findings: set == .explained ? [finding] : [])
    let views = try FusionViews(evidence, workers: Workers(threads: 1))
    let values = SuspicionScore(views) { _, _ in 1 }.values

    let share = 1 / Double(set.classes)
    let lift = set.isLifted ? log(1.05 / (share + 0.05)) - 0.5 : 0
    var sums = [Float](repeating: 0, count: Self.rows)
    for (place, row) in labels.indices.sorted(by: { scores[$0] > scores[$1] }).enumerated() {
      let tail = -log(Double(place + 1) / Double(Self.rows))
      sums[row] = Float(tail * (labels[row] == Self.target ? 1 + lift : 1))
    }
    let quantiles = Statistics.quantiles(sums, [0.5, 0.99]).map { Float($0) }
    let deviations = labels.indices.map { row in
      let support = leaders.contains(row) ? 0.5 * decades : 0
      return abs(values[row] - (sums[row] - quantiles[0]) / (quantiles[1] - quantiles[0]) - support)
    }
    #expect(deviations.max() ?? .infinity < 1e-3)
  }
}
