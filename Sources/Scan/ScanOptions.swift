import Features
import Fusion
import Learning

/// Options of a scan. The defaults need no knowledge of the poison or its rate.
package struct ScanOptions: Sendable {
  /// Of all that is random; the same seed gives the same scores.
  package var seed: UInt64
  /// Results do not depend on it.
  package var threads: Int
  /// Names of the detectors that run; nil for all.
  package var detectors: Set<String>?
  /// What the fusion has learnt.
  package var weights: FusionWeights
  /// Where the weights come from, for people.
  package var weightsName: String
  /// Distinct rows up to which neighbors are searched for among all pairs, `Int.max` for always.
  package var maxExactRows: Int
  /// What makes the embedding, in the place of the dataset's own.
  package var encoder: (any SampleEncoder)?
  package init(
    seed: UInt64 = 1, threads: Int = 1, detectors: Set<String>? = nil, weights: FusionWeights = .builtIn,
    weightsName: String = "built in", maxExactRows: Int = NeighborSearch.maxExactRows,
    encoder: (any SampleEncoder)? = nil
  ) {
    self.seed = seed
    self.threads = threads
    self.detectors = detectors
    self.weights = weights
    self.weightsName = weightsName
    self.maxExactRows = maxExactRows
    self.encoder = encoder
  }
}
