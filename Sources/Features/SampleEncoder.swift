import Model
import Numerics

/// A model that came from elsewhere and makes features of what samples hold. It knows neither their labels nor which
/// of them are suspect.
package protocol SampleEncoder: Sendable {
  var identity: EncoderIdentity { get }
  /// Columns of the features.
  var dimensions: Int { get }
  /// Why it has nothing to say of this dataset, in one line; nil where it has.
  func gap(in dataset: Dataset) -> String?
  /// [N, `dimensions`]: a row a sample; NaN in the row of one that cannot be read. Neither the number of threads nor
  /// the order of the samples changes a row.
  /// - Parameter progress: told 0...1, from any thread.
  /// - Throws: what `checkCancellation` throws.
  func features(
    of dataset: Dataset, workers: Workers, progress: @escaping @Sendable (Double) -> Void,
    checkCancellation: @escaping @Sendable () throws -> Void
  ) throws -> Matrix
}
