import Analysis
import Model

extension CaseRecord {
  /// - Parameter arrays: names of the files that hold the columns.
  init(_ report: Report, provenance: Provenance, arrays: [String]) {
    self.arrays = arrays
    let facts = report.facts
    tool = provenance.toolVersion
    seed = provenance.settings.seed
    options = provenance.settings.options
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
    findings = report.findings.map(FindingPart.init)
    sources = report.sources?.names
    neighborCount = report.neighbors?.k ?? 0
    classNeighborCount = report.classNeighbors?.k
    fusion = FusionPart(
      weights: report.fusion.weights, unknownDetectors: report.fusion.unknownDetectors,
      missingDetectors: report.fusion.missingDetectors, setAside: report.fusion.setAside,
      families: report.contributions?.families.map(\.rawValue) ?? [])
    cannotSee = report.cannotSee.map { BlindSpotPart(attack: $0.attack, reason: $0.reason) }
    timings = report.timings.map { StagePart(stage: $0.stage, seconds: $0.seconds) }
  }
}

extension CaseRecord.FindingPart {
  init(_ finding: Finding) {
    func finite(_ value: Double) -> Double? { value.isFinite ? value : nil }
    self.init(
      id: finding.id, kind: finding.kind.rawValue, attack: finding.attack, sentence: finding.sentence,
      label: finding.label, statisticName: finding.statisticName, statistic: finite(finding.statistic) ?? 0,
      pValue: finite(finding.pValue), qValue: finite(finding.qValue), purity: finite(finding.purity),
      size: finding.members.count, cleanHolders: Array(finding.cleanHolders))
    switch finding.item {
    case .words(let words): self.words = words
    case .characters(let characters): self.characters = characters
    case .patch(let row, let column, let height, let width, let values):
      patch = .init(row: row, column: column, height: height, width: width, values: values)
    case .shiftedPatch(let height, let width, let values):
      patch = .init(height: height, width: width, values: values)
    case .blend(let height, let width, let values):
      blend = .init(height: height, width: width, values: values)
    case .cells(let cells):
      self.cells = cells.map { .init(column: $0.column, low: $0.low, high: $0.high, category: $0.category) }
    case nil: break
    }
  }

  private var item: TriggerItem? {
    if let words { return .words(words) }
    if let characters { return .characters(characters) }
    if let patch, let row = patch.row, let column = patch.column {
      return .patch(row: row, column: column, height: patch.height, width: patch.width, values: patch.values)
    }
    if let patch { return .shiftedPatch(height: patch.height, width: patch.width, values: patch.values) }
    if let blend { return .blend(height: blend.height, width: blend.width, values: blend.values) }
    return cells.map { cells in
      .cells(cells.map { .init(column: $0.column, low: $0.low, high: $0.high, category: $0.category) })
    }
  }

  /// - Parameter members: the rows, which lie in an array of their own.
  func finding(members: Column<Int32>) -> Finding? {
    guard let kind = Finding.Kind(rawValue: kind) else { return nil }
    return Finding(
      id: id, kind: kind, attack: attack, sentence: sentence, label: label, statisticName: statisticName,
      statistic: statistic, pValue: pValue ?? .nan, qValue: qValue ?? .nan, purity: purity ?? .nan,
      members: members, cleanHolders: Column(cleanHolders), item: item)
  }
}
