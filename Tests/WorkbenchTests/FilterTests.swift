import Model
import Scanning
import Testing
import Workbench

@Suite struct FilterTests {
  struct Texts: PayloadSource {
    let digest: Digest
    func payload(at row: Int) -> Result<Payload, PayloadProblem> { .success(.text("message \(row)")) }
    func contentDigest(at row: Int) -> Digest { digest }
  }

  static func samples() throws -> CaseSamples {
    let digest = try #require(Digest(bytes: [UInt8](repeating: 1, count: 32)))
    let suspicion: [Float] = [0.1, 0.95, 0.5, 0.2, 0.7, 0.45]
    let info = DetectorInfo(name: "margin", family: .labels, summary: "")
    let report = Report(
      facts: DatasetFacts(
        name: "made-up", modality: .text, count: 6, classes: ["cat", "dog"], digest: digest,
        featureSource: "",
        probabilitySource: "", notes: []),
      ids: StringColumn((0..<6).map { "id-\($0)" }), labels: [0, 1, 0, 1, 1, -1],
      suspicion: Column(suspicion),
      hypothesis: [0, 1, 0, 0, 1, 0], hypotheses: ["none", "label-flip"],
      suggestedLabels: [-1, 0, -1, -1, -1, -1],
      detectors: [
        DetectorResult(
          info: info, outcome: .ran(raw: Column(suspicion), percentile: [0, 1, 0.4, 0.2, .nan, 0.6]),
          seconds: 0)
      ], neighbors: nil, layout: [], clusters: [], findings: [],
      sources: Categories(codes: [0, 0, 1, 1, -1, 0], names: ["web", "crowd"]), times: nil, timings: [])
    return CaseSamples(report: report, payloads: Texts(digest: digest), version: "test")
  }

  @Test(arguments: [
    ("suspicion >= 0.5", [1, 2, 4]), ("suspicion > .9", [1]), ("label = dog", [1, 3, 4]),
    ("label = dog and not suspicion > 0.6", [3]), ("label = cat or source = crowd", [0, 2, 3]),
    ("(label = cat or label = dog) and suspicion < 0.3", [0, 3]), ("source != web", [2, 3, 4]),
    ("hypothesis = label-flip", [1, 4]), ("margin >= 0.4", [1, 2, 5]), ("id ~ \"-3\"", [3]),
    ("text ~ \"message 4\"", [4]), ("verdict = poisoned", [2]), ("verdict = P", [2]),
    ("verdict != p", [0, 1, 3, 4, 5]),
    ("suggested = -", [0, 2, 3, 4, 5]), ("source = -", [4]), ("source != -", [0, 1, 2, 3, 5]),
  ])
  func aConditionHoldsForTheRowsItNames(_ source: String, _ expected: [Int]) throws {
    let samples = try Self.samples()
    let material = samples.material
    let filter = try CompiledFilter(source, material: material)
    var marks = Marks(suspicion: material.report.suspicion)
    marks.set(2, .poisoned)
    let held = filter.kept(ContiguousArray(0..<6), samples, marks).map(Int.init)
    #expect(held == expected)
  }

  @Test(arguments: [
    ("suspicion >", 11), ("nonsense = 1", 0), ("(label = cat", 12), ("label = cat and", 15),
    ("suspicion = dog", 12),
    ("= 1", 0),
  ])
  func anErrorPointsAtItsPlace(_ source: String, _ offset: Int) throws {
    let material = try Self.samples().material
    do {
      _ = try CompiledFilter(source, material: material)
      Issue.record("no error")
    } catch {
      #expect(error.offset == offset, "\(error.message)")
    }
  }
}
