import Detectors
import Model
import Numerics
import Scanning

/// The label scores once more, without the samples that the first round suspects: their labels vote for their neighbors,
/// teach the probe and move the thresholds of their classes, and hide other wrong labels behind them (as in the two
/// passes of iterative label cleaning: Brodley and Friedl, "Identifying mislabeled training data", JAIR 1999).
///
/// One repetition and no more: what is suspected in it would only be found by what it suspects itself. Suspects keep
/// the scores of the first round, and so do its findings. The noise of labels is not fitted again: its score is a
/// share of the noise that there is, which is in the suspects.
package enum SecondRound {
  /// A class of which more is suspected than this keeps all of its samples: without them it would be another class.
  private static let maxShareOfClass = 0.5

  /// By sample, whether it is set aside; nil where none is.
  package static func suspects(_ suspicion: [Float], in input: ScanInput) -> [Bool]? {
    var aside = [Bool](repeating: false, count: input.count)
    for rows in input.rowsByClass {
      let suspected = rows.filter { suspicion[$0] >= Report.flagThreshold }
      guard Double(suspected.count) <= maxShareOfClass * Double(rows.count) else { continue }
      for row in suspected { aside[row] = true }
    }
    return aside.contains(true) ? aside : nil
  }

  /// `results` with the scores of the detectors of labels made again for all that are not set aside.
  package static func repeated(
    _ results: [DetectorResult], by detectors: [any Detector], on input: ScanInput, without aside: [Bool]
  ) throws -> [DetectorResult] {
    let rest = try input.withoutLabels(of: aside)
    return try zip(results, detectors).map { result, detector in
      guard detector.info.family == .labels, !(detector is LabelNoise), let first = result.raw else {
        return result
      }
      try input.checkCancellation()
      do {
        let second = try detector.run(on: rest).scores
        let merged = first.indices.map { aside[$0] ? first[$0] : second[$0] }
        var result = result
        result.outcome = .ran(raw: Column(merged), percentile: Column(Ranks.percentiles(merged)))
        return result
      } catch is CannotRun {
        return result
      }
    }
  }
}
