import Model
import Scanning

extension CaseRecord {
  /// - Parameter arrays: names of the files that hold the columns.
  init(_ report: Report, records: RecordIndex?, provenance: Provenance, arrays: [String]) {
    self.arrays = arrays
    self.records = records
    let facts = report.facts
    tool = provenance.toolVersion
    seed = provenance.settings.seed
    options = provenance.settings.options
    encoder = provenance.settings.encoder
    dataset = DatasetPart(
      path: provenance.datasetPath, name: facts.name, modality: facts.modality.rawValue,
      digest: facts.digest.hex,
      fingerprint: provenance.fingerprint, count: facts.count, classes: facts.classes,
      features: facts.featureSource, probabilities: facts.probabilitySource, notes: facts.notes,
      reading: facts.reading)
    hypotheses = report.hypotheses
    detectors = report.detectors.map { detector in
      let reason: String? = if case .skipped(let reason) = detector.outcome { reason } else { nil }
      return DetectorPart(
        name: detector.info.name, family: detector.info.family.rawValue, summary: detector.info.summary,
        state: reason == nil ? "ran" : "skipped", reason: reason, seconds: detector.seconds)
    }
    findings = report.findings.map { FindingRecord($0, classes: facts.classes) }
    incidents = report.incidents.map { IncidentRecord($0, classes: facts.classes) }
    sources = report.sources?.names
    neighborCount = report.neighbors?.k ?? 0
    classNeighborCount = report.classNeighbors?.k
    fusion = FusionPart(
      weights: report.fusion.weights, unknownDetectors: report.fusion.unknownDetectors,
      missingDetectors: report.fusion.missingDetectors, setAside: report.fusion.setAside,
      families: report.contributions?.families.map(\.rawValue) ?? [])
    cannotSee = report.coverageGaps.map { CoverageGapPart(attack: $0.attack, reason: $0.reason) }
    neighborRecall = report.neighborRecall
    timings = report.timings.map { StagePart(stage: $0.stage, seconds: $0.seconds) }
  }
}
