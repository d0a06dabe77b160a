import Model

extension TriggerMiner {
  /// A miner of texts or images: its probe reads the input features.
  init(_ source: Source, of input: ScanInput) {
    let features = FeatureBuilder.standardized(input.inputFeatures, excluding: [])
    let neighbors = input.inputNeighbors
    let classCount = input.classCount
    let workers = input.workers
    self.init(
      source: source,
      makeProbe: { labels in
        try ContentProbe(
          features: features,
          votes: NeighborVotes(neighbors: neighbors, labels: labels, classCount: classCount),
          labels: labels, classCount: classCount, workers: workers)
      },
      input: input, copies: NearCopies.groups(neighbors), mostConfirmed: 256)
  }
}
