import Model
import Review
import Scanning

/// The verdicts that count for a gate: those on which all reviewers agree or somebody has adjudicated, and that were
/// given on what the sample is now.
package enum StandingVerdicts {
  /// - Returns: by row.
  package static func of(
    _ report: Report, payloads: any PayloadSource, reviews: [ReviewState]
  ) -> [Int: Verdict] {
    let agreement = Agreement(reviews)
    let judged = agreement.ids
    guard !judged.isEmpty else { return [:] }
    var verdicts: [Int: Verdict] = [:]
    for (row, id) in report.ids.enumerated() where judged.contains(id) {
      let opinions = agreement.opinions(on: id)
      guard let verdict = opinions.settled else { continue }
      let label = labelName(of: row, in: report)
      if opinions.allSatisfy({ isBound($0, to: row, labelled: label, report, payloads) }) {
        verdicts[row] = verdict
      }
    }
    return verdicts
  }

  private static func labelName(of row: Int, in report: Report) -> String {
    let code = Int(report.labels.indices.contains(row) ? report.labels[row] : -1)
    return report.facts.classes.indices.contains(code) ? report.facts.classes[code] : ""
  }

  private static func isBound(
    _ opinion: Agreement.Opinion, to row: Int, labelled label: String, _ report: Report,
    _ payloads: any PayloadSource
  ) -> Bool {
    // Of content that could not be read there is no digest; it is what was judged as long as that is so.
    guard let digest = opinion.digest else {
      if case .failure = payloads.payload(at: row) { return true }
      return false
    }
    if payloads.isBound(digest, to: row, labelled: label) { return true }
    // A relabel that was carried out was given under another label.
    guard opinion.verdict.newLabel == label else { return false }
    return ([""] + report.facts.classes).contains { payloads.isBound(digest, to: row, labelled: $0) }
  }
}
