import Detectors
import Model
import Numerics
import Scanning

/// The label scores refitted without the samples that are suspected after the first fit: their labels vote for their
/// neighbors, teach the probe and move the thresholds of their classes, and so mask other wrong labels (as in the two
/// passes of iterative label cleaning: Brodley and Friedl, "Identifying mislabeled training data", JAIR 1999).
///
/// There is one refit, as further ones would confirm their own suspicions. Suspects keep the scores of the first fit, and
/// its findings stay. `LabelNoise` is not refitted: its score is a share of the noise of the set, most of which is in the
/// suspects.
package enum RefitWithoutSuspects {
  /// A class of which a larger share is suspected keeps all of its samples: without them it would be another class.
  private static let maxShareOfClass = 0.5

  /// By sample, whether it is excluded; nil where none is.
  package static func suspects(_ suspicion: [Float], in input: ScanInput) -> [Bool]? {
    var excluded = [Bool](repeating: false, count: input.count)
    for rows in input.rowsByClass {
      let suspected = rows.filter { suspicion[$0] >= Report.flagThreshold }
      guard Double(suspected.count) <= maxShareOfClass * Double(rows.count) else { continue }
      for row in suspected { excluded[row] = true }
    }
    return excluded.contains(true) ? excluded : nil
  }

  /// The scores of the detectors of labels become those of a second fit, for all samples that are not excluded.
  /// - Parameter detectors: those that gave `results`, in the same order.
  package static func refit(
    _ results: inout [DetectorResult], by detectors: [any Detector], on input: ScanInput,
    without excluded: [Bool]
  ) throws {
    let rest = try input.withoutLabels(of: excluded)
    var refitted: [(index: Int, outcome: DetectorOutcome)] = []
    for (index, (result, detector)) in zip(results, detectors).enumerated() {
      guard detector.info.family == .labels, !(detector is LabelNoise), let first = result.raw else {
        continue
      }
      try input.checkCancellation()
      do {
        let second = try detector.run(on: rest).scores
        let merged = first.indices.map { excluded[$0] ? first[$0] : second[$0] }
        refitted.append(
          (index, DetectorOutcome(info: result.info, scores: .success(merged), seconds: result.seconds)))
      } catch is CannotRun {
        continue
      }
    }
    let ranked = try DetectorOutcome.ranked(refitted.map(\.outcome), workers: input.workers)
    for (place, result) in zip(refitted, ranked) { results[place.index] = result }
  }
}
