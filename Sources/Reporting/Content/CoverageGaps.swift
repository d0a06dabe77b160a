import Learning
import Model
import Scanning

/// What could not be seen: attacks that would go unnoticed, detectors that could not run, and what was not exact.
package struct CoverageGaps: Sendable, Equatable {
  package struct Gap: Sendable, Equatable {
    package let what: String
    package let why: String
  }
  package let attacks: Bounded<Gap>
  package let detectors: Bounded<Gap>
  /// What else limits the scan, in sentences.
  package let limits: [String]
  package let notes: Bounded<String>

  init(_ material: ReportMaterial) {
    let report = material.report
    attacks = Bounded(report.coverageGaps.map { Gap(what: $0.attack, why: $0.reason) }, upTo: 60)
    detectors = Bounded(
      report.detectors.compactMap { detector in
        guard case .skipped(let reason) = detector.outcome else { return nil }
        return Gap(what: detector.info.name, why: reason)
      }, upTo: 100)
    limits = Self.limits(report)
    notes = Bounded(report.facts.notes, upTo: 40)
  }

  private static func limits(_ report: Report) -> [String] {
    var limits: [String] = []
    if !report.isTold {
      limits.append(
        "No detector could run: nothing is known of the samples, and nothing below says that they are clean.")
    }
    limits += report.neighborRecall.sorted { $0.key < $1.key }.map { name, recall in
      "\(name) are approximate: \(fixed(recall.recallAt10 * 100, 1)) % of the nearest 10 and "
        + "\(fixed(recall.recallAt50 * 100, 1)) % of the nearest 50 are found."
    }
    if !report.fusion.missingDetectors.isEmpty {
      limits.append(
        "The suspicion was fitted with detectors that did not run here: "
          + report.fusion.missingDetectors.joined(separator: ", ") + ".")
    }
    if !report.fusion.unknownDetectors.isEmpty {
      limits.append(
        "Detectors that the suspicion does not use: "
          + report.fusion.unknownDetectors.joined(separator: ", ") + ".")
    }
    let skipped = report.facts.reading.files.reduce(0) { $0 + $1.skippedLines }
    if skipped > 0 { limits.append("\(counted(skipped, "line")) could not be read and were left out.") }
    let renamed = report.facts.reading.renamedIDs
    if renamed > 0 {
      limits.append("\(counted(renamed, "sample was", "samples were")) given another id than in the file.")
    }
    return limits
  }
}
