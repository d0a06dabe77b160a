import Model

extension GateReport {
  /// A table for people: what is broken first to the eye, then what was looked at.
  package func table() -> String {
    let width = (checks.map(\.name.count).max() ?? 0) + 2
    var lines = ["\(facts.dataset): \(hasPassed ? "passed" : "FAILED")"]
    for result in results {
      let subject = result.subject.map { "\($0): " } ?? ""
      lines.append(
        "  " + Self.padded(Self.word(result.status), 6) + Self.padded(result.check, width) + subject
          + result.sentence)
      guard !result.offenders.isEmpty else { continue }
      let more = result.offenderCount - min(result.offenders.count, Self.maxShown)
      let names = result.offenders.prefix(Self.maxShown).map { "\($0.id) (row \($0.row))" }
      lines.append(
        Self.padded("", 8 + width) + names.joined(separator: ", ") + (more > 0 ? " and \(more) more" : ""))
    }
    lines.append(
      "\(count(.fail)) failed, \(count(.warn)) warned, \(count(.pass)) passed, "
        + "\(count(.notApplicable)) not applicable; policy: \(facts.policy ?? "the defaults")")
    return lines.joined(separator: "\n") + "\n"
  }

  /// Samples in a line; the other forms hold all that are listed.
  private static let maxShown = 5

  private static func word(_ status: CheckResult.Status) -> String {
    switch status {
    case .pass: "ok"
    case .warn: "warn"
    case .fail: "FAIL"
    case .notApplicable: "n/a"
    }
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}
