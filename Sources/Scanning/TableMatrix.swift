import Features
import Model
import Numerics

/// The columns of the table alone as features (`TableFeatures`). Of a table without pictures and texts they are the features of
/// the input.
package struct TableMatrix: Sendable {
  /// [N, D].
  package let values: DenseMatrix
  /// [D] index of the table column that each comes from, rising.
  package let owners: [Int]

  package init(_ input: ScanInput) throws {
    if !input.inputFeatureOwners.isEmpty {
      (values, owners) = (input.inputFeatures, input.inputFeatureOwners)
      return
    }
    let features = try TableFeatures(input.dataset.table, workers: input.workers)
    owners = features.owners
    values = try features.matrix(count: input.count, workers: input.workers)
  }
}
