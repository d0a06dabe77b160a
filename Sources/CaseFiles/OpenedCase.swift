import Analysis
import Formats
import Glibc
import Model

/// A case as it lies on disk: columns mapped, nothing computed again.
package struct OpenedCase: Sendable {
  package let path: String
  package let report: Report
  package let recordOffsets: Column<UInt64>?
  package let toolVersion: String

  /// The payloads of its samples, read from the dataset when they are asked for.
  package func payloads(at dataset: String, options: DatasetOptions) throws(FormatError) -> any PayloadSource
  {
    let labels = report.labels
    let classes = report.facts.classes
    return try DatasetLoader.openPayloads(dataset, options: options, recordOffsets: recordOffsets) { row in
      labels.indices.contains(row) && classes.indices.contains(Int(labels[row]))
        ? classes[Int(labels[row])] : ""
    }
  }
}

extension CaseFolder {
  /// - Throws: `CaseFileError` or `FormatError` when a file is missing, damaged or does not fit the others.
  package static func open(_ path: String) throws -> OpenedCase {
    let record = try readRecord(path)
    guard record.schema == CaseRecord.schemaVersion else {
      throw CaseFileError(.invalid, path, "was written by another version; scan again with --force")
    }
    let n = record.dataset.count
    guard n >= 0, n <= Int(Int32.max), let modality = Modality(rawValue: record.dataset.modality),
      let digest = Digest(hex: record.dataset.digest), !record.hypotheses.isEmpty,
      (0...1000).contains(record.neighborCount)
    else { throw CaseFileError(.invalid, path + "/case.json", "its dataset part is damaged") }
    let arrays = CaseArrays.Reader(folder: path + "/arrays", count: n)
    let classCount = Int32(record.dataset.classes.count)
    let hypothesis = try arrays.column("hypothesis", of: UInt8.self, count: n)
    guard hypothesis.allSatisfy({ Int($0) < record.hypotheses.count }) else {
      throw CaseFileError(.invalid, path + "/arrays/hypothesis.npy", "holds an unknown hypothesis")
    }
    let report = Report(
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
      findings: try record.findings.compactMap { part in
        part.finding(members: try arrays.codes("finding-" + part.id, count: part.size, in: 0..<Int32(n)))
      },
      sources: try record.sources.map { names in
        Categories(codes: try arrays.codes("sources", count: n, in: -1..<Int32(names.count)), names: names)
      },
      times: access(path + "/arrays/times.npy", F_OK) == 0
        ? try arrays.column("times", of: Int64.self, count: n) : nil,
      timings: record.timings.map { StageTiming(stage: $0.stage, seconds: $0.seconds) })
    let hasRecords = access(path + "/arrays/record-offsets.npy", F_OK) == 0
    return OpenedCase(
      path: path, report: report,
      recordOffsets: hasRecords ? try arrays.column("record-offsets", of: UInt64.self, count: n + 1) : nil,
      toolVersion: record.tool)
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

  private static func neighbors(_ record: CaseRecord, _ arrays: CaseArrays.Reader) throws -> NeighborTable? {
    let k = record.neighborCount
    guard k > 0 else { return nil }
    return NeighborTable(
      k: k, indices: try arrays.codes("neighbors", count: arrays.count * k, in: -1..<Int32(arrays.count)),
      distances: try arrays.column("neighbor-distances", of: Float.self, count: arrays.count * k))
  }
}
