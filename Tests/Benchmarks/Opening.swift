import Analysis
import CaseFiles
import Formats
import Glibc
import Model

/// Opening a finished case of `rows` samples with 50 neighbors and 20 detectors, as often as it takes to see the spread;
/// the first opening reads the files into the cache.
func benchmarkOpen(rows: Int) throws {
  let path = "/tmp/foretaste-open-\(getpid()).case"
  let folder = "/tmp/foretaste-open-\(getpid())"
  defer { for place in [path, folder] { removeFolder(place) } }
  try CaseFolder.write(
    syntheticReport(rows: rows), records: nil,
    provenance: Provenance(
      datasetPath: folder, fingerprint: "", settings: ScanSettings(dataset: DatasetOptions(), seed: 1),
      toolVersion: "benchmark"), to: path)
  for round in 0..<5 {
    let time = try seconds { try CaseFolder.open(path).report.suspicion[0] }
    print("open \(rows) samples, round \(round): \(rounded(time * 1000)) ms")
  }
}

private func removeFolder(_ path: String) {
  guard let listing = opendir(path) else { return }
  defer { closedir(listing) }
  while let entry = readdir(listing) {
    let name = withUnsafePointer(to: &entry.pointee.d_name) {
      $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
    }
    if name == "." || name == ".." { continue }
    if entry.pointee.d_type == UInt8(DT_DIR) { removeFolder(path + "/" + name) }
    unlink(path + "/" + name)
  }
  rmdir(path)
}

private func syntheticReport(rows: Int) -> Report {
  guard let digest = Digest(bytes: [UInt8](repeating: 1, count: 32)) else { preconditionFailure("32 bytes") }
  let k = 50
  let classes = 10
  func floats(_ scale: Int) -> Column<Float> { Column((0..<rows).map { Float($0 &* scale % 1009) / 1009 }) }
  let sixth = Column((0..<rows / 6).map { Int32($0 * 6) })
  let detectors = (0..<20).map { number in
    DetectorResult(
      info: DetectorInfo(name: "detector-\(number)", family: .density, summary: "a column of numbers"),
      outcome: .ran(raw: floats(number + 3), percentile: floats(number + 5)), seconds: 0)
  }
  let findings = (0..<40).map { number in
    Finding(
      id: "T\(number)", kind: .trigger, attack: "backdoor", sentence: "a group", label: 1, statisticName: "z",
      statistic: 9, pValue: 1e-9, members: sixth, cleanHolders: Column(Array(sixth.prefix(500))))
  }
  return Report(
    facts: DatasetFacts(
      name: "synthetic", modality: .embedding, count: rows, classes: (0..<classes).map { "class \($0)" },
      digest: digest, featureSource: "features.npy",
      probabilitySource: "pred_probs.npy", notes: []),
    ids: StringColumn((0..<rows).lazy.map { "sample-\($0)" }),
    labels: Column((0..<rows).map { Int32($0 % classes) }), suspicion: floats(1),
    hypothesis: Column([UInt8](repeating: 0, count: rows)), hypotheses: ["none", "backdoor"],
    suggestedLabels: Column([Int32](repeating: -1, count: rows)), detectors: detectors,
    neighbors: NeighborTable(
      k: k, indices: Column((0..<rows * k).map { Int32($0 % rows) }),
      distances: Column([Float](repeating: 1, count: rows * k))),
    layout: Column((0..<rows * 2).map { Float($0 % 997) }),
    clusters: Column([Int32](repeating: 0, count: rows)),
    findings: findings,
    sources: Categories(codes: Column((0..<rows).map { Int32($0 % 7) }), names: (0..<7).map { "s\($0)" }),
    times: Column((0..<rows).map { Int64($0) }), timings: [])
}
