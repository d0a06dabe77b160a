import Model
import Review

/// What the reviewers of all journals say, sample by sample.
package struct Comparison: Sendable {
  /// Samples on which they differ, or differed when each judged by himself; rising.
  package let disputed: ContiguousArray<Int32>
  package let statistics: AgreementStatistics
  let peers: PeerVerdicts
  let located: [String: Int32]

  /// - Parameter blind: the reviewer who may see of others only what they say of what he has judged; nil for all.
  /// - Returns: nil when cancelled.
  static func make(
    _ agreement: Agreement, blind reviewer: String?, _ material: CaseMaterial, isCancelled: () -> Bool
  ) -> Comparison? {
    var peers = PeerVerdicts()
    var disputed = ContiguousArray<Int32>()
    var ratings: [[AgreementStatistics.Rating]] = []
    let ids = agreement.ids
    if isCancelled() { return nil }
    let located = CaseSummary.locate(Array(ids), in: material.report.ids)
    // In an order that is the same in every run.
    for (index, (id, row)) in located.sorted(by: { $0.value < $1.value }).enumerated() {
      if index % 4096 == 0 && isCancelled() { return nil }
      let opinions = agreement.opinions(on: id)
      guard reviewer == nil || opinions.contains(where: { $0.reviewer == reviewer }) else { continue }
      peers.set(Int(row), opinions)
      if opinions.wereDisputed { disputed.append(row) }
      if opinions.count > 1 { ratings.append(opinions.ratings) }
    }
    return Comparison(
      disputed: disputed, statistics: AgreementStatistics(ratings), peers: peers, located: located)
  }
}
