/// What a scan may be told; none of it changes what counts as suspicious.
package struct ScanOptions: Sendable {
  package var seed: UInt64
  /// Results do not depend on it.
  package var threads: Int
  package init(seed: UInt64 = 1, threads: Int = 1) {
    self.seed = seed
    self.threads = threads
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
