/// Two answers, and the kinder one to the given label of a row counts: what a probe says that has not seen the holders, and
/// what it says that has seen all but the row. Pictures of one scene are rendered alike and carry one label; without all of
/// them at once, nothing explains it. What changes a whole picture by little teaches the second answer next to nothing.
struct KindestProbe: HeldOutProbe {
  let content: ContentProbe
  let labels: [Int]
  let classCount: Int

  var leaveOneOut: [Float] { content.leaveOneOut }
  var votes: NeighborVotes { content.votes }

  func probabilities(of rows: [Int32], heldOut holders: [Int32], place: Int) -> [Float] {
    var result = content.probabilities(of: rows, heldOut: holders, place: place)
    for (index, row) in rows.enumerated() where labels[Int(row)] >= 0 {
      let known = Int(row) * classCount
      let label = labels[Int(row)]
      guard leaveOneOut[known + label] > result[index * classCount + label] else { continue }
      for k in 0..<classCount { result[index * classCount + k] = leaveOneOut[known + k] }
    }
    return result
  }
}
