import Model
import Scanning

/// What a scan found was done to the data is decided about: an incident is open while one of its flagged samples has
/// no verdict, or "unsure". Where none is flagged (a cluster, a source that stands out) it is a hint and no charge: it
/// counts only where the policy says so, and then with all its samples.
struct IncidentsCheck: Check {
  let name = "incidents"
  let summary = "undecided incidents"
  let needsScan = true

  func run(on input: CheckInput) -> [CheckResult] {
    guard let scan = input.scan else { return [notApplicable("the dataset was not scanned")] }
    let open = scan.report.incidents.compactMap { incident -> (Incident, [Int])? in
      let rows = Self.rows(of: incident, in: scan, input.policy).filter { !scan.isDecided($0) }
      return rows.isEmpty ? nil : (incident, rows)
    }
    let limit = input.policy.review.maxIncidents
    let total = counted(scan.report.incidents.count, "incident")
    guard open.count > limit else {
      return [pass("\(open.count) of \(total) open, at most \(limit) allowed")]
    }
    return open.map { incident, rows in
      broken(
        input, "\(incident.sentence); \(counted(rows.count, "sample")) undecided", subject: incident.id,
        rows: rows)
    }
  }

  private static func rows(of incident: Incident, in scan: CheckInput.Scan, _ policy: Policy) -> [Int] {
    let members = incident.members.map { Int($0) }
    let flagged = members.filter { scan.report.suspicion[$0] >= Report.flagThreshold }
    return flagged.isEmpty && policy.review.countsUnflagged ? members : flagged
  }
}
