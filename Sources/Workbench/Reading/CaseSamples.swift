import Model
import Review
import Scanning

/// The samples of a case and all that is read from them: what effects and long work have. Nothing that a state holds
/// leads to one, so that neither `update` nor `view` can read.
package final class CaseSamples: Sendable {
  package let material: CaseMaterial
  package let payloads: any PayloadSource
  /// Of a table.
  package let columns: DataColumns

  package init(
    report: Report, payloads: any PayloadSource, version: String, exportFormats: [String] = []
  ) {
    self.payloads = payloads
    let columns = DataColumns(payloads, count: report.count, modality: report.facts.modality)
    self.columns = columns
    material = CaseMaterial(
      report: report, version: version, exportFormats: exportFormats, dataColumns: columns.all)
  }

  /// The pieces of a sample that a search looks at.
  func texts(of row: Int) -> [String] {
    switch payloads.payload(at: row) {
    case .success(.text(let text)): [text]
    case .success(.row(let fields)): fields.map(\.value)
    case .success(.image), .success(.features), .failure: []
    }
  }

  /// What a decision says of a sample.
  package func reference(to row: Int) -> Decision.SampleReference {
    Decision.SampleReference(id: material.report.ids[row], digest: payloads.contentDigest(at: row))
  }

  /// What a screen shows of samples.
  package func values(of needs: SampleNeeds) -> SampleValues {
    var values = SampleValues()
    for (row, payload) in zip(needs.rows, payloads.payloads(at: needs.rows)) {
      values.payloads[row] = payload
    }
    for row in needs.digests { values.digests[row] = payloads.contentDigest(at: row) }
    return values
  }
}
