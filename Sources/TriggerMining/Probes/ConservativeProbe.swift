import Learning

/// For each row the larger of two probabilities of its label: by a probe that has not seen the holders, and by one that
/// has seen all but the row. Pictures of one scene are rendered alike and carry one label, which a probe without all of
/// them cannot explain; of a trigger that changes whole pictures by little, the second probe learns next to nothing.
package struct ConservativeProbe: HeldOutProbe {
  private let content: ContentProbe

  package init(_ content: ContentProbe) { self.content = content }

  package var leaveOneOut: [Float] { content.leaveOneOut }
  package var votes: NeighborVotes { content.votes }

  package func probabilities(of rows: [Int32], heldOut holders: [Int32], in item: ItemColumns) -> [Float] {
    let without = content.probabilities(of: rows, heldOut: holders, in: item)
    let k = content.classCount
    let known = rows.flatMap { leaveOneOut[Int($0) * k..<(Int($0) + 1) * k] }
    return Self.likelier(without, known, of: rows, labels: content.labels, classCount: k)
  }
}

extension HeldOutProbe {
  /// Of two predictions, [rows, K] each, for every row the one that gives its label the larger probability; the first for
  /// rows without one.
  static func likelier(
    _ first: [Float], _ second: [Float], of rows: [Int32], labels: [Int], classCount: Int
  ) -> [Float] {
    var result = first
    for (index, row) in rows.enumerated() where labels[Int(row)] >= 0 {
      let at = index * classCount
      guard second[at + labels[Int(row)]] > first[at + labels[Int(row)]] else { continue }
      for k in at..<at + classCount { result[k] = second[k] }
    }
    return result
  }
}
