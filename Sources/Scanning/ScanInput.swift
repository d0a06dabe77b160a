import Learning
import Model
import Numerics

/// What all detectors share: the dataset with everything missing stood in for, computed once.
package struct ScanInput: Sendable {
  package let dataset: Dataset
  /// [N, D] embedding of the user, or built-in features; every value finite (rows that were not are zero and
  /// stand in `unusableRows`).
  package let features: DenseMatrix
  /// Where they come from, for people.
  package let featureSource: String
  /// [N, E] generic input-space features (pixels, n-grams, table columns), never of a model trained on the suspect
  /// data; the same as `features` where the dataset has nothing but an embedding.
  package let inputFeatures: DenseMatrix
  /// [N, K] out-of-sample probabilities, of the user or of the probe; rows sum to 1. K is 0 without labels.
  package let probabilities: DenseMatrix
  /// Where they come from, for people.
  package let probabilitySource: String
  /// Whether `probabilities` are the user's.
  package let hasGivenProbabilities: Bool
  /// [N, K] out-of-fold probabilities as the built-in probe learns them from `features` and other labels [N].
  package let relearn: @Sendable (_ labels: [Int]) throws -> DenseMatrix
  /// [N, K] out-of-fold probabilities of a probe on `inputFeatures`: what the rest of a sample says of its label.
  package let inputProbabilities: DenseMatrix
  /// The k nearest of all samples in `inputFeatures` (k = min(100, N - 1)); k is 0 where there is no payload.
  package let inputNeighbors: NeighborTable
  /// Given class of each sample, -1 for none.
  package let labels: [Int]
  /// K; 0 where labels are not looked at.
  package let classCount: Int
  /// Why the scan does not look at the dataset's labels (`classCount` is 0 then); nil where it does.
  package let labelGap: String?
  /// Rows of each class, ascending.
  package let rowsByClass: [[Int]]
  /// Rows whose features are not finite: no detector on features scores them (NaN).
  package let unusableRows: Set<Int>
  /// The k nearest of all samples in `features` (k = min(50, N - 1)).
  package let neighbors: NeighborTable
  /// The k nearest of the same class (k = min(10, class size - 1), -1 padded).
  package let classNeighbors: NeighborTable
  /// As in `ScanOptions`.
  package let maxExactRows: Int
  /// What results do not depend on.
  package let workers: Workers
  /// Of all that is random in a scan.
  package let seed: UInt64
  /// Asked between blocks of work; throws `CancellationError`.
  package let checkCancellation: @Sendable () throws -> Void

  let derivedInputs = DerivedInputs()

  /// For each column of `inputFeatures` the table column that it comes from; empty where they are of something else.
  package var inputFeatureOwners: [Int] = []

  /// As in `Report`.
  package var neighborRecall: [String: NeighborRecall] = [:]

  /// Stages of the preparation in order, with their seconds.
  package var timings: [StageTiming] = []

  /// N, the samples that are looked at.
  package var count: Int { labels.count }
}
