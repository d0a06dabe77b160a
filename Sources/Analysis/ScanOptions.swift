/// What a scan may be told. The default needs no knowledge of the poison or its rate.
package struct ScanOptions: Sendable {
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
  package var mostExactRows: Int
  package init(
    seed: UInt64 = 1, threads: Int = 1, detectors: Set<String>? = nil, weights: FusionWeights = .builtIn,
    weightsName: String = "built in", mostExactRows: Int = NeighborSearch.mostExactRows
  ) {
    self.seed = seed
    self.threads = threads
    self.detectors = detectors
    self.weights = weights
    self.weightsName = weightsName
    self.mostExactRows = mostExactRows
  }
}

package struct ScanProgress: Sendable, Equatable {
  package var stage: String
  /// 0...1 of the whole scan.
  package var fraction: Double
  package init(stage: String, fraction: Double) {
    self.stage = stage
    self.fraction = fraction
  }
}

/// Measures the stages of a scan one after the other.
struct StageClock {
  private(set) var timings: [StageTiming] = []

  mutating func time<R>(_ stage: String, _ body: () throws -> R) rethrows -> R {
    let clock = ContinuousClock()
    let start = clock.now
    let result = try body()
    timings.append(StageTiming(stage: stage, seconds: StageClock.seconds(clock.now - start)))
    return result
  }

  static func seconds(_ duration: Duration) -> Double { duration / .seconds(1) }
}
