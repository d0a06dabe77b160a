import Review
import Scanning

/// What the report rests on, so that anyone can check it later.
package struct ProvenancePart: Sendable, Equatable {
  package let datasetPath: String
  package let casePath: String
  /// SHA-256 over names and contents of all files that were read.
  package let digest: String
  /// Of the program that scanned.
  package let toolVersion: String
  /// Which weights the suspicion was fused with.
  package let weights: String
  /// Wall-clock seconds of the scan.
  package let seconds: Double
  package let journals: Bounded<JournalRecord>
  /// ISO 8601, UTC.
  package let madeAt: String

  init(_ material: ReportMaterial) {
    datasetPath = material.datasetPath
    casePath = material.casePath
    digest = material.report.facts.digest.hex
    toolVersion = material.toolVersion
    weights = material.report.fusion.weights
    seconds = material.report.timings.reduce(0) { $0 + $1.seconds }
    journals = Bounded(material.journals, upTo: 40)
    madeAt = Timestamp.text(material.madeAt)
  }
}
