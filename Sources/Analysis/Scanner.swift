import Model

/// From a dataset to a report: prepares what the detectors share, runs each of them, and joins what they say.
package enum Scanner {
  /// - Parameter detectors: the columns of the report, in this order.
  /// - Throws: what `checkCancellation` throws. A detector that cannot run is reported as skipped.
  package static func scan(
    _ dataset: Dataset, options: ScanOptions = ScanOptions(),
    detectors: [any Detector] = DetectorRegistry.all,
    progress: @escaping @Sendable (ScanProgress) -> Void = { _ in },
    checkCancellation: @escaping @Sendable () throws -> Void = {}
  ) throws -> Report {
    var clock = StageClock()
    let input = try ScanInput.prepare(
      dataset, options: options, progress: progress, checkCancellation: checkCancellation)

    progress(ScanProgress(stage: "layout", fraction: 0.5))
    let layout = try clock.time("layout") {
      try PlaneLayout.make(
        features: input.features, labels: input.labels, classCount: input.classCount,
        excluding: input.unusableRows, seed: input.seed, workers: input.workers)
    }

    var results: [DetectorResult] = []
    var findings: [Finding] = []
    for (index, detector) in detectors.enumerated() {
      try checkCancellation()
      let share = Double(index) / Double(max(1, detectors.count))
      progress(ScanProgress(stage: detector.info.name, fraction: 0.55 + 0.4 * share))
      let outcome = try clock.time(detector.info.name) { try run(detector, on: input, findings: &findings) }
      let seconds = clock.timings.last?.seconds ?? 0
      results.append(DetectorResult(info: detector.info, outcome: outcome, seconds: seconds))
    }

    progress(ScanProgress(stage: "fusion", fraction: 0.95))
    let fused = clock.time("fusion") {
      Fusion.combine(input: input, results: results, findings: DistinctTriggers.among(findings))
    }
    progress(ScanProgress(stage: "done", fraction: 1))
    return report(input, layout, results, fused, clock.timings)
  }

  private static func run(
    _ detector: any Detector, on input: ScanInput, findings: inout [Finding]
  ) throws -> DetectorResult.Outcome {
    guard input.count > 0 else { return .skipped(reason: "needs at least 1 sample") }
    do {
      let detection = try detector.run(on: input)
      precondition(detection.scores.count == input.count, "\(detector.info.name): one score a sample")
      findings.append(contentsOf: detection.findings)
      return .ran(raw: Column(detection.scores), percentile: Column(Ranks.percentiles(detection.scores)))
    } catch let reason as CannotRun {
      return .skipped(reason: reason.reason)
    }
  }

  private static func report(
    _ input: ScanInput, _ layout: PlaneLayout, _ results: [DetectorResult], _ fused: FusionResult,
    _ timings: [StageTiming]
  ) -> Report {
    let dataset = input.dataset
    var notes = dataset.notes
    if !input.unusableRows.isEmpty {
      notes.append(
        "\(input.unusableRows.count) rows have features that are not finite and get no feature scores")
    }
    let facts = DatasetFacts(
      name: dataset.name, modality: dataset.modality, count: dataset.count, classes: dataset.classes,
      digest: dataset.digest, featureSource: input.featureSource, probabilitySource: input.probabilitySource,
      notes: notes)
    return Report(
      facts: facts, ids: dataset.ids, labels: Column(input.labels.map { Int32($0) }),
      suspicion: Column(fused.suspicion), hypothesis: Column(fused.hypothesis), hypotheses: fused.hypotheses,
      suggestedLabels: Column(fused.suggestedLabels), detectors: results,
      neighbors: input.neighbors.k > 0 ? input.neighbors : nil, layout: Column(layout.points),
      clusters: Column(layout.clusters), findings: fused.findings, sources: dataset.sources,
      times: dataset.times, timings: input.timings + timings)
  }
}
