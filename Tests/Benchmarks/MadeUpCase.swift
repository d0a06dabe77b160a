import CaseFiles
import Formats
import Foundation
import Learning
import Model
import Numerics
import Scanning

/// A case of any size as a scan would leave it, without a scan: scores of twenty detectors, findings, neighbors,
/// a layout, sources and times.
struct MadeUpCase {
  let report: Report

  /// As an opened case is: its columns mapped, so that they are no private memory. Made by a process of its own, whose
  /// memory goes with it.
  static func opened(count: Int, neighbors: Int) throws -> (case: OpenedCase, folder: URL) {
    let folder = FileManager.default.temporaryDirectory.appending(path: "made-up-\(UUID().uuidString)")
    let maker = Process()
    maker.executableURL = URL(fileURLWithPath: CommandLine.arguments[0])
    maker.arguments = ["make-case", "\(count)", "\(neighbors)", folder.path]
    try maker.run()
    maker.waitUntilExit()
    return (try CaseFolder.open(folder.path), folder)
  }

  func write(to folder: String) throws {
    try CaseFolder.write(
      report, records: nil,
      provenance: Provenance(
        datasetPath: "made-up", fingerprint: "", settings: ScanSettings(dataset: DatasetOptions(), seed: 1),
        toolVersion: "benchmark"), to: try CasePlace(folder, dataset: "made-up"))
  }

  init?(count: Int, detectors: Int = 20, findings: Int = 30, neighbors: Int = 10) {
    guard let digest = Digest(bytes: [UInt8](repeating: 7, count: Digest.byteCount)) else { return nil }
    var random = SeededRandom(seed: 3)
    func column<T: BitwiseCopyable & Sendable>(_ value: () -> T) -> Column<T> {
      Column((0..<count).map { _ in value() })
    }
    let suspicion = column { Float(random.uniform() * random.uniform()) }
    var ids = StringColumn.Builder()
    for row in 0..<count { ids.append("sample-\(row)") }
    let results = (0..<detectors).map { index in
      DetectorResult(
        info: DetectorInfo(name: "detector-\(index)", family: .labels, summary: "made up"),
        outcome: .ran(raw: column { Float(random.normal()) }, percentile: column { Float(random.uniform()) }),
        seconds: 0)
    }
    let groups = (0..<findings).map { index in
      let members = Set((0..<1000).map { _ in Int32(random.below(count)) }).sorted()
      return Finding(
        id: "T\(index + 1)", kind: .trigger, attack: "backdoor", sentence: "a made-up word", label: 0,
        statisticName: "z", statistic: 9, pValue: 1e-9, members: Column(members),
        item: .words(["word\(index)"]))
    }
    report = Report(
      facts: DatasetFacts(
        name: "made-up", modality: .text, count: count, classes: (0..<10).map { "class \($0)" },
        digest: digest, featureSource: "none", probabilitySource: "none", notes: []),
      ids: ids.finish(), labels: column { Int32(random.below(10)) }, suspicion: suspicion,
      hypothesis: column { UInt8(random.below(2)) }, hypotheses: ["none", "backdoor"],
      suggestedLabels: column { Int32(random.below(11)) - 1 }, detectors: results,
      neighbors: NeighborTable(
        k: neighbors, indices: Column((0..<count * neighbors).map { _ in Int32(random.below(count)) }),
        distances: Column([Float](repeating: 1, count: count * neighbors))),
      layout: Column((0..<2 * count).map { _ in Float(random.normal()) }),
      clusters: column { Int32(random.below(12)) }, findings: groups,
      sources: Categories(
        codes: column { Int32(random.below(50)) }, names: (0..<50).map { "vendor \($0)" }),
      times: column { Int64(1_700_000_000_000) + Int64(random.below(1 << 34)) }, timings: [])
  }

  struct Messages: PayloadSource {
    let digest: Digest
    func payload(at row: Int) -> Result<Payload, PayloadProblem> {
      .success(.text("message \(row) with a word\(row % 40) and some more words that fill a line or two"))
    }
    func contentDigest(at row: Int) -> Digest { digest }
  }
}
