import Formats
import Glibc
import Learning
import Model
import Scanning

/// A case as it lies on disk: columns mapped, nothing computed again.
package struct OpenedCase: Sendable {
  package let path: String
  package let report: Report
  /// N + 1 places of the records in the text, as `RecordFile.offsets`; nil where the samples are no records.
  package let recordOffsets: Column<UInt64>?
  /// How the records are read one by one; nil in a case of an earlier version.
  let recordIndex: RecordIndex?
  package let toolVersion: String
  /// The journal in the case that decisions were begun in, such as "review.jsonl"; nil while there are none.
  package let journalName: String?
  /// Which columns and files the scan took for what.
  package let options: DatasetOptions
  /// Of the dataset's files when they were scanned.
  let fingerprint: String

  /// - Throws: `CaseFileError` when the dataset is no longer the one that was scanned. What was only touched or copied
  ///   is read through once to find that out.
  package func checkCurrent(_ dataset: String) throws {
    if try DatasetLoader.fingerprint(dataset, options: options) == fingerprint { return }
    guard try DatasetLoader.digest(dataset, options: options) == report.facts.digest else {
      throw CaseFileError(.invalid, dataset, "has changed since it was scanned; scan it again")
    }
  }

  /// The payloads of its samples, read from the dataset when they are asked for. Where its files were touched since the scan
  /// its records are looked at again.
  package func payloads(at dataset: String, options: DatasetOptions) throws(FormatError) -> any PayloadSource
  {
    let report = report
    let isTouched = try DatasetLoader.fingerprint(dataset, options: options) != fingerprint
    return try DatasetLoader.openPayloads(
      dataset, options: options, recordOffsets: recordOffsets, index: isTouched ? nil : recordIndex
    ) { report.labelName(at: $0) ?? "" }
  }
}

extension Report {
  /// The given label of a row; nil where it has none.
  func labelName(at row: Int) -> String? {
    guard labels.indices.contains(row), facts.classes.indices.contains(Int(labels[row])) else { return nil }
    return facts.classes[Int(labels[row])]
  }
}

extension CaseFolder {
  /// - Throws: `CaseFileError` or `FormatError` when a file is missing, damaged or does not fit the others.
  package static func open(_ path: String) throws -> OpenedCase {
    // A scan may put another case in the place meanwhile, whose files do not fit those that were read before.
    for _ in 0..<10 {
      let folder = identity(of: path)
      let opened = Result { try openFiles(path) }
      if identity(of: path) == folder { return try opened.get() }
    }
    return try openFiles(path)
  }

  private static func identity(of path: String) -> FileIdentity? {
    var status = stat()
    return stat(path, &status) == 0 ? status.identity : nil
  }

  private static func openFiles(_ path: String) throws -> OpenedCase {
    let record = try readRecord(path)
    guard record.schema == CaseRecord.schemaVersion else {
      throw CaseFileError(.invalid, path, "was written by another version; scan again with --force")
    }
    let n = record.dataset.count
    guard n >= 0, n <= Int(Int32.max), let modality = Modality(rawValue: record.dataset.modality),
      let digest = Digest(hex: record.dataset.digest), !record.hypotheses.isEmpty,
      (0...1000).contains(record.neighborCount), record.records?.isSound != false
    else { throw CaseFileError(.invalid, path + "/case.json", "its dataset part is damaged") }
    let arrays = CaseArrays.Reader(folder: path + "/arrays", count: n)
    let classCount = Int32(record.dataset.classes.count)
    let hypothesis = try arrays.column("hypothesis", of: UInt8.self, count: n)
    guard Int(hypothesis.max() ?? 0) < record.hypotheses.count else {
      throw CaseFileError(.invalid, path + "/arrays/hypothesis.npy", "holds an unknown hypothesis")
    }
    var report = Report(
      facts: DatasetFacts(
        name: record.dataset.name, modality: modality, count: n, classes: record.dataset.classes,
        digest: digest,
        featureSource: record.dataset.features, probabilitySource: record.dataset.probabilities,
        notes: record.dataset.notes),
      ids: try arrays.ids(), labels: try arrays.codes("labels", count: n, in: -1..<max(classCount, 0)),
      suspicion: try arrays.column("suspicion", of: Float.self, count: n), hypothesis: hypothesis,
      hypotheses: record.hypotheses,
      suggestedLabels: try arrays.codes("suggested-labels", count: n, in: -1..<max(classCount, 0)),
      detectors: try detectors(record, arrays), neighbors: try neighbors(record, arrays),
      layout: try arrays.column("layout", of: Float.self, count: nil),
      clusters: try arrays.column("clusters", of: Int32.self, count: nil),
      findings: try record.findings.map { part in
        let name = FindingRecord.arrayName(part.id)
        return part.finding(members: try arrays.codes(name, count: part.size, in: 0..<Int32(n)))
      },
      sources: try record.sources.map { names in
        Categories(codes: try arrays.codes("sources", count: n, in: -1..<Int32(names.count)), names: names)
      },
      times: try arrays.contains("times")
        ? try arrays.column("times", of: Int64.self, count: n) : nil,
      timings: record.timings.map { StageTiming(stage: $0.stage, seconds: $0.seconds) })
    report.incidents = try (record.incidents ?? []).map { part in
      let name = IncidentRecord.arrayName(part.id)
      return part.incident(members: try arrays.codes(name, count: part.size, in: 0..<Int32(n)))
    }
    if try arrays.contains("incidents") {
      report.incidentCodes = try arrays.codes("incidents", count: n, in: -1..<Int32(report.incidents.count))
    }
    if try arrays.contains("label-probabilities") {
      report.labelProbabilities = try arrays.column("label-probabilities", of: Float.self, count: 2 * n)
    }
    report.facts.reading = record.dataset.reading ?? Reading()
    report.classNeighbors = try classNeighbors(record, arrays)
    report.contributions = try contributions(record, arrays)
    report.coverageGaps = (record.cannotSee ?? []).map { CoverageGap(attack: $0.attack, reason: $0.reason) }
    report.neighborRecall = record.neighborRecall ?? [:]
    if let fusion = record.fusion {
      report.fusion = FusionFacts(
        weights: fusion.weights, unknownDetectors: fusion.unknownDetectors,
        missingDetectors: fusion.missingDetectors)
      report.fusion.setAside = fusion.setAside ?? 0
    }
    let hasRecords = try arrays.contains("record-offsets")
    return OpenedCase(
      path: path, report: report,
      recordOffsets: hasRecords ? try arrays.column("record-offsets", of: UInt64.self, count: n + 1) : nil,
      recordIndex: record.records,
      toolVersion: record.tool, journalName: record.journal,
      options: ScanSettings.datasetOptions(record.options),
      fingerprint: record.dataset.fingerprint)
  }

  private static func detectors(_ record: CaseRecord, _ arrays: CaseArrays.Reader) throws -> [DetectorResult]
  {
    try record.detectors.compactMap { part in
      guard let family = DetectorInfo.Family(rawValue: part.family) else { return nil }
      let info = DetectorInfo(name: part.name, family: family, summary: part.summary)
      guard part.state == "ran" else {
        return DetectorResult(info: info, outcome: .skipped(reason: part.reason ?? ""), seconds: part.seconds)
      }
      let raw = try arrays.column("raw-" + part.name, of: Float.self, count: arrays.count)
      let percentile = try arrays.column("percentile-" + part.name, of: Float.self, count: arrays.count)
      return DetectorResult(
        info: info, outcome: .ran(raw: raw, percentile: percentile), seconds: part.seconds)
    }
  }

  private static func classNeighbors(_ record: CaseRecord, _ arrays: CaseArrays.Reader) throws
    -> NeighborTable?
  {
    guard let k = record.classNeighborCount, (1...1000).contains(k) else { return nil }
    // As large as the other table of neighbors: checked when they are used.
    let indices = try arrays.column("class-neighbors", of: Int32.self, count: arrays.count * k)
    return NeighborTable(k: k, indices: indices, distances: [])
  }

  private static func contributions(_ record: CaseRecord, _ arrays: CaseArrays.Reader) throws
    -> Contributions?
  {
    guard let names = record.fusion?.families, !names.isEmpty else { return nil }
    let families = names.compactMap(DetectorInfo.Family.init(rawValue:))
    guard families.count == names.count else { return nil }
    return Contributions(
      families: families,
      values: try arrays.column("contributions", of: Float.self, count: arrays.count * families.count))
  }

  private static func neighbors(_ record: CaseRecord, _ arrays: CaseArrays.Reader) throws -> NeighborTable? {
    let k = record.neighborCount
    guard k > 0 else { return nil }
    // The largest array by far; its indices are checked when they are used.
    return NeighborTable(
      k: k, indices: try arrays.column("neighbors", of: Int32.self, count: arrays.count * k),
      distances: try arrays.column("neighbor-distances", of: Float.self, count: arrays.count * k))
  }
}
