import Model
import Scanning

extension CoverageGap {
  /// An attack is invisible where every detector that looks for them was skipped or left out. Besides,
  /// some attacks leave no trace in what a dataset has, whatever runs.
  package static func all(in dataset: Dataset, detectors: [DetectorResult]) -> [CoverageGap] {
    var gaps: [CoverageGap] = []
    for watch in watches {
      let own = detectors.filter { watch.sees($0.info) }
      guard !own.contains(where: { $0.raw != nil }) else { continue }
      let reasons = own.compactMap { detector -> String? in
        if case .skipped(let reason) = detector.outcome { reason } else { nil }
      }
      var seen: Set<String> = []
      let reason = reasons.filter { seen.insert($0).inserted }.prefix(3).joined(separator: "; ")
      gaps.append(
        CoverageGap(attack: watch.attack, reason: reason.isEmpty ? "no detector for it ran" : reason))
    }
    if dataset.features == nil || dataset.encoder != nil {
      gaps.append(
        CoverageGap(
          attack:
            "poison that differs only inside a model: feature collisions, clean-label triggers below the noise",
          reason: "needs features.npy of a model trained on this data"))
    }
    if dataset.sources == nil {
      gaps.append(CoverageGap(attack: "poison concentrated in few sources", reason: "needs sources"))
    }
    if dataset.times == nil { gaps.append(CoverageGap(attack: "bursts in time", reason: "needs times")) }
    return gaps
  }

  private struct Watch: Sendable {
    let attack: String
    let sees: @Sendable (DetectorInfo) -> Bool
  }

  private static let watches: [Watch] = [
    Watch(attack: "flipped labels", sees: { $0.family == .labels }),
    Watch(attack: "triggers that go with a label", sees: { $0.family == .triggers }),
    Watch(
      attack: "a separate cluster in a class", sees: { $0.family == .representation }),
    Watch(attack: "outliers", sees: { $0.family == .density }),
    Watch(attack: "floods of near-duplicates", sees: { $0.family == .duplicates }),
    Watch(attack: "samples of extreme gradient", sees: { $0.family == .gradients }),
  ]
}
