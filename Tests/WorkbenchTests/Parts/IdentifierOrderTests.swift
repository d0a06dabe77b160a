import Model
import Scanning
import Testing
import Workbench

/// Ids that are numbers behind a common word are sorted as numbers, all others by their bytes.
@Suite struct IdentifierOrderTests {
  @Test(arguments: [
    (["r2", "r10", "r1", "r9", "r100"], ["r1", "r2", "r9", "r10", "r100"]),
    (["12", "110", "2", "101", "1000", "10"], ["2", "10", "12", "101", "110", "1000"]),
    (["x07", "x7", "x6", "x0007"], ["x6", "x0007", "x07", "x7"]),
    (["b", "a", "ab", "", "\u{e9}", "z"], ["", "a", "ab", "b", "z", "\u{e9}"]),
    (
      ["same-start-and-then-b", "same-start-and-then-a", "same-start-and"],
      [
        "same-start-and", "same-start-and-then-a", "same-start-and-then-b",
      ]
    ),
    (["k-aaaaaaaaaa2", "k-aaaaaaaaaa1", "q"], ["k-aaaaaaaaaa1", "k-aaaaaaaaaa2", "q"]),
  ])
  func idsAreSorted(_ ids: [String], _ expected: [String]) throws {
    for descending in [false, true] {
      let order = try IdentifierOrder.sorted(ids, descending: descending)
      #expect(order == (descending ? expected.reversed() : expected))
    }
  }
}

/// The ids of a queue that is sorted by them.
private enum IdentifierOrder {
  static func sorted(_ ids: [String], descending: Bool) throws -> [String] {
    let digest = try #require(Digest(bytes: [UInt8](repeating: 1, count: 32)))
    let report = Report(
      facts: DatasetFacts(
        name: "made-up", modality: .text, count: ids.count, classes: [], digest: digest, featureSource: "",
        probabilitySource: "", notes: []),
      ids: StringColumn(ids), labels: Column(ids.map { _ in -1 }), suspicion: Column(ids.map { _ in 0 }),
      hypothesis: Column(ids.map { _ in 0 }), hypotheses: ["none"],
      suggestedLabels: Column(ids.map { _ in -1 }),
      detectors: [], neighbors: nil, layout: [], clusters: [], findings: [], sources: nil, times: nil,
      timings: [])
    let samples = CaseSamples(
      report: report, payloads: FilterTests.Texts(digest: digest), version: "test")
    var desk = Desk(samples)
    desk.press("Q:sort id \(descending ? "desc" : "asc")<Enter>")
    return desk.rows.map { ids[$0] }
  }
}
