import Glibc
import Numerics

/// Predicts how well a detector ranks the poison of a set, its average precision there, from the set's own context.
///
/// Each figure of the context is first taken against what is usual for the detector, so that what counts is that a
/// detector behaves otherwise than it does elsewhere, whatever it is; boosted trees do the rest (selection of outlier
/// detectors by set-level features: Zhao, Rossi & Akoglu, "Automatic unsupervised outlier model selection", NeurIPS
/// 2021).
package struct ReliabilityModel: Sendable, Codable, Equatable {
  /// What is usual of one detector, over the sets that were fitted on.
  package struct Usual: Sendable, Codable, Equatable {
    package var medians: [Float]
    package var deviations: [Float]
  }
  /// By name of a detector. Of one that ran on fewer than `minSets` sets nothing counts as unusual.
  package var usual: [String: Usual]
  package var trees: BoostedTrees
  static let minSets = 5
  private static let minDeviation: Float = 0.02
  private static let limit: Float = 6

  /// 0...1.
  package func reliability(of detector: String, _ context: DetectorContext) -> Float {
    1 / (1 + exp(-trees.value(standardised(detector, context))))
  }

  func standardised(_ detector: String, _ context: DetectorContext) -> [Float] {
    guard let usual = usual[detector] else { return context.values.map { _ in 0 } }
    return context.values.indices.map { index in
      let z = (context.values[index] - usual.medians[index]) / usual.deviations[index]
      return min(max(z, -Self.limit), Self.limit)
    }
  }

  var isSound: Bool {
    let width = DetectorContext.names.count
    return trees.isSound(inputs: width)
      && usual.values.allSatisfy { usual in
        usual.medians.count == width && usual.deviations.count == width
          && usual.medians.allSatisfy(\.isFinite)
          && usual.deviations.allSatisfy { $0.isFinite && $0 > 0 }
      }
  }

  /// - Parameter contexts: of each detector in every set that it ran on.
  static func usual(_ contexts: [String: [DetectorContext]]) -> [String: Usual] {
    contexts.filter { $0.value.count >= minSets }.mapValues { contexts in
      let columns = DetectorContext.names.indices.map { index in contexts.map { $0.values[index] } }
      return Usual(
        medians: columns.map { Float(Statistics.median($0)) },
        deviations: columns.map { column in
          let mean = column.reduce(0, +) / Float(column.count)
          let variance = column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Float(column.count)
          return max(variance.squareRoot(), minDeviation)
        })
    }
  }
}
