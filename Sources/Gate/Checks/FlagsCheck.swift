import Model
import Scanning

/// Samples that the scan flagged are decided about.
struct FlagsCheck: Check {
  let name = "flags"
  let summary = "undecided flagged samples"
  let needsScan = true

  func run(on input: CheckInput) -> [CheckResult] {
    guard let scan = input.scan else { return [notApplicable("the dataset was not scanned")] }
    let suspicion = scan.report.suspicion
    let rows = suspicion.indices.filter { suspicion[$0] >= Report.flagThreshold && !scan.isDecided($0) }
    let limit = input.policy.review.maxFlags
    let sentence = "\(counted(rows.count, "flagged sample")) undecided, at most \(limit) allowed"
    return [rows.count <= limit ? pass(sentence) : broken(input, sentence, rows: rows)]
  }
}
