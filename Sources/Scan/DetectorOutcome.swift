import Model
import Numerics
import Scanning

/// What a detector gave, before its scores are ranked.
struct DetectorOutcome: Sendable {
  let info: DetectorInfo
  /// Or the reason why it did not run.
  let scores: Result<[Float], CannotRun>
  let seconds: Double

  /// The results, whose ranks are found side by side: each is one sort on one thread.
  /// - Throws: never.
  static func ranked(_ outcomes: [DetectorOutcome], workers: Workers) throws -> [DetectorResult] {
    try workers.map(count: outcomes.count, blockSize: 1) { range in
      let outcome = outcomes[range.lowerBound]
      return DetectorResult(info: outcome.info, outcome: outcome.ranked, seconds: outcome.seconds)
    }
  }

  private var ranked: DetectorResult.Outcome {
    switch scores {
    case .success(let scores): .ran(raw: Column(scores), percentile: Column(Ranks.percentiles(scores)))
    case .failure(let reason): .skipped(reason: reason.reason)
    }
  }
}
