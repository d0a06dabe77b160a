import Learning

/// What the rest of a sample says of its label, to test whether an item's label count is more than the rest explains.
/// Items are confirmed by probes that have not seen their holders: where a set is small, a probe that was fitted with the
/// holders of a planted trigger has learnt the trigger, and cross-fitting does not help, as it is in every fold.
package protocol HeldOutProbe: Sendable {
  /// [N, K] row-major: of each row the class probabilities without itself, to screen many items at little cost.
  var leaveOneOut: [Float] { get }
  /// Class shares among the nearest neighbors, for a second screen where the probe has learnt the item.
  var votes: NeighborVotes { get }
  /// [rows, K] row-major: class probabilities of `rows` by a probe that has not seen any of `holders`.
  ///
  /// - Parameters:
  ///   - rows: some of `holders`.
  ///   - holders: all that hold the item, ascending.
  ///   - item: the columns that the item lies in.
  func probabilities(of rows: [Int32], heldOut holders: [Int32], in item: ItemColumns) -> [Float]
  /// One for each harmless explanation of the holders' labels; the first explains all labels.
  func predictions(of rows: [Int32], heldOut holders: [Int32], in item: ItemColumns) -> [LabelPrediction]
}

/// What one explanation says of the labels of some rows.
package struct LabelPrediction: Sendable {
  /// [rows, K] row-major.
  package let probabilities: [Float]
  /// Labels that it does not explain, whose counts are not compared with it; -1 for the test that names none.
  let unexplained: Set<Int>

  package init(_ probabilities: [Float], unexplained: Set<Int> = []) {
    self.probabilities = probabilities
    self.unexplained = unexplained
  }
}

extension HeldOutProbe {
  package func predictions(
    of rows: [Int32], heldOut holders: [Int32], in item: ItemColumns
  ) -> [LabelPrediction] { [LabelPrediction(probabilities(of: rows, heldOut: holders, in: item))] }
}

/// Columns that an item lies in, by index: of the table, or of the predictions that a transform is ranked by; none of words and
/// patches.
package struct ItemColumns: Sendable, Equatable {
  /// Those that its site names.
  package let own: [Int]
  /// These, and those that have a value of their own for the same holders: each would explain the others away.
  package let equal: [Int]

  package init(own: [Int], equal: [Int]) {
    self.own = own
    self.equal = equal
  }
  package static let none = ItemColumns(own: [], equal: [])
}
