import Model
import Scanning

/// Windows of consecutive arrivals in which the sample's label is more frequent than in the whole set: the log
/// likelihood ratio of the best window over the sample (`ArrivalScan`). Range from 0; NaN without a label or time.
///
/// A stream of poison with one target label arrives together more often than the class does by itself.
struct WindowLabels: Detector {
  let info = DetectorInfo(
    name: "window-labels", family: .origin, summary: "arrived when its label was unusually frequent")

  func run(on input: ScanInput) throws -> Detection {
    try Needs.labels(input)
    let arrivals = try input.derived(ArrivalOrder.init)
    let scan = ArrivalScan(groups: arrivals.rows.map { input.labels[$0] }, count: input.classCount)
    let result = try scan.run(members: true, seed: input.seed, workers: input.workers)
    var scores = [Float](repeating: .nan, count: input.count)
    for (position, row) in arrivals.rows.enumerated() where input.labels[row] >= 0 {
      scores[row] = result[position]
    }
    return Detection(scores: scores)
  }
}
