/// Says what the rest of a sample says of its label, to the one question that matters: is an item's label count more
/// than the rest explains? Never from a model that has seen the item: where a set is small, a probe that was fitted
/// with the holders of a planted trigger has learnt the trigger, and cross-fitting does not help, as it is in every
/// fold.
package protocol HeldOutProbe: Sendable {
  /// [N, K] row-major: of each row the class probabilities without itself, to screen many items at little cost.
  var leaveOneOut: [Float] { get }
  /// What the nearest neighbors say, to screen by a second time where the probe has learnt what the item says.
  var votes: NeighborVotes { get }
  /// [rows, K] row-major: class probabilities of `rows` by a probe that has not seen any of `holders`, nor, where the
  /// features have a part for it, what lies at `place`.
  ///
  /// - Parameters:
  ///   - rows: some of `holders`.
  ///   - holders: all that hold the item, ascending.
  func probabilities(of rows: [Int32], heldOut holders: [Int32], place: Int) -> [Float]
}
