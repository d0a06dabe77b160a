import Features
import Glibc
import Learning
import Numerics
import Scanning

/// The probe for texts and images: ridge regression on the input features averaged with the votes of the nearest
/// neighbors, both calibrated, both without any holder of the item.
package struct ContentProbe: HeldOutProbe {
  private let ridge: RidgeProbe
  let labels: [Int]
  var classCount: Int { ridge.classCount }
  package let votes: NeighborVotes
  private let ridgeCalibration: NoisyTemperatureScaling
  private let calibration: NoisyTemperatureScaling
  package let leaveOneOut: [Float]

  /// - Parameters:
  ///   - features: [N, D], standardised.
  ///   - labels: -1 for rows that nothing is learnt from.
  package init(
    features: DenseMatrix, votes: NeighborVotes, labels: [Int], classCount: Int, workers: Workers
  ) throws {
    ridge = try RidgeProbe(features: features, labels: labels, classCount: classCount, workers: workers)
    self.votes = votes
    self.labels = labels
    let scores = try ridge.leaveOneOut(workers: workers)
    ridgeCalibration = NoisyTemperatureScaling.fit(scores: scores, labels: labels, classCount: classCount)
    let mean = Self.logMean(ridgeCalibration.apply(to: scores), votes.leaveOneOut)
    calibration = NoisyTemperatureScaling.fit(scores: mean, labels: labels, classCount: classCount)
    leaveOneOut = calibration.apply(to: mean)
  }

  package func probabilities(of rows: [Int32], heldOut holders: [Int32], in item: ItemColumns) -> [Float] {
    var heldOut = [Bool](repeating: false, count: labels.count)
    for row in holders { heldOut[Int(row)] = true }
    let linear = ridgeCalibration.apply(to: ridge.scores(of: rows, without: holders))
    let near = votes.shares(of: rows, heldOut: heldOut)
    return calibration.apply(to: Self.logMean(linear, near), without: holders, labels: labels)
  }

  private static func logMean(_ a: [Float], _ b: [Float]) -> [Float] { zip(a, b).map { log(($0 + $1) / 2) } }
}

extension ScanInput {
  /// The probe of texts and images; that of all labels is made once, as every miner begins with it.
  func contentProbe(labels: [Int]) throws -> ContentProbe {
    labels == self.labels
      ? try derived { try $0.newContentProbe(labels: labels) } : try newContentProbe(labels: labels)
  }

  private func newContentProbe(labels: [Int]) throws -> ContentProbe {
    try ContentProbe(
      features: try FeatureBuilder.standardized(inputFeatures, excluding: [], workers: workers),
      votes: NeighborVotes(
        neighbors: inputNeighbors, labels: labels, classCount: classCount, workers: workers),
      labels: labels, classCount: classCount, workers: workers)
  }
}
