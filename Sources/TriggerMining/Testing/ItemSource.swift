import Model
import Numerics
import Scanning

/// Where items come from: each place (a column, a pair of columns, a spot in a picture, the words of all texts) groups
/// the samples by what they hold there.
package protocol ItemSource: Sendable {
  var places: Int { get }
  /// Calls `body` with each item of the place that `sizes` samples hold, and those rows, ascending.
  func forEachItem(
    at place: Int, sizes: ClosedRange<Int>,
    _ body: (_ code: UInt64, _ rows: UnsafeBufferPointer<Int32>) -> Void)
  /// Items that hold one thing more than `item` and lie at places of their own, beyond `places`.
  func forEachRefinement(
    of item: ItemReference, _ body: (_ item: ItemReference) -> Void)
  /// Logarithm of the number of items that refinements choose from, which the correction has to count; nil where there
  /// are none.
  func logRefinements(count: Int) -> Double?
  /// Whether the item belongs where it stands, as what is planted does not: logarithm of the odds, which labels have no
  /// part in; nil where nothing is known of it.
  /// - Parameter isCopy: whether a holder is a copy of one before.
  func collocationLogOdds(of item: ItemReference, isCopy: (Int32) -> Bool) -> Double?
  /// How much an item says about where it lies: of two with the same holders the more specific is told.
  func specificity(place: Int) -> Int
  /// What a screen points at.
  func item(_ item: ItemReference) -> TriggerItem
  /// The item in words for the finding's sentence, displayable.
  func phrase(_ item: ItemReference) -> String
}

extension ItemSource {
  package func forEachRefinement(of item: ItemReference, _ body: (ItemReference) -> Void) {}
  package func logRefinements(count: Int) -> Double? { nil }
  package func collocationLogOdds(of item: ItemReference, isCopy: (Int32) -> Bool) -> Double? { nil }
}

/// An item of a source, and who holds it.
package struct ItemReference: Sendable, Equatable {
  package let place: Int
  package let code: UInt64
  /// Ascending, each once, at least one.
  package let rows: [Int32]
  /// Logarithm of the odds that it belongs where it stands (`ItemSource.collocationLogOdds`); 0 where nothing is known.
  package var collocationLogOdds = 0.0
  package init(place: Int, code: UInt64, rows: [Int32]) {
    self.place = place
    self.code = code
    self.rows = rows
  }
  var holder: Int { rows.first.map(Int.init) ?? 0 }
  /// With no more than so many holders, spread evenly.
  func spread(most: Int) -> ItemReference {
    let step = max(1, Double(rows.count) / Double(most))
    let chosen = (0..<min(rows.count, most)).map { rows[Int(Double($0) * step)] }
    return ItemReference(place: place, code: code, rows: chosen)
  }
  /// Equal for equal holders, whatever their order.
  var fingerprint: UInt64 { rows.reduce(0) { $0 &+ Hash.mix(UInt64($1) &+ 1) } }
}
