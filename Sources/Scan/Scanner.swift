import Detectors
import Fusion
import Learning
import Model
import Numerics
import Scanning
import TriggerMining

/// From a dataset to a report: prepares what the detectors share, runs each of them, and joins what they say.
package enum Scanner {
  /// Scores do not depend on the order of the rows (`RowOrder`) or the number of threads.
  /// - Parameters:
  ///   - dataset: its content is freed once the rows are in order, where nobody else holds it.
  ///   - detectors: the columns of the report, in this order.
  /// - Throws: what `checkCancellation` throws; `EncoderGap` where an encoder is given that cannot encode the dataset. A
  ///   detector that cannot run is reported as skipped.
  package static func scan(
    _ dataset: consuming Dataset, options: ScanOptions = ScanOptions(),
    detectors: [any Detector] = DetectorRegistry.all,
    progress: @escaping @Sendable (ScanProgress) -> Void = { _ in },
    checkCancellation: @escaping @Sendable () throws -> Void = {}
  ) throws -> Report {
    var given = dataset
    var clock = StageClock()
    progress(ScanProgress(stage: "order", fraction: 0))
    var scope = clock.time("scope") { ScanScope(given) }
    let order = try clock.time("order") {
      try RowOrder(
        scope.dataset, workers: Workers(threads: options.threads), checkCancellation: checkCancellation)
    }
    let ordered = scope.dataset.reordered(order.rows)
    // The scan looks at its own order of the rows alone: the other need not be in memory beside it.
    scope.dataset.forgetContent()
    given.forgetContent()
    var report = try scan(
      inOrder: ordered, options: options, detectors: detectors, progress: progress,
      checkCancellation: checkCancellation)
    report.timings = clock.timings + report.timings
    try scope.restore(&report, in: order, of: given, workers: Workers(threads: options.threads))
    return report
  }

  private static func scan(
    inOrder dataset: Dataset, options: ScanOptions, detectors: [any Detector],
    progress: @escaping @Sendable (ScanProgress) -> Void,
    checkCancellation: @escaping @Sendable () throws -> Void
  ) throws -> Report {
    var clock = StageClock()
    var dataset = dataset
    if let encoder = options.encoder {
      dataset = try clock.time("encoder") {
        try dataset.encoded(
          by: encoder, workers: Workers(threads: options.threads),
          progress: { progress(ScanProgress(stage: "encoder", fraction: 0.05 * $0)) },
          checkCancellation: checkCancellation)
      }
    }
    let input = try ScanInput.prepare(
      dataset, seed: options.seed, threads: options.threads, maxExactRows: options.maxExactRows,
      progress: progress, checkCancellation: checkCancellation)

    progress(ScanProgress(stage: "layout", fraction: 0.5))
    let layout = try clock.time("layout") {
      try PlaneLayout.make(
        features: input.features, labels: input.labels, classCount: input.classCount,
        excluding: input.unusableRows, seed: input.seed, workers: input.workers)
    }

    let chosen = detectors.filter { options.detectors?.contains($0.info.name) ?? true }
    let (results, found) = try run(
      chosen, on: input, clock: &clock, progress: progress, checkCancellation: checkCancellation)
    let splitCopies = try SplitCopies.findings(input)
    input.forgetDerived()
    var facts = facts(options, results)
    let gaps = CoverageGap.all(in: dataset, detectors: results)

    progress(ScanProgress(stage: "fusion", fraction: 0.95))
    // Of many samples the columns are much: those that are refitted live no longer than the evidence that holds them.
    var evidence = FusionEvidence(
      labels: Column(input.labels.map { Int32($0) }),
      classNeighbors: input.classNeighbors.k > 0 ? input.classNeighbors : nil, detectors: consume results,
      findings: DistinctTriggers.among(found), sources: dataset.sources, times: dataset.times)
    var fused = try clock.time("fusion") {
      try EvidenceFusion.combine(evidence, weights: options.weights, workers: input.workers)
    }
    if let excluded = RefitWithoutSuspects.suspects(fused.suspicion, in: input) {
      facts.setAside = excluded.count { $0 }
      progress(ScanProgress(stage: "second round", fraction: 0.96))
      try clock.time("second-round") {
        try RefitWithoutSuspects.refit(&evidence.detectors, by: chosen, on: input, without: excluded)
        fused = try EvidenceFusion.combine(
          evidence, weights: options.weights, known: fused.views, workers: input.workers)
      }
    }
    progress(ScanProgress(stage: "done", fraction: 1))
    var report = report(input, layout, evidence, fused, clock.timings)
    report.findings += splitCopies
    report.fusion = facts
    report.coverageGaps = gaps
    return report
  }

  private static func facts(_ options: ScanOptions, _ results: [DetectorResult]) -> FusionFacts {
    let provenance = options.weights.provenance
    // Sources and times are read by the fusion itself.
    let ran = Set(results.filter { $0.raw != nil && $0.info.family != .origin }.map(\.info.name))
    let known = options.weights.detectors
    return FusionFacts(
      weights:
        "\(options.weightsName), fitted on \(counted(provenance.sets.count, "set")), \(provenance.date)",
      unknownDetectors: ran.subtracting(known).sorted(), missingDetectors: known.subtracting(ran).sorted())
  }

  /// What each detector gives, in their order, and the findings of all.
  private static func run(
    _ detectors: [any Detector], on input: ScanInput, clock: inout StageClock,
    progress: (ScanProgress) -> Void, checkCancellation: () throws -> Void
  ) throws -> (results: [DetectorResult], findings: [Finding]) {
    var outcomes: [DetectorOutcome] = []
    var findings: [Finding] = []
    for (index, detector) in detectors.enumerated() {
      try checkCancellation()
      let name = detector.info.name
      progress(ScanProgress(stage: name, fraction: 0.55 + 0.4 * Double(index) / Double(detectors.count)))
      let scores = try clock.time(name) { try run(detector, on: input, findings: &findings) }
      outcomes.append(
        DetectorOutcome(info: detector.info, scores: scores, seconds: clock.timings.last?.seconds ?? 0))
    }
    return (try DetectorOutcome.ranked(outcomes, workers: input.workers), findings)
  }

  private static func run(
    _ detector: any Detector, on input: ScanInput, findings: inout [Finding]
  ) throws -> Result<[Float], CannotRun> {
    guard input.count > 0 else { return .failure(CannotRun("needs at least 1 sample")) }
    do {
      let detection = try detector.run(on: input)
      precondition(detection.scores.count == input.count, "\(detector.info.name): one score a sample")
      findings.append(contentsOf: detection.findings)
      return .success(detection.scores)
    } catch let reason as CannotRun {
      return .failure(reason)
    }
  }

  private static func report(
    _ input: ScanInput, _ layout: PlaneLayout, _ evidence: FusionEvidence, _ fused: FusionResult,
    _ timings: [StageTiming]
  ) -> Report {
    let dataset = input.dataset
    var notes = dataset.notes
    if !input.unusableRows.isEmpty {
      notes.append(
        counted(input.unusableRows.count, "row has", "rows have")
          + " features that are not finite, or too large to be multiplied: no feature scores"
      )
    }
    if let gap = input.labelGap { notes.append("labels are not looked at: \(gap)") }
    let facts = DatasetFacts(
      name: dataset.name, modality: dataset.modality, count: dataset.count, classes: dataset.classes,
      digest: dataset.digest, featureSource: input.featureSource, probabilitySource: input.probabilitySource,
      notes: notes)
    var report = Report(
      facts: facts, ids: dataset.ids, labels: Column(ScanInput.given(dataset).map { Int32($0) }),
      suspicion: Column(fused.suspicion), hypothesis: Column(fused.hypothesis), hypotheses: fused.hypotheses,
      suggestedLabels: Column(suggestions(input)), detectors: evidence.detectors,
      neighbors: input.neighbors.k > 0 ? input.neighbors : nil, layout: Column(layout.points),
      clusters: Column(layout.clusters), findings: fused.findings, sources: dataset.sources,
      times: dataset.times, timings: input.timings + timings)
    report.facts.reading = dataset.reading
    report.labelProbabilities = Column(labelProbabilities(input))
    report.contributions = fused.contributions
    report.incidents = IncidentGrouping.incidents(of: fused.findings, suspicion: fused.suspicion)
    report.incidentCodes = Incident.codes(report.incidents, count: input.count)
    report.classNeighbors = evidence.classNeighbors
    report.neighborRecall = input.neighborRecall
    return report
  }

  /// [N, 2]: see `Report.labelProbabilities`.
  private static func labelProbabilities(_ input: ScanInput) -> [Float] {
    guard input.probabilities.columns > 1 else { return [] }
    var result = [Float](repeating: .nan, count: 2 * input.count)
    for row in 0..<input.count where input.labels[row] >= 0 {
      let probabilities = input.probabilities.row(row)
      let given = probabilities.startIndex + input.labels[row]
      result[2 * row] = probabilities[given]
      result[2 * row + 1] = probabilities.indices.reduce(0) { $1 == given ? $0 : max($0, probabilities[$1]) }
    }
    return result
  }

  /// The most probable class where the model prefers it clearly: at least half, and not the given one.
  private static func suggestions(_ input: ScanInput) -> [Int32] {
    (0..<input.count).map { row in
      guard input.probabilities.columns > 1 else { return -1 }
      let probabilities = input.probabilities.row(row)
      guard let best = probabilities.indices.max(by: { probabilities[$0] < probabilities[$1] }),
        probabilities[best] >= 0.5, best - probabilities.startIndex != input.labels[row]
      else { return -1 }
      return Int32(best - probabilities.startIndex)
    }
  }
}

extension Dataset {
  /// Keeps what a report says of the samples: names, labels, sources and times.
  fileprivate mutating func forgetContent() {
    (table, texts, images, features, probabilities, trainingDynamics) = ([], nil, nil, nil, nil, nil)
  }
}
