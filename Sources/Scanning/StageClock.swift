/// Measures the stages of a scan one after the other.
package struct StageClock {
  /// In the order in which they ended.
  package private(set) var timings: [StageTiming] = []

  package init() {}

  /// Runs a stage and notes how long it took; one that throws is not noted.
  package mutating func time<R>(_ stage: String, _ body: () throws -> R) rethrows -> R {
    let clock = ContinuousClock()
    let start = clock.now
    let result = try body()
    timings.append(StageTiming(stage: stage, seconds: StageClock.seconds(clock.now - start)))
    return result
  }

  static func seconds(_ duration: Duration) -> Double { duration / .seconds(1) }
}
