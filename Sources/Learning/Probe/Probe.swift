import Model
import Numerics

/// Out-of-sample class probabilities where the user brings none, and always for the payload's own features.
package enum Probe {
  /// Class probabilities of every sample, and where they come from.
  package struct Probabilities: Sendable {
    /// [N, K], each row finite and summing to 1.
    package let matrix: DenseMatrix
    /// For people, e.g. "built-in: 200 random trees, out of bag".
    package let description: String
  }

  /// Values of a probability matrix up to which trees are grown for a table; each block of trees holds one.
  static let maxForestValues = 20_000_000

  /// [N, K] out-of-fold probabilities from `features`, rows summing to 1; K columns of 1 with one class, none
  /// with none, and none without a column of features: class shares alone do not depend on the sample.
  ///
  /// Tables get trees, texts and embeddings a softmax, images a softmax averaged with the neighbors' votes.
  /// - Parameters:
  ///   - features: [N, D], finite but for excluded rows.
  ///   - labels: [N], 0..<classCount, -1 for none.
  ///   - excluded: rows that are predicted and not learnt from.
  ///   - neighbors: the nearest in `features`, which only images ask; nil where they have not been searched for.
  /// - Throws: what `checkCancellation` throws.
  package static func probabilities(
    features: DenseMatrix, modality: Modality, labels: [Int], classCount: Int, excluding excluded: Set<Int>,
    neighbors: NeighborTable? = nil, seed: UInt64, workers: Workers,
    checkCancellation: @escaping @Sendable () throws -> Void = {}
  ) throws -> Probabilities {
    guard classCount > 0 else {
      return Probabilities(
        matrix: DenseMatrix(rows: labels.count, columns: 0), description: "none: no labels")
    }
    guard features.columns > 0 else {
      return Probabilities(
        matrix: DenseMatrix(rows: labels.count, columns: 0),
        description: "none: there are no features that differ between samples")
    }
    if modality == .tabular, labels.count * classCount <= maxForestValues {
      let matrix = try ForestProbe.outOfBag(
        features: features, labels: labels, classCount: classCount, excluding: excluded, seed: seed,
        workers: workers, checkCancellation: checkCancellation)
      let samples = labels.indices.count { labels[$0] >= 0 && !excluded.contains($0) }
      let trees = ForestProbe.trees(samples: samples)
      return Probabilities(matrix: matrix, description: "built-in: \(trees) random trees, out of bag")
    }
    let linear = try SoftmaxProbe.outOfFold(
      features: features, labels: labels, classCount: classCount, excluding: excluded, seed: seed,
      workers: workers, checkCancellation: checkCancellation)
    let name = "cross-validated softmax probe, \(Folds.standardCount) folds"
    guard modality == .image, let neighbors else {
      return Probabilities(matrix: linear, description: "built-in: " + name)
    }
    let labeled = labels.indices.map { excluded.contains($0) ? -1 : labels[$0] }
    let votes = try NeighborVotes(
      neighbors: neighbors, labels: labeled, classCount: classCount, extra: 0, reach: NeighborVotes.voters,
      workers: workers
    ).leaveOneOut
    let mean = zip(linear.values, votes).map { ($0 + $1) / 2 }
    return Probabilities(
      matrix: DenseMatrix(rows: linear.rows, columns: linear.columns, values: mean),
      description: "built-in: \(name), averaged with \(NeighborVotes.voters) neighbors' votes")
  }

  /// The user's probabilities with every row finite, not negative and summing to 1 (rows that say nothing become
  /// uniform); nil where they are not [N, K].
  package static func given(_ source: Matrix?, count: Int, classCount: Int) -> Probabilities? {
    guard let source, source.rows == count, source.columns == classCount, classCount > 0 else { return nil }
    var values = [Float](unsafeUninitializedCapacity: count * classCount) { target, written in
      source.read(0..<count, into: target)
      written = count * classCount
    }
    var repaired = 0
    for row in 0..<count {
      let range = row * classCount..<(row + 1) * classCount
      let isSound = values[range].allSatisfy { $0.isFinite && $0 >= 0 }
      for index in range where !(values[index].isFinite && values[index] >= 0) { values[index] = 0 }
      let sum = values[range].reduce(0, +)
      if !isSound || !(sum > 0) || !sum.isFinite { repaired += 1 }
      for index in range {
        values[index] = sum > 0 && sum.isFinite ? values[index] / sum : 1 / Float(classCount)
      }
    }
    let note = repaired == 0 ? "" : ", \(repaired) rows repaired"
    return Probabilities(
      matrix: DenseMatrix(rows: count, columns: classCount, values: values),
      description: "given" + note)
  }
}
