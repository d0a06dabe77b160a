import CaseFiles
import Formats
import Foundation
import Learning
import Model
import Scan
import Scanning

/// Brings a dataset to a case: reopens the one that is current, or scans and writes one.
struct CaseRunner {
  let path: String
  let casePath: String
  let settings: ScanSettings
  let options: ScanOptions
  let force: Bool
  let quiet: Bool
  /// What a person should know of how the options were taken.
  let notes: [String]
  /// Nil for what is free.
  let memory: ByteSize?

  init(
    path: String, casePath: String, settings: ScanSettings, options: ScanOptions, force: Bool = false,
    quiet: Bool = true, notes: [String] = [], memory: ByteSize? = nil
  ) {
    self.memory = memory
    self.path = path
    self.casePath = casePath
    self.settings = settings
    self.options = options
    self.force = force
    self.quiet = quiet
    self.notes = notes
  }

  /// - Throws: when `--weights` names no fusion weights, or `--encoder` no model.
  init(dataset: DatasetArguments, scan: ScanArguments) throws {
    let weights = try scan.weights.map(WeightsFile.init(path:))
    let names = scan.detectorNames
    let encoder = try scan.model.open(for: dataset)
    self.init(
      path: dataset.dataset, casePath: dataset.casePath,
      settings: ScanSettings(
        dataset: dataset.options, seed: scan.seed, detectors: names, weightsDigest: weights?.digest,
        exactNeighbors: scan.exactNeighbors, encoder: encoder?.identity),
      options: ScanOptions(
        seed: scan.seed, threads: scan.threadCount, detectors: names.map(Set.init),
        weights: weights?.weights ?? .builtIn, weightsName: weights?.name ?? "built in",
        maxExactRows: scan.exactNeighbors ? .max : NeighborSearch.maxExactRows, encoder: encoder),
      force: scan.force, quiet: scan.quiet, notes: scan.model.notes(for: dataset),
      memory: scan.memory)
  }

  /// The case of the dataset, scanned when there is none, it is not current, or `--force` is given.
  /// - Throws: when there is a case that cannot be read, or something that a case may not replace.
  func openOrScan() throws -> OpenedCase {
    let fingerprint = try DatasetLoader.fingerprint(path, options: settings.dataset)
    let place = try findPlace()
    if !force, try CaseFolder.isCurrent(casePath, fingerprint: fingerprint, settings: settings) {
      return try CaseFolder.open(casePath)
    }
    return try scanAndWrite(fingerprint: fingerprint, to: place)
  }

  /// The case as it stands; scans only when there is none at all.
  func open() throws -> OpenedCase {
    _ = try findPlace()
    do {
      return try CaseFolder.open(casePath)
    } catch let problem as CaseFileError where problem.kind == .notFound {
      return try openOrScan()
    }
  }

  private func findPlace() throws(CaseFileError) -> CasePlace {
    let place = try CasePlace(casePath, dataset: path)
    try place.recover()
    return place
  }

  private func scanAndWrite(fingerprint: String, to place: CasePlace) throws -> OpenedCase {
    try place.checkWritable()
    let progress = ProgressBar(quiet: quiet)
    defer { progress.finish() }
    Signals.endOnInterrupt(progress.finish)
    let budget = try MemoryBudget(memory, casePath: casePath)
    try budget?.begin()
    let watch = budget.map(MemoryWatch.init)
    defer { watch?.stop() }
    let started = ContinuousClock.now
    let size = ByteSize.ofFiles(at: path).map { "\($0)" } ?? ""
    var data = try DatasetLoader.load(path, options: settings.dataset) {
      progress.update(stage: "reading", fraction: $0, amount: size)
    }
    data.notes += notes
    try budget?.admit(samples: data.count)
    let rows = counted(data.count, "row")
    let reading = StageTiming(stage: "reading", seconds: started.duration(to: .now).seconds)
    let freed = FreedMemory()
    let records = data.records
    var report = try Scanner.scan(
      consume data, options: options,
      progress: {
        progress.update(stage: $0.stage, fraction: $0.fraction, amount: rows)
        freed.begin(stage: $0.stage)
      },
      checkCancellation: {
        try Signals.checkInterrupt()
        try budget?.check()
      })
    report.timings.insert(reading, at: 0)
    let provenance = Provenance(
      datasetPath: path, fingerprint: fingerprint, settings: settings, toolVersion: toolVersion)
    try Signals.protect {
      try CaseFolder.write(
        report, records: records, provenance: provenance, to: place,
        checkCancellation: Signals.checkInterrupt)
    }
    return try CaseFolder.open(casePath)
  }
}

extension Duration {
  var seconds: Double {
    Double(components.seconds) + Double(components.attoseconds) / 1e18
  }
}
