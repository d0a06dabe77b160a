import CaseFiles
import Foundation
import Model
import Numerics
import Scanning

/// AUROC, average precision, true positive rate at 1 % false alarms and precision at k (k = number of poisons) of
/// every column of scores.
struct BenchTable: Encodable {
  struct Row: Encodable {
    var name: String
    var family: String
    var auroc: Double
    var averagePrecision: Double
    var tprAt1: Double
    var precisionAtK: Double
  }
  struct Flags: Encodable {
    var flagged: Int
    var precision: Double?
    var recall: Double?
  }
  let samples: Int
  let poisons: Int
  let rows: [Row]
  let flags: Flags
  let reliability: Reliability
  var ablation: Ablation?
  var oracle: Oracle?
  var planted: DetectionLimits?
  var clean: CleanDraws?

  init(report: Report, truth: Truth) {
    let counted = truth.counted
    let poisoned = counted.map { truth.poisoned[$0] == true }
    let poisons = poisoned.count { $0 }
    func row(_ name: String, _ family: String, _ scores: Column<Float>) -> Row {
      // A sample without a score is the least suspicious there is.
      let lowest = scores.filter { !$0.isNaN }.min() ?? 0
      let values = counted.map { scores[$0].isNaN ? lowest : scores[$0] }
      return Row(
        name: name, family: family, auroc: Quality.auroc(values, truth: poisoned),
        averagePrecision: Quality.averagePrecision(values, truth: poisoned),
        tprAt1: Quality.truePositiveRate(values, truth: poisoned, atFalsePositiveRate: 0.01),
        precisionAtK: Quality.precision(values, truth: poisoned, at: poisons))
    }
    samples = counted.count
    self.poisons = poisons
    rows =
      [row("suspicion", "fusion", report.suspicion)]
      + report.detectors.compactMap { detector in
        detector.percentile.map { row(detector.info.name, detector.info.family.rawValue, $0) }
      }.sorted { $0.auroc > $1.auroc }
    let flagged = counted.indices.filter { report.suspicion[counted[$0]] >= Report.flagThreshold }
    let hits = flagged.count { poisoned[$0] }
    flags = Flags(
      flagged: flagged.count,
      precision: flagged.isEmpty ? nil : Double(hits) / Double(flagged.count),
      recall: poisons == 0 ? nil : Double(hits) / Double(poisons))
    reliability = Reliability(suspicion: counted.map { report.suspicion[$0] }, poisoned: poisoned)
  }

  func text() -> String {
    var lines = ["\(counted(samples, "sample")), \(grouped(poisons)) poisoned"]
    lines.append(
      "detector".leftAligned(26) + "family".leftAligned(16)
        + ["auroc", "ap", "tpr@1%", "p@k"].map { $0.rightAligned(8) }.joined())
    for row in rows {
      let figures = [row.auroc, row.averagePrecision, row.tprAt1, row.precisionAtK]
      lines.append(
        row.name.leftAligned(26) + row.family.leftAligned(16)
          + figures.map { $0.fixed(3).rightAligned(8) }.joined())
    }
    let precision = flags.precision.map { $0.fixed(2) } ?? "-"
    let recall = flags.recall.map { $0.fixed(2) } ?? "-"
    lines.append(
      "flagged \(grouped(flags.flagged)) (suspicion 0.5 and above): precision \(precision), recall \(recall)")
    lines += [""] + reliability.lines()
    if let ablation { lines += [""] + ablation.lines() }
    if let oracle { lines += [""] + oracle.lines() }
    if let planted { lines += [""] + planted.lines() }
    if let clean { lines += [""] + clean.lines() }
    return lines.joined(separator: "\n") + "\n"
  }

  func json() throws -> String { try JSONText.encode(self) }
}
