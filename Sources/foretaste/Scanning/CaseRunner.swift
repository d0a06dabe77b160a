import Analysis
import CaseFiles
import Formats
import Foundation
import Model

/// Brings a dataset to a case: reopens the one that is current, or scans and writes one.
struct CaseRunner {
  let dataset: DatasetArguments
  let scan: ScanArguments

  /// The case of the dataset, scanned when there is none, it is not current, or `--force` is given.
  func openOrScan() throws -> OpenedCase {
    let fingerprint = try DatasetLoader.fingerprint(dataset.dataset, options: dataset.options)
    if !scan.force, CaseFolder.isCurrent(dataset.casePath, fingerprint: fingerprint, settings: settings) {
      return try CaseFolder.open(dataset.casePath)
    }
    return try scanAndWrite(fingerprint: fingerprint)
  }

  /// The case as it stands; scans only when there is none at all.
  func open() throws -> OpenedCase {
    guard FileManager.default.fileExists(atPath: dataset.casePath + "/case.json") else {
      return try openOrScan()
    }
    return try CaseFolder.open(dataset.casePath)
  }

  private var settings: ScanSettings {
    ScanSettings(dataset: dataset.options, seed: scan.seed)
  }

  private func scanAndWrite(fingerprint: String) throws -> OpenedCase {
    // Said before minutes of work are lost: the folder that takes the case must be writable.
    try CaseFolder.checkWritable(dataset.casePath)
    Signals.cancelOnInterrupt()
    let progress = ProgressBar(quiet: scan.quiet)
    defer { progress.finish() }
    let started = ContinuousClock.now
    let data = try DatasetLoader.load(dataset.dataset, options: dataset.options) {
      progress.update(stage: "reading", fraction: $0)
    }
    let reading = StageTiming(stage: "reading", seconds: started.duration(to: .now).seconds)
    var report = try Scanner.scan(
      data, options: ScanOptions(seed: scan.seed, threads: scan.threadCount),
      progress: { progress.update(stage: $0.stage, fraction: $0.fraction) },
      checkCancellation: Signals.checkInterrupt)
    report.timings.insert(reading, at: 0)
    let provenance = Provenance(
      datasetPath: dataset.dataset, fingerprint: fingerprint, settings: settings, toolVersion: toolVersion)
    try CaseFolder.write(report, records: data.records, provenance: provenance, to: dataset.casePath)
    return try CaseFolder.open(dataset.casePath)
  }
}

extension Duration {
  var seconds: Double {
    Double(components.seconds) + Double(components.attoseconds) / 1e18
  }
}
