import Learning

/// Beside what the content says of holders that were found by a rank, what the rows next in it say: a property that a class is
/// known by thins out along the rank, and so do its labels; a transform that was applied or not leaves a step behind its last
/// picture.
struct RankedProbe: HeldOutProbe {
  private let content: ConservativeProbe
  /// By target, rows from the highest rank on.
  private let ranked: [[Int32]]
  private let labels: [Int]
  private let classCount: Int

  /// - Parameters:
  ///   - ranked: by target, of which the first are the classes, rows from the highest rank on.
  ///   - labels: -1 for rows that nothing is learnt from.
  init(_ content: ConservativeProbe, ranked: [[Int32]], labels: [Int]) {
    self.content = content
    self.ranked = ranked
    self.labels = labels
    classCount = ranked.count - 1
  }

  var leaveOneOut: [Float] { content.leaveOneOut }
  var votes: NeighborVotes { content.votes }

  func probabilities(of rows: [Int32], heldOut holders: [Int32], in item: ItemColumns) -> [Float] {
    content.probabilities(of: rows, heldOut: holders, in: item)
  }

  func predictions(of rows: [Int32], heldOut holders: [Int32], in item: ItemColumns) -> [LabelPrediction] {
    let said = LabelPrediction(probabilities(of: rows, heldOut: holders, in: item))
    guard let target = item.own.first, target < classCount else { return [said] }
    let next = shares(of: holders.count, after: Set(holders), in: ranked[target])
    // That many labels are wrong is not explained by what the next ones are.
    return [said, LabelPrediction(rows.flatMap { _ in next }, unexplained: [-1])]
  }

  /// Class shares of the first `count` rows of a rank that are no holders, each class counted once more.
  private func shares(of count: Int, after holders: Set<Int32>, in ranked: [Int32]) -> [Float] {
    var shares = [Float](repeating: 1, count: classCount)
    for row in ranked.lazy.filter({ !holders.contains($0) && labels[Int($0)] >= 0 }).prefix(count) {
      shares[labels[Int(row)]] += 1
    }
    let total = shares.reduce(0, +)
    return shares.map { $0 / total }
  }
}
