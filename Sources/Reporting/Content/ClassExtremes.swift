import Model
import Scanning

/// Which cells of a row hardly any row of its class has, as the workbench says it; each class is looked at once.
struct ClassExtremes {
  private let report: Report
  private let payloads: any PayloadSource
  private var byClass: [Int32: ClassProfile] = [:]

  init(_ material: ReportMaterial) {
    report = material.report
    payloads = material.payloads
  }

  /// The names of some columns.
  mutating func columns(of fields: [Payload.Field], label: Int32) -> Set<String> {
    let parts = ExtremePart.of(.row(fields), in: profile(label))
    return Set(parts.compactMap { if case .cell(let column, _, _, _) = $0 { column } else { nil } })
  }

  private mutating func profile(_ label: Int32) -> ClassProfile {
    if let known = byClass[label] { return known }
    let profile = ClassProfile.make(label, labels: report.labels, payloads: payloads) ?? .unknown
    byClass[label] = profile
    return profile
  }
}
