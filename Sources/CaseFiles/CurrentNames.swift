import Model
import Review
import Scanning

/// The ids that decided samples have now, where a dataset without ids had others for them when they were decided.
package struct CurrentNames: Sendable {
  private let report: Report
  private let payloads: any PayloadSource

  package init(report: Report, payloads: any PayloadSource) {
    self.report = report
    self.payloads = payloads
  }

  /// The decisions with the ids of now; as they are where all samples have the ids that they had.
  package func renamed(_ decisions: [Decision]) -> [Decision] {
    var unknown: [String: Digest?] = [:]
    var rows = payloads.rowsNamedOtherwise(ids: report.ids) {
      for sample in decisions.lazy.flatMap(\.samples) {
        unknown.updateValue(sample.digest, forKey: sample.id)
      }
      for id in report.ids where !unknown.isEmpty { unknown.removeValue(forKey: id) }
      return Set(unknown.values.compactMap(\.self))
    }
    guard !rows.isEmpty else { return decisions }
    var names: [String: String] = [:]
    // Samples of one content and label have one digest; each gets a row of its own.
    for (id, digest) in unknown.sorted(by: { $0.key < $1.key }) {
      guard let digest, let row = rows[digest]?.first else { continue }
      rows[digest]?.removeFirst()
      names[id] = report.ids[row]
    }
    return decisions.map { decision in
      var decision = decision
      for index in decision.samples.indices {
        if let name = names[decision.samples[index].id] { decision.samples[index].id = name }
      }
      return decision
    }
  }
}
