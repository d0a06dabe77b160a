import Learning
import Model
import Scanning

/// What the scan did not cover: attacks that would go unnoticed, detectors that could not run, and what is approximate.
package struct CoverageGaps: Sendable, Equatable {
  package struct Gap: Sendable, Equatable {
    /// The name of the attack or detector.
    package let name: String
    package let reason: String
  }
  package let attacks: Bounded<Gap>
  package let detectors: Bounded<Gap>
  /// What else limits the scan, as sentences with their full stops.
  package let limits: [String]
  /// What the reading of the files noted.
  package let notes: Bounded<String>

  init(_ material: ReportMaterial) {
    let report = material.report
    attacks = Bounded(report.coverageGaps.map { Gap(name: $0.attack, reason: $0.reason) }, upTo: 60)
    detectors = Bounded(
      report.detectors.compactMap { detector in
        guard case .skipped(let reason) = detector.outcome else { return nil }
        return Gap(name: detector.info.name, reason: reason)
      }, upTo: 100)
    limits = Self.limits(report)
    notes = Bounded(report.facts.notes, upTo: 40)
  }

  private static func limits(_ report: Report) -> [String] {
    var limits: [String] = []
    if !report.hasScores {
      limits.append(
        "No detector could run: nothing is known of the samples, and nothing below says that they are clean.")
    }
    limits += report.neighborRecall.sorted { $0.key < $1.key }.map { name, recall in
      "\(name) are approximate: \(fixed(recall.recallAt10 * 100, 1)) % of the nearest 10 and "
        + "\(fixed(recall.recallAt50 * 100, 1)) % of the nearest 50 are found"
        + (recall.shortfall.map { ": \($0)." } ?? ".")
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
