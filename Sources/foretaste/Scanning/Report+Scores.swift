import Scanning

extension Report {
  /// A scan that no detector took part in has found nothing out: it says so, whatever else it printed.
  func checkHasScores() throws {
    guard !hasScores else { return }
    throw Failure(
      ExitStatus.dataError,
      "\(facts.name): no detector could run\(reasons), so nothing is known of its samples; foretaste inspect says how it was read"
    )
  }

  /// Why most of them could not.
  private var reasons: String {
    var counts: [String: Int] = [:]
    for detector in detectors {
      if case .skipped(let reason) = detector.outcome { counts[reason, default: 0] += 1 }
    }
    let commonest = counts.sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }.prefix(2)
    return commonest.isEmpty
      ? "" : " (" + commonest.map { Needs.told($0.key, by: $0.value) }.joined(separator: "; ") + ")"
  }
}
