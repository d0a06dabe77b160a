import Model

extension ScanInput {
  /// The same where some samples have no label; the probe learns anew, unless the user has brought the probabilities.
  package func withoutLabels(of excluded: [Bool]) throws -> ScanInput {
    let labels = zip(labels, excluded).map { $1 ? -1 : $0 }
    return ScanInput(
      dataset: dataset, features: features, featureSource: featureSource, inputFeatures: inputFeatures,
      probabilities: hasGivenProbabilities ? probabilities : try relearn(labels),
      probabilitySource: probabilitySource, hasGivenProbabilities: hasGivenProbabilities, relearn: relearn,
      inputProbabilities: inputProbabilities, inputNeighbors: inputNeighbors,
      labels: labels, classCount: classCount, labelGap: labelGap,
      rowsByClass: rowsByClass.map { $0.filter { !excluded[$0] } }, unusableRows: unusableRows,
      neighbors: neighbors, classNeighbors: classNeighbors, maxExactRows: maxExactRows, workers: workers,
      seed: seed,
      checkCancellation: checkCancellation, inputFeatureOwners: inputFeatureOwners)
  }
}
