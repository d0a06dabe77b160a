import Model
import Scanning
import Workbench

private struct Texts: PayloadSource {
  let digest: Digest
  func payload(at row: Int) -> Result<Payload, PayloadProblem> { .success(.text("message \(row)")) }
  func contentDigest(at row: Int) -> Digest { digest }
}

/// A case of three texts in memory.
enum MadeUp {
  static let report: Report? = {
    guard let digest = Digest(bytes: [UInt8](repeating: 1, count: Digest.byteCount)) else { return nil }
    let scores: Column<Float> = [0.1, .nan, 0.9]
    return Report(
      facts: DatasetFacts(
        name: "made-up", modality: .text, count: 3, classes: ["cat", "dog"], digest: digest,
        featureSource: "", probabilitySource: "", notes: []),
      ids: StringColumn(["a", "b", "c"]), labels: [0, 1, -1], suspicion: [0.1, 0.6, 0.9],
      hypothesis: [0, 1, 0], hypotheses: ["none", "label-flip"], suggestedLabels: [-1, 0, -1],
      detectors: [
        DetectorResult(
          info: DetectorInfo(name: "margin", family: .labels, summary: ""),
          outcome: .ran(raw: scores, percentile: scores), seconds: 0)
      ], neighbors: nil, layout: [], clusters: [],
      findings: [
        Finding(
          id: "T1", kind: .trigger, attack: "backdoor", sentence: "two", label: 1, statisticName: "z",
          statistic: 3, pValue: 0.01, members: [1, 2])
      ],
      sources: Categories(codes: [0, -1, 0], names: ["web"]), times: [0, Dataset.noTime, 9], timings: [])
  }()

  static let samples: CaseSamples? = report.map {
    CaseSamples(
      report: $0, payloads: Texts(digest: $0.facts.digest), version: "",
      exportFormats: ["csv"])
  }
}
