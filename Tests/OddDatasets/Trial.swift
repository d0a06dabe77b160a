import CaseFiles
import Formats
import Foundation
import Model
import Numerics
import Review
import Scan
import Scanning

/// A dataset through all of the product but the screens: read, scanned, written as a case, opened again, exported.
package enum Trial {
  package enum Outcome: Sendable, Equatable {
    /// Hash of all that was found, whatever the order of the rows.
    case scanned(String)
    /// One line that a person can act on.
    case refused(String)
    /// What must not be.
    case failed(String)
  }

  /// - Parameter isShuffled: whether the rows are written in another order, which changes nothing.
  package static func run(seed: UInt64, threads: Int, isShuffled: Bool, in folder: URL) -> Outcome {
    var set = OddDataset.make(seed: seed)
    if isShuffled {
      var random = SeededRandom(seed: seed, stream: 0x5AFE)
      var order = Array(0..<set.count)
      random.shuffle(&order)
      set = set.reordered(order)
    }
    let place = folder.appending(path: "odd-\(seed)")
    defer { try? FileManager.default.removeItem(at: place) }
    do {
      try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
      let path = try set.write(to: place)
      return try scan(set, path, threads)
    } catch let error as FormatError {
      return refusal("\(error)")
    } catch let error as CaseFileError {
      return refusal("\(error)")
    } catch {
      return .failed("\(type(of: error)): \(error)")
    }
  }

  private static func refusal(_ message: String) -> Outcome {
    message.isEmpty || message.contains("\n") ? .failed("no line to act on: \(message)") : .refused(message)
  }

  private static func scan(_ set: OddDataset, _ path: String, _ threads: Int) throws -> Outcome {
    let options = DatasetOptions()
    let data = try DatasetLoader.load(path, options: options, progress: { _ in })
    guard data.count == set.count else { return .failed("\(data.count) samples of \(set.count)") }
    let report = try Scanner.scan(data, options: ScanOptions(threads: threads))
    if let fault = fault(report, data) { return .failed(fault) }
    let provenance = Provenance(
      datasetPath: path, fingerprint: try DatasetLoader.fingerprint(path, options: options),
      settings: ScanSettings(dataset: options, seed: 1), toolVersion: "odd")
    let casePath = path + ".case"
    // What is looked at is what was found, not what a power cut leaves of it: nothing waits for the disk.
    var operations = FileOperations.real
    operations.synchronize = { _ in 0 }
    try CaseFolder.write(
      report, records: data.records, provenance: provenance,
      to: CasePlace(casePath, dataset: path, operations: operations))
    let opened = try CaseFolder.open(casePath)
    guard opened.report.findings == report.findings, opened.report.suspicion == report.suspicion,
      opened.report.incidents == report.incidents,
      report.incidents.isEmpty || opened.report.incidentCodes == report.incidentCodes,
      opened.report.facts == report.facts
    else { return .failed("the case opens with another report") }
    try export(opened, path)
    return .scanned(digest(report, set))
  }

  /// What must hold of any report.
  private static func fault(_ report: Report, _ data: Dataset) -> String? {
    let n = data.count
    if report.count != n || report.suspicion.count != n || report.labels.count != n {
      return "columns differ in length"
    }
    if let odd = report.suspicion.first(where: { !($0 >= 0 && $0 <= 1) }) { return "a suspicion of \(odd)" }
    for detector in report.detectors {
      switch detector.outcome {
      case .ran(let raw, let percentile):
        if raw.count != n || percentile.count != n { return "\(detector.info.name): not one score a sample" }
        if raw.contains(where: \.isInfinite) { return "\(detector.info.name): an infinite score" }
      case .skipped(let reason):
        if reason.isEmpty { return "\(detector.info.name): skipped without a reason" }
      }
    }
    for finding in report.findings {
      let rows = finding.members.map(Int.init)
      if !rows.allSatisfy({ (0..<n).contains($0) }) || rows != rows.sorted() {
        return "\(finding.id): odd members"
      }
      if !(-1..<report.facts.classes.count).contains(Int(finding.label)) { return "\(finding.id): odd label" }
    }
    if !report.incidentCodes.isEmpty, report.incidentCodes.count != n {
      return "not one incident code a sample"
    }
    for (index, incident) in report.incidents.enumerated() {
      let rows = incident.members.map(Int.init)
      if !rows.allSatisfy({ (0..<n).contains($0) }) || rows != rows.sorted() {
        return "\(incident.id): odd members"
      }
      guard let head = report.findings.first(where: { $0.id == incident.findings.first }) else {
        return "\(incident.id): no finding tells it"
      }
      if head.label != incident.label || !Set(rows).isSuperset(of: head.members.map(Int.init)) {
        return "\(incident.id) and \(head.id) speak of different samples or labels"
      }
      if !rows.allSatisfy({ (0...index).contains(Int(report.incidentCodes[$0])) }) {
        return "\(incident.id): odd codes"
      }
    }
    return nil
  }

  private static func export(_ opened: OpenedCase, _ path: String) throws {
    let payloads = try opened.payloads(at: path, options: opened.options)
    var decisions: [Decision] = []
    if opened.report.count > 1 {
      decisions = [
        Decision(
          at: 0, reviewer: "ada",
          samples: [.init(id: opened.report.ids[1], digest: payloads.contentDigest(at: 1))],
          act: .verdict(.poisoned))
      ]
    }
    let exporter = Exporter(
      opened: opened, dataset: path, payloads: payloads,
      journals: [ReviewedJournal(path: "review.jsonl", decisions: decisions, head: "")], madeAt: 0)
    for format in ExportFormats.all {
      do {
        _ = try exporter.export(format, to: path + ".\(format.name)")
      } catch let error as CaseFileError {
        // Copies under one id that somebody decided about are other samples than the one that was judged.
        guard "\(error)".contains("not what was judged") else { throw error }
      }
    }
  }

  /// Samples by what they are, with their scores to the bit; findings by what they say and by the samples.
  private static func digest(_ report: Report, _ set: OddDataset) -> String {
    var lines = (0..<report.count).map { row in
      let scores = report.detectors.map { $0.raw.map { String($0[row].bitPattern) } ?? "-" }
      return set.key(row) + "\u{2}\(report.suspicion[row].bitPattern) \(report.hypothesis[row]) "
        + "\(report.suggestedLabels[row]) " + scores.joined(separator: " ")
    }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    lines += report.findings.map { finding in
      let members = finding.members.map { set.key(Int($0)) }.sorted {
        $0.utf8.lexicographicallyPrecedes($1.utf8)
      }
      return "\(finding.id) \(finding.sentence) \(finding.statistic) \(members.joined(separator: "\u{3}"))"
    }
    lines += report.detectors.map { "\($0.info.name) \($0.raw == nil)" } + report.facts.classes
    return String(Array(lines.joined(separator: "\n").utf8).withUnsafeBytes(SHA256.digest).hex.prefix(16))
  }
}
