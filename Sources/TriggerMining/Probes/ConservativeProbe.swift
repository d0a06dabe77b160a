/// Two answers, and the kinder one to the given label of a row counts: what a probe says that has not seen the holders,
/// and what it says that has seen all but the row. Pictures of one scene are rendered alike and carry one label;
/// without all of them at once, nothing explains it. What changes a whole picture by little teaches the second answer
/// next to nothing.
package struct ConservativeProbe: HeldOutProbe {
  let content: ContentProbe
  let labels: [Int]
  let classCount: Int

  package init(content: ContentProbe, labels: [Int], classCount: Int) {
    self.content = content
    self.labels = labels
    self.classCount = classCount
  }

  package var leaveOneOut: [Float] { content.leaveOneOut }
  package var votes: NeighborVotes { content.votes }

  package func probabilities(of rows: [Int32], heldOut holders: [Int32], place: Int) -> [Float] {
    let without = content.probabilities(of: rows, heldOut: holders, place: place)
    let known = rows.flatMap { leaveOneOut[Int($0) * classCount..<(Int($0) + 1) * classCount] }
    return Self.kinder(without, known, of: rows, labels: labels, classCount: classCount)
  }
}

extension HeldOutProbe {
  /// Of two answers, [rows, K] each, for every row that which gives its label more; the first for rows without one.
  static func kinder(
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
