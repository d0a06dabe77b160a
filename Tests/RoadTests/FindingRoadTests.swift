import CaseFiles
import Formats
import Foundation
import Fusion
import Model
import Numerics
import Scan
import Scanning
import Testing
import TestSupport

/// Every kind of finding with every kind of item: to a case, back from it, onto the screens, to JSON.
@Suite struct FindingRoadTests {
  @Test func theGeneratorMakesEveryKind() {
    var random = SeededRandom(seed: 1)
    let made = MadeUpFindings.ItemKind.allCases.compactMap { kind in
      MadeUpFindings.item(kind, &random).map { type(of: $0.kind).key }
    }
    #expect(Set(made) == Set(TriggerItem.kinds.map { $0.key }))
  }

  /// The whole path, on data of each sort, since a screen shows an item on the sample.
  @Test(arguments: RoadData.allCases) func whatIsFoundSurvives(data: RoadData) throws {
    let folder = try ScratchFolder()
    let dataset = try data.write(to: folder.url)
    let casePath = folder.url.appending(path: "a.case").path
    let loaded = try DatasetLoader.load(dataset, options: DatasetOptions(), progress: { _ in })
    var report = try Scanner.scan(loaded)
    report.findings = MadeUpFindings.make(seed: 7, count: report.count)
    report.incidents = IncidentGrouping.incidents(
      of: report.findings, suspicion: (0..<report.count).map { $0 % 2 == 0 ? 0.9 : 0.1 })
    report.incidentCodes = Incident.codes(report.incidents, count: report.count)
    let provenance = Provenance(
      datasetPath: dataset, fingerprint: try DatasetLoader.fingerprint(dataset, options: DatasetOptions()),
      settings: ScanSettings(dataset: DatasetOptions(), seed: 1), toolVersion: "test")
    try CaseFolder.write(
      report, records: loaded.records, provenance: provenance, to: CasePlace(casePath, dataset: dataset))
    let reopened = try CaseFolder.open(casePath).report
    #expect(reopened.findings == report.findings)
    #expect(reopened.incidents == report.incidents)
    #expect(Array(reopened.incidentCodes) == Array(report.incidentCodes))
    let scores = try String(contentsOfFile: casePath + "/scores.csv", encoding: .utf8)
    #expect(scores.hasPrefix("id,label,suspicion,hypothesis,incident,"))
    let first = try #require(report.incidentCodes.firstIndex { $0 >= 0 })
    let line = scores.split(separator: "\n")[first + 1].split(
      separator: ",", omittingEmptySubsequences: false)
    #expect(line[4] == "I\(report.incidentCodes[first] + 1)")

    // The case is current: the program tells what stands in it.
    let outcome = try Program.run(["scan", dataset, "--case", casePath, "--json"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    _ = try Strict.object(outcome.output)
    let told = try JSONDecoder().decode(Summary.self, from: Data(outcome.output.utf8))
    let records = told.findings
    #expect(told.incidents.map(\.id) == report.incidents.map(\.id))
    #expect(told.incidents.map(\.findings) == report.incidents.map(\.findings))
    #expect(told.incidents.map(\.size) == report.incidents.map(\.members.count))
    #expect(told.incidents.map(\.origin) == report.incidents.map(\.origin))
    #expect(records.map(\.item) == report.findings.map(\.item))
    #expect(records.map(\.sentence) == report.findings.map(\.sentence))
    #expect(records.map(\.statistic) == report.findings.map(\.statistic))
    #expect(records.map(\.pValue) == report.findings.map(\.pValue))
    #expect(records.map(\.size) == report.findings.map(\.members.count))

    let summary = try Program.run(["scan", dataset, "--case", casePath])
    #expect(summary.status == 0, "\(summary.errors)")
    try showAll(report.findings, dataset, casePath, folder)
  }

  private struct Summary: Decodable {
    let findings: [FindingRecord]
    let incidents: [IncidentRecord]
  }

  /// The list of findings with each of them under the cursor, and a sample of each under review.
  private func showAll(_ findings: [Finding], _ dataset: String, _ casePath: String, _ folder: ScratchFolder)
    throws
  {
    // Each in an incident of its own at most, which is a line too.
    let steps = (0..<2 * findings.count).map {
      "T\ngg\n\($0 == 0 ? "" : "\($0)j")\n:screen\n<Enter>\n<Enter>\n:screen\nD\n"
    }
    let script = try folder.write("keys", "T\n<Tab>\n" + steps.joined() + "D\n:screen\n")
    for size in ["60x16", "120x40"] {
      let outcome = try Program.run(
        ["play", script, dataset, "--case", casePath, "--size", size, "--read-only"])
      #expect(outcome.status == 0, "\(outcome.errors)")
      for finding in findings { #expect(outcome.output.contains(finding.id), "\(size): \(finding.id)") }
    }
  }
}

/// Small datasets whose samples are shown in different ways.
enum RoadData: String, CaseIterable, Sendable {
  case table, texts, images

  /// - Returns: the path of the dataset.
  func write(to folder: URL) throws -> String {
    let rows = 0..<40
    switch self {
    case .table:
      let lines = rows.map { "r\($0),\($0 % 3 == 0 ? "a" : "b"),\($0 * 7 % 13),\($0 % 4)" }
      return try text(["id,label,x,y"] + lines, "set.csv", folder)
    case .texts:
      let lines = rows.map { "r\($0),\($0 % 3 == 0 ? "a" : "b"),a word and \($0 * 7 % 13) more" }
      return try text(["id,label,text"] + lines, "set.csv", folder)
    case .images:
      let place = folder.appending(path: "set")
      try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
      let pixels = rows.flatMap { row in (0..<48).map { UInt8((row * 31 + $0 * 7) % 256) } }
      try Data(NPY.encode(shape: [40, 6, 8], pixels)).write(to: place.appending(path: "images.npy"))
      try Data(NPY.encode(shape: [40], rows.map { Int64($0 % 3) })).write(
        to: place.appending(path: "labels.npy"))
      return place.path
    }
  }

  private func text(_ lines: [String], _ name: String, _ folder: URL) throws -> String {
    let file = folder.appending(path: name)
    try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: file)
    return file.path
  }
}

/// JSON by the letter: no NaN, no infinity, one value.
enum Strict {
  static func object(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }
}
