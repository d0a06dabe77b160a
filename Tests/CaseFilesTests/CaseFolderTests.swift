import CaseFiles
import Formats
import Foundation
import Learning
import Model
import Review
import Scan
import Scanning
import Testing

@Suite struct CaseFolderTests {
  let folder: URL
  var dataset: String { folder.appending(path: "points.csv").path }
  var path: String { folder.appending(path: "points.case").path }

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "case-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let rows = (0..<40).map {
      "\"r,\($0)\",\($0 % 2 == 0 ? "a" : "b"),s\($0 % 3),\(Double($0 % 2) * 9 + Double($0 % 7) / 10)\n"
    }
    try Data(("id,label,source,x\n" + rows.joined()).utf8).write(to: URL(fileURLWithPath: dataset))
  }

  static let settings = ScanSettings(dataset: DatasetOptions(), seed: 1)

  func scan() throws -> Report {
    let data = try DatasetLoader.load(dataset, options: DatasetOptions(), progress: { _ in })
    let report = try Scanner.scan(data)
    let fingerprint = try DatasetLoader.fingerprint(dataset, options: DatasetOptions())
    try CaseFolder.write(
      report, records: data.records,
      provenance: Provenance(
        datasetPath: dataset, fingerprint: fingerprint, settings: Self.settings, toolVersion: "test"),
      to: try CasePlace(path, dataset: dataset))
    return report
  }

  @Test func whatIsWrittenIsOpened() throws {
    let report = try scan()
    let opened = try CaseFolder.open(path)
    #expect(opened.report.facts == report.facts)
    #expect(Array(opened.report.ids) == Array(report.ids))
    #expect(opened.report.suspicion == report.suspicion)
    #expect(opened.report.labels == report.labels)
    #expect(!report.labelProbabilities.isEmpty)
    #expect(
      opened.report.labelProbabilities.map(\.bitPattern) == report.labelProbabilities.map(\.bitPattern))
    #expect(opened.report.neighbors?.indices == report.neighbors?.indices)
    #expect(opened.report.sources?.names == report.sources?.names)
    #expect(opened.report.findings.map(\.sentence) == report.findings.map(\.sentence))
    #expect(opened.report.detectors.map(\.info) == report.detectors.map(\.info))
    let payloads = try opened.payloads(at: dataset, options: DatasetOptions())
    let fresh = try DatasetLoader.load(dataset, options: DatasetOptions(), progress: { _ in }).payloads
    for row in 0..<40 {
      #expect(payloads.payload(at: row) == fresh.payload(at: row))
      #expect(payloads.contentDigest(at: row) == fresh.contentDigest(at: row))
    }
  }

  @Test func theRecallOfApproximateNeighborsIsKept() throws {
    var report = try scan()
    #expect(try CaseFolder.open(path).report.neighborRecall.isEmpty)
    report.neighborRecall["neighbors"] = NeighborRecall(
      recallAt10: 0.99, recallAt50: 0.975, queries: 1000, items: 200_000, cells: 894, budget: 5000, widened: 3
    )
    try CaseFolder.write(
      report, records: nil,
      provenance: Provenance(
        datasetPath: dataset, fingerprint: "", settings: Self.settings, toolVersion: "test"),
      to: try CasePlace(path, dataset: dataset))
    #expect(try CaseFolder.open(path).report.neighborRecall == report.neighborRecall)
  }

  @Test func scoresAreReadBackAsTheyAre() throws {
    let report = try scan()
    let table = try CSVReader.readSmall(path: path + "/scores.csv")
    #expect(table.header.prefix(4) == ["id", "label", "suspicion", "hypothesis"])
    #expect(table.rows.map { $0[0] } == (0..<40).map { "r,\($0)" })
    for (row, cells) in table.rows.enumerated() {
      let suspicion = try #require(Float(cells[2]))
      #expect(abs(suspicion - report.suspicion[row]) < 1e-6)
    }
  }

  @Test func aNewScanKeepsTheJournal() throws {
    _ = try scan()
    do {
      var writer = try JournalWriter(path: CaseFolder.journalPath(in: path))
      _ = try writer.append(
        Decision(at: 0, reviewer: "ada", samples: [.init(id: "r,1", digest: nil)], act: .verdict(.poisoned)))
      _ = try scan()
      // The open writer goes on in the case that took the place of the old one.
      _ = try writer.append(
        Decision(at: 0, reviewer: "ada", samples: [.init(id: "r,2", digest: nil)], act: .verdict(.clean)))
    }
    #expect(try Journal.read(path: CaseFolder.journalPath(in: path)).decisions.count == 2)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == [
        "points.case", "points.csv",
      ])
  }

  @Test func aCaseIsCurrentForItsFilesAndOptionsOnly() throws {
    _ = try scan()
    let fingerprint = try DatasetLoader.fingerprint(dataset, options: DatasetOptions())
    #expect(try CaseFolder.isCurrent(path, fingerprint: fingerprint, settings: Self.settings))
    #expect(try !CaseFolder.isCurrent(path, fingerprint: fingerprint + "x", settings: Self.settings))
    let other = ScanSettings(dataset: DatasetOptions(labelColumn: "source"), seed: 1)
    #expect(try !CaseFolder.isCurrent(path, fingerprint: fingerprint, settings: other))
    let exact = ScanSettings(dataset: DatasetOptions(), seed: 1, exactNeighbors: true)
    #expect(try !CaseFolder.isCurrent(path, fingerprint: fingerprint, settings: exact))
    let encoder = EncoderIdentity(name: "a", summary: "", digest: "1")
    let encoded = ScanSettings(dataset: DatasetOptions(), seed: 1, encoder: encoder)
    #expect(try !CaseFolder.isCurrent(path, fingerprint: fingerprint, settings: encoded))
  }

  @Test func foldersAndFilesAreTheOwnersAlone() throws {
    _ = try scan()
    for (name, mode) in [
      ("", 0o700), ("/arrays", 0o700), ("/case.json", 0o600), ("/arrays/labels.npy", 0o600),
    ] {
      let found = try FileManager.default.attributesOfItem(atPath: path + name)[.posixPermissions] as? Int
      #expect(found == mode, "\(name)")
    }
  }

  @Test func aDamagedArrayIsAnErrorAndNoTrap() throws {
    _ = try scan()
    let arrays = try FileManager.default.contentsOfDirectory(atPath: path + "/arrays")
    for name in arrays where !name.hasPrefix("raw-") && !name.hasPrefix("percentile-") {
      let file = URL(fileURLWithPath: path + "/arrays/" + name)
      let whole = try Data(contentsOf: file)
      for damaged in [whole.dropLast(1), whole.prefix(20), Data()] {
        try damaged.write(to: file)
        #expect(throws: (any Error).self, "\(name)") { try CaseFolder.open(path) }
      }
      try whole.write(to: file)
    }
    let labels = URL(fileURLWithPath: path + "/arrays/labels.npy")
    var data = try Data(contentsOf: labels)
    data[data.count - 1] = 0x7F
    try data.write(to: labels)
    #expect(throws: (any Error).self) { try CaseFolder.open(path) }
  }

  /// The neighbors are not read through on opening: an index that names no sample is left out when it is used.
  @Test func aDamagedNeighborNamesNobody() throws {
    _ = try scan()
    let file = URL(fileURLWithPath: path + "/arrays/neighbors.npy")
    var data = try Data(contentsOf: file)
    data.replaceSubrange(data.count - 8..<data.count, with: [0xFF, 0xFF, 0xFF, 0x7F, 0, 0, 0, 0x80])
    try data.write(to: file)
    let neighbors = try #require(try CaseFolder.open(path).report.neighbors)
    let found = neighbors.neighbors(of: 39)
    #expect(found.count == neighbors.k - 2)
    #expect(found.allSatisfy { (0..<40).contains($0) })
  }
}
