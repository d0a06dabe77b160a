import Scanning

/// A kind of item that samples hold. At each of its sites (a column, a corner of a picture, a length of a run of words)
/// a source groups the samples by what they hold there.
///
/// A new kind of item is a type with the first four requirements; the others have defaults.
package protocol ItemSource: Sendable {
  /// Where items lie; the order decides between items that are equal in all else.
  associatedtype Site: Comparable & Sendable
  /// Sites whose items are screened, ascending.
  var sites: [Site] { get }
  /// Calls `body` with each item of the site that `sizes` samples hold (of those that are screened there), and those rows,
  /// ascending.
  func forEachItem(
    at site: Site, sizes: ClosedRange<Int>,
    _ body: (_ code: UInt64, _ rows: UnsafeBufferPointer<Int32>) -> Void)
  /// What a screen points at.
  func item(_ candidate: Candidate<Site>) -> TriggerItem
  /// The item in words for the finding's sentence, displayable.
  func phrase(_ candidate: Candidate<Site>) -> String

  /// How many samples are screened at a site, from the first on; nil for all. The samples stand in an order like a
  /// shuffle, so that the first are a random part of them; what stands out among them is then tested on all.
  func screened(at site: Site) -> Int?
  /// All rows that hold the item, ascending.
  func holders(of candidate: Candidate<Site>) -> [Int32]

  /// Of several items with the same holders, the one with the largest is reported.
  func specificity(of site: Site) -> Int
  /// Logarithm of the Bayes factor that the item occurs among its usual neighbors, which what is planted does not. It is
  /// computed without the labels. Nil where nothing is known of it.
  /// - Parameter copies: by row, the first row of the group of its copies; nil where there are none.
  func collocationLogOdds(of candidate: Candidate<Site>, copies: [Int]?) -> Double?
  /// Calls `body` with items that more specific or wider conditions make of a candidate, at sites beyond `sites`.
  func forEachRefinement(
    of candidate: Candidate<Site>, sizes: ClosedRange<Int>,
    _ body: (_ site: Site, _ code: UInt64, _ rows: [Int32]) -> Void)
  /// The largest number of items that refinements are chosen from, which the correction has to count; nil where the source
  /// has no refinements.
  func maxRefinements(minHolders: Int) -> Double?
  /// Whether each sample holds its items to some degree, so that a class may be known by them: a trigger is then one only where
  /// the content contradicts its label (`MiningContext.contradictsContent`).
  var areProperties: Bool { get }
  /// How many samples would hold the item if nobody had planted it; nil where it has one part, or nothing is known of it.
  /// - Parameter label: with which it is found; `labels` are those of all rows.
  func usualHolders(of candidate: Candidate<Site>, under label: Int, labels: [Int]) -> Double?
  /// Columns that the item lies in.
  func columns(of holders: [Int32], at site: Site) -> ItemColumns
}

extension ItemSource {
  package func screened(at site: Site) -> Int? { nil }
  package func holders(of candidate: Candidate<Site>) -> [Int32] { candidate.rows }
  package func specificity(of site: Site) -> Int { 0 }
  package func collocationLogOdds(of candidate: Candidate<Site>, copies: [Int]?) -> Double? { nil }
  package func forEachRefinement(
    of candidate: Candidate<Site>, sizes: ClosedRange<Int>, _ body: (Site, UInt64, [Int32]) -> Void
  ) {}
  package func maxRefinements(minHolders: Int) -> Double? { nil }
  package var areProperties: Bool { false }
  package func usualHolders(of candidate: Candidate<Site>, under label: Int, labels: [Int]) -> Double? { nil }
  package func columns(of holders: [Int32], at site: Site) -> ItemColumns { .none }
}
