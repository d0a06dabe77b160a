import Features
import Learning
import Model
import Numerics
import Scanning

extension TriggerMiner {
  /// A miner of texts or images: its probe reads the input features.
  /// - Parameter probe: what is made of that probe and the labels that it was fitted to.
  init(
    _ source: Source, of input: ScanInput,
    probe: @escaping @Sendable (ContentProbe, [Int]) -> any HeldOutProbe = { content, _ in content }
  ) {
    self.init(
      source: source, makeProbe: { probe(try input.contentProbe(labels: $0), $0) }, input: input,
      copies: NearCopies.groups(input.inputNeighbors), maxConfirmed: 256)
  }
}

extension ScanInput {
  /// The probe of texts and images; that of all labels is made once, as every miner begins with it.
  func contentProbe(labels: [Int]) throws -> ContentProbe {
    labels == self.labels
      ? try derived { try $0.newContentProbe(labels: labels) } : try newContentProbe(labels: labels)
  }

  private func newContentProbe(labels: [Int]) throws -> ContentProbe {
    let features = derived {
      ContentFeatures(standardized: FeatureBuilder.standardized($0.inputFeatures, excluding: []))
    }
    return try ContentProbe(
      features: features.standardized,
      votes: NeighborVotes(neighbors: inputNeighbors, labels: labels, classCount: classCount),
      labels: labels, classCount: classCount, workers: workers)
  }
}

/// The input features with mean 0 and deviation 1.
private struct ContentFeatures: Sendable {
  let standardized: DenseMatrix
}
