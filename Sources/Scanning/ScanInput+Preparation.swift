import Features
import Learning
import Model
import Numerics

extension ScanInput {
  static let neighborCount = 50
  static let classNeighborCount = 10
  /// More than vote, so that some stay when a group of samples is held out.
  package static let inputNeighborCount = 100
  /// Of all samples together: half a gigabyte of indices and distances. Of more than 600,000 samples fewer neighbors are
  /// looked for, down to what a vote needs: in dense data the few are as near.
  private static let maxNeighborEntries = 60_000_000
  private static let minNeighbors = 25

  /// How many neighbors each of so many samples gets, where `wanted` are of use: where there cannot be more for the votes as
  /// many as for all else, so that one table serves both.
  package static func affordableNeighbors(_ wanted: Int, samples: Int) -> Int {
    let affordable = max(minNeighbors, maxNeighborEntries / max(1, samples))
    return affordable >= wanted ? wanted : min(affordable, neighborCount)
  }

  /// Samples times classes up to which labels are looked at. A scan holds a few matrices of so many probabilities, of
  /// 200 MB each, and learns each of them for every fold; labels of more classes name samples rather than classes.
  package static let maxProbabilities = 50_000_000
  /// Samples of a class on average below which labels name samples rather than classes.
  package static let minPerClass = 3

  /// Everything that the detectors share, with what the dataset lacks stood in for.
  ///
  /// Defined for any dataset: without samples, labels, features, with one class, with rows that are not finite.
  /// - Throws: what `checkCancellation` throws.
  package static func prepare(
    _ dataset: Dataset, seed: UInt64 = 1, threads: Int = 1, maxExactRows: Int = NeighborSearch.maxExactRows,
    progress: @escaping @Sendable (ScanProgress) -> Void = { _ in },
    checkCancellation: @escaping @Sendable () throws -> Void = {}
  ) throws -> ScanInput {
    let workers = Workers(threads: threads)
    var clock = StageClock()
    progress(ScanProgress(stage: "features", fraction: 0))
    let (features, inputFeatures) = try clock.time("features") {
      let own = try FeatureBuilder.embedding(dataset, workers: workers)
        .map(FeatureBuilder.differing)
      // Without a payload the embedding is all there is: the same matrix serves twice.
      if let own, !hasPayload(dataset) { return (own, own) }
      try checkCancellation()
      let input = try FeatureBuilder.inputFeatures(dataset, seed: seed, workers: workers)
      if let own { return (own, input) }
      try checkCancellation()
      return (try FeatureBuilder.standIn(dataset, seed: seed, workers: workers) ?? input, input)
    }
    try checkCancellation()

    let labelGap = labelGap(dataset)
    let classCount = labelGap == nil ? dataset.classes.count : 0
    let labels = given(dataset).map { $0 < classCount ? $0 : -1 }
    var rowsByClass = [[Int]](repeating: [], count: classCount)
    for (row, label) in labels.enumerated() where label >= 0 { rowsByClass[label].append(row) }

    let isShared = features.matrix === inputFeatures.matrix
    progress(ScanProgress(stage: "neighbors", fraction: 0.05))
    let search: @Sendable (FeatureBuilder.Features, _ k: Int, _ classK: Int) throws -> NeighborSearch.Result =
      {
        guard $0.matrix.columns > 0 else { return .none }
        return try NeighborSearch.run(
          features: $0.matrix, labels: labels, k: affordableNeighbors($1, samples: labels.count), classK: $2,
          excluding: $0.unusableRows,
          maxExactRows: maxExactRows, seed: seed, workers: workers,
          progress: { progress(ScanProgress(stage: "neighbors", fraction: 0.05 + 0.25 * $0)) },
          checkCancellation: checkCancellation)
      }
    // The nearest few are the first of the nearest many: one search serves all who look at the same features.
    let found = try clock.time("neighbors") {
      let isForInput = isShared && hasPayload(dataset)
      return try search(features, isForInput ? inputNeighborCount : neighborCount, classNeighborCount)
    }
    var recall: [String: NeighborRecall] = [:]
    recall["neighbors"] = found.recall
    recall["class-neighbors"] = found.classRecall
    let inputNeighbors = try clock.time("input-neighbors") {
      guard hasPayload(dataset) else { return NeighborTable(k: 0, indices: [], distances: []) }
      if isShared { return found.all }
      let own = try search(inputFeatures, inputNeighborCount, 0)
      recall["input-neighbors"] = own.recall
      return own.all
    }

    progress(ScanProgress(stage: "probe", fraction: 0.3))
    // An embedding needs no more than a linear probe, whatever it is an embedding of.
    let inputModality = isShared && dataset.features != nil ? .embedding : dataset.modality
    let own = Probe.given(dataset.probabilities, count: dataset.count, classCount: classCount)
    let learn: @Sendable (FeatureBuilder.Features, Modality, [Int]) throws -> Probe.Probabilities = {
      try Probe.probabilities(
        features: $0.matrix, modality: $1, labels: $2, classCount: classCount, excluding: $0.unusableRows,
        neighbors: inputNeighbors, seed: seed, workers: workers, checkCancellation: checkCancellation)
    }
    let (probabilities, inputProbabilities) = try clock.time("probe") {
      let input = try learn(inputFeatures, inputModality, labels)
      if let own { return (own, input) }
      return (isShared ? input : try learn(features, .embedding, labels), input)
    }
    let relearn: @Sendable ([Int]) throws -> DenseMatrix = {
      try learn(features, isShared ? inputModality : .embedding, $0).matrix
    }
    return ScanInput(
      dataset: dataset, features: features.matrix, featureSource: features.description,
      inputFeatures: inputFeatures.matrix, probabilities: probabilities.matrix,
      probabilitySource: probabilities.description, hasGivenProbabilities: own != nil, relearn: relearn,
      inputProbabilities: inputProbabilities.matrix, inputNeighbors: inputNeighbors,
      labels: labels, classCount: classCount, labelGap: labelGap, rowsByClass: rowsByClass,
      unusableRows: features.unusableRows,
      neighbors: found.all.prefix(neighborCount), classNeighbors: found.sameClass,
      maxExactRows: maxExactRows, workers: workers, seed: seed,
      checkCancellation: checkCancellation, inputFeatureOwners: inputFeatures.owners, neighborRecall: recall,
      timings: clock.timings)
  }

  private static func hasPayload(_ dataset: Dataset) -> Bool {
    dataset.images != nil || dataset.texts != nil || !dataset.table.isEmpty
  }

  /// One label a sample; −1 where there is none, or none of `classes`.
  package static func given(_ dataset: Dataset) -> [Int] {
    guard dataset.labels.count == dataset.count else { return [Int](repeating: -1, count: dataset.count) }
    return dataset.labels.map { $0 >= 0 && Int($0) < dataset.classes.count ? Int($0) : -1 }
  }

  /// Why the labels cannot be weighed: a scan holds probabilities of all classes for all samples, and of a class with
  /// one or two members nothing can be learnt without the sample itself.
  private static func labelGap(_ dataset: Dataset) -> String? {
    let classes = dataset.classes.count
    let labeled = given(dataset).count { $0 >= 0 }
    if classes > 2, labeled < minPerClass * classes {
      return "\(classes) classes of \(labeled) samples have fewer than \(minPerClass) each on average"
    }
    let (size, isTooLarge) = dataset.count.multipliedReportingOverflow(by: classes)
    guard isTooLarge || size > maxProbabilities else { return nil }
    return "\(classes) classes are too many for \(dataset.count) samples: at most "
      + "\(maxProbabilities / dataset.count) can be weighed against each other"
  }
}
