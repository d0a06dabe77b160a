import CaseFiles
import Formats
import Foundation
import Model
import Review
import Scan
import Testing

/// A dataset in a folder of its own, scanned, and decisions on it.
final class ExportFixture {
  let folder: URL
  let dataset: String
  private(set) var decisions: [Decision] = []

  init(_ name: String) throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "export-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    dataset = folder.appending(path: name).path
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// One file: the dataset itself.
  convenience init(file name: String, _ bytes: [UInt8]) throws {
    try self.init(name)
    try Data(bytes).write(to: URL(fileURLWithPath: dataset))
  }

  /// A dataset folder.
  convenience init(files: [String: [UInt8]]) throws {
    try self.init("set")
    try FileManager.default.createDirectory(atPath: dataset, withIntermediateDirectories: true)
    for (name, bytes) in files { try Data(bytes).write(to: URL(fileURLWithPath: dataset + "/" + name)) }
  }

  func path(_ name: String) -> String { folder.appending(path: name).path }
  func bytes(_ name: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: folder.appending(path: name))) }
  func text(_ name: String) throws -> String { String(decoding: try bytes(name), as: UTF8.self) }
  /// What lies in the folder, sorted; the dataset and its case left out.
  func left() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
      .filter { folder.appending(path: $0).path != dataset && !$0.hasSuffix(".case") }
  }

  func open() throws -> OpenedCase {
    let place = dataset + ".case"
    if !FileManager.default.fileExists(atPath: place) {
      let data = try DatasetLoader.load(dataset, options: DatasetOptions(), progress: { _ in })
      let provenance = Provenance(
        datasetPath: dataset,
        fingerprint: try DatasetLoader.fingerprint(dataset, options: DatasetOptions()),
        settings: ScanSettings(dataset: DatasetOptions(), seed: 1), toolVersion: "test")
      try CaseFolder.write(
        try Scanner.scan(data), records: data.records, provenance: provenance,
        to: try CasePlace(place, dataset: dataset))
    }
    return try CaseFolder.open(place)
  }

  func decide(
    _ verdict: Verdict, _ rows: [Int], by reviewer: String = "ada", note: String? = nil,
    settles: [Decision.Settled]? = nil
  ) throws {
    let opened = try open()
    let payloads = try opened.payloads(at: dataset, options: opened.options)
    decisions.append(
      Decision(
        sequence: UInt64(decisions.count + 1), at: 1_780_000_000_000 + Int64(decisions.count),
        reviewer: reviewer,
        samples: rows.map { .init(id: opened.report.ids[$0], digest: payloads.contentDigest(at: $0)) },
        act: .verdict(verdict), note: note, settles: settles))
  }

  /// - Parameter journals: instead of the one with the decisions made here; called j1, j2, … with the heads h1, h2, ….
  func export(
    _ format: String, to name: String, names: ListedName = .id, journals: [[Decision]]? = nil
  ) throws -> String {
    let opened = try open()
    let journals = (journals ?? [decisions]).enumerated().map { index, decisions in
      ReviewedJournal(path: "j\(index + 1)", decisions: decisions, head: "h\(index + 1)")
    }
    return try Exporter(
      opened: opened, dataset: dataset, payloads: try opened.payloads(at: dataset, options: opened.options),
      journals: journals, madeAt: 1_780_000_000_000
    ).export(try #require(ExportFormats.named(format)), to: path(name), names: names)
  }

  /// The error of an export that must fail; "no error" if it does not.
  func problem(_ format: String, to name: String) -> String {
    do {
      _ = try export(format, to: name)
      return "no error"
    } catch { return "\(error)" }
  }
}
