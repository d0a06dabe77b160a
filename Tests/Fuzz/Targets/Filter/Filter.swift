import Analysis
import Model
import Workbench

private struct Texts: PayloadSource {
  let digest: Digest
  func payload(at row: Int) -> Result<Payload, PayloadProblem> { .success(.text("message \(row)")) }
  func contentDigest(at row: Int) -> Digest { digest }
}

private let material: CaseMaterial? = {
  guard let digest = Digest(bytes: [UInt8](repeating: 1, count: Digest.byteCount)) else { return nil }
  let scores: Column<Float> = [0.1, .nan, 0.9]
  let report = Report(
    facts: DatasetFacts(
      name: "made-up", modality: .text, count: 3, classes: ["cat", "dog"], digest: digest, featureSource: "",
      probabilitySource: "", notes: []),
    ids: StringColumn(["a", "b", "c"]), labels: [0, 1, -1], suspicion: scores, hypothesis: [0, 1, 0],
    hypotheses: ["none", "label-flip"], suggestedLabels: [-1, 0, -1],
    detectors: [
      DetectorResult(
        info: DetectorInfo(name: "margin", family: .labels, summary: ""),
        outcome: .ran(raw: scores, percentile: scores), seconds: 0)
    ], neighbors: nil, layout: [], clusters: [], findings: [],
    sources: Categories(codes: [0, -1, 0], names: ["web"]), times: [0, Dataset.noTime, 9], timings: [])
  return CaseMaterial(report: report, payloads: Texts(digest: digest), version: "")
}()

/// A filter can be asked of every row, or its error points into the text.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzFilter(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  guard let material else { return 0 }
  let source = String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
  do throws(FilterError) {
    let filter = try CompiledFilter(source, material: material)
    for row in 0..<material.count { _ = filter.holds(row) { $0 == 1 ? .poisoned : nil } }
  } catch {
    precondition((0...source.count).contains(error.offset) && error.length >= 0)
  }
  return 0
}
