import Model
import Scanning

/// Windows of consecutive arrivals in which more samples than elsewhere show a suspect sign: an improbable label, a
/// large distance from the class, a near copy (`SuspectSigns`). The log likelihood ratio of the best window and sign over
/// the sample (`ArrivalScan`). Range from 0; NaN without a time.
struct WindowFlags: Detector {
  let info = DetectorInfo(
    name: "window-flags", family: .origin, summary: "arrived when suspicious samples were unusually frequent")

  func run(on input: ScanInput) throws -> Detection {
    let arrivals = try input.derived(ArrivalOrder.init)
    let signs = try input.derived(SuspectSigns.init).signs
    guard !signs.isEmpty else { throw CannotRun("needs features or probabilities") }
    var scores = [Float](repeating: .nan, count: input.count)
    for row in arrivals.rows { scores[row] = 0 }
    for sign in signs {
      try input.checkCancellation()
      let scan = ArrivalScan(groups: arrivals.rows.map { sign.isShown[$0] ? 0 : -1 }, count: 1)
      let result = try scan.run(members: false, seed: input.seed, workers: input.workers)
      for (position, row) in arrivals.rows.enumerated() { scores[row] = max(scores[row], result[position]) }
    }
    return Detection(scores: scores)
  }
}
