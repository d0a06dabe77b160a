import Fusion
import Model
import Numerics
import Scanning

/// What the suspicion loses without each family and each detector.
struct Ablation: Encodable {
  struct Row: Encodable {
    /// A family, or a detector.
    var without: String
    var isFamily: Bool
    /// Fall of each figure; negative where the suspicion is better without.
    var auroc: Double
    var averagePrecision: Double
    var tprAt1: Double
  }
  let rows: [Row]

  /// - Parameter counted: rows that the truth counts, `poisoned` their verdicts.
  init(_ report: Report, weights: FusionWeights, counted: [Int], poisoned: [Bool], workers: Workers) throws {
    let evidence = FusionEvidence(report)
    func figures(_ evidence: FusionEvidence) throws -> (auroc: Double, ap: Double, tpr: Double) {
      let suspicion = try EvidenceFusion.combine(evidence, weights: weights, workers: workers).suspicion
      let scores = counted.map { suspicion[$0] }
      return (
        Quality.auroc(scores, truth: poisoned), Quality.averagePrecision(scores, truth: poisoned),
        Quality.truePositiveRate(scores, truth: poisoned, atFalsePositiveRate: 0.01)
      )
    }
    let whole = try figures(evidence)
    func row(_ name: String, isFamily: Bool, _ rest: FusionEvidence) throws -> Row {
      let part = try figures(rest)
      return Row(
        without: name, isFamily: isFamily, auroc: whole.auroc - part.auroc,
        averagePrecision: whole.ap - part.ap,
        tprAt1: whole.tpr - part.tpr)
    }
    let ran = report.detectors.filter { $0.raw != nil }.map(\.info)
    let families = DetectorInfo.Family.allCases.filter { family in ran.contains { $0.family == family } }
    rows =
      try families.map { family in
        let kinds = Finding.Kind.allCases.filter { $0.family == family }
        let names = ran.filter { $0.family == family }.map(\.name)
        return try row(
          family.rawValue, isFamily: true, evidence.without(detectors: Set(names), findings: Set(kinds)))
      }
      + ran.map { try row($0.name, isFamily: false, evidence.without(detectors: [$0.name])) }
  }

  func lines() -> [String] {
    ["lost without".leftAligned(30) + ["auroc", "ap", "tpr@1%"].map { $0.rightAligned(9) }.joined()]
      + rows.map { row in
        (row.isFamily ? row.without : "  " + row.without).leftAligned(30)
          + [row.auroc, row.averagePrecision, row.tprAt1].map { $0.fixed(4).rightAligned(9) }.joined()
      }
  }
}
