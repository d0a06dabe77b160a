import Glibc
import Model

/// From many overlapping significant items to one finding a trigger, and a score a sample.
struct TriggerSelection<Place: Sendable> {
  let test: ItemTest
  let items: MinedItems<Place>
  /// Rows that hold an item, ascending.
  let holders: (MinedItems<Place>.Candidate) -> [Int32]
  /// Of two items with the same holders the one with the larger value is told.
  let specificity: (MinedItems<Place>.Candidate) -> Int

  struct Chosen {
    let candidate: MinedItems<Place>.Candidate
    let members: [Int32]
    let cleanHolders: [Int32]
    /// Probability corrected for all items looked at (Bonferroni).
    let corrected: Double
  }

  /// Family-wise error: one clean set in a hundred shows a finding that is none.
  static var level: Double { 0.01 }
  /// Enough for every trigger with all its overlapping items; the rest of a flood of items is weaker.
  static var limit: Int { 4_000 }

  /// Significant items, strongest first.
  private var significant: [MinedItems<Place>.Candidate] {
    let bound = log(Self.level) - log(Double(max(1, items.tested)))
    let found = items.candidates.filter { $0.statistic.logP < bound }
    return Array(found.sorted(by: precedes).prefix(Self.limit))
  }

  /// A total order, so that the choice depends on nothing but the data.
  private func precedes(_ a: MinedItems<Place>.Candidate, _ b: MinedItems<Place>.Candidate) -> Bool {
    // To a tenth: items with the same holders differ by rounding alone.
    let (left, right) = ((a.statistic.logP * 10).rounded(), (b.statistic.logP * 10).rounded())
    if left != right { return left < right }
    let (first, second) = (specificity(a), specificity(b))
    return first != second ? first > second : a.code < b.code
  }

  /// The findings and the score of every row.
  ///
  /// Score: the largest z of the significant items that a row holds with the label they stand out by; where
  /// none is significant z / (1 + z) of its best item, which is below 1 and keeps the order; 0 without any item.
  func run() -> (chosen: [Chosen], scores: [Float]) {
    var scores = items.best.map { $0 / (1 + $0) }
    var chosen: [Chosen] = []
    var chosenHolders: [[Int32]] = []
    var explained = Set<Int32>()
    var scratch = ItemTest.Scratch(classCount: test.expectation.classCount)
    let bound = log(Self.level) - log(Double(max(1, items.tested)))
    for candidate in significant {
      let rows = holders(candidate)
      let label = candidate.statistic.label
      let labels = test.expectation.labels
      let members = rows.filter { label < 0 ? labels[Int($0)] >= 0 : labels[Int($0)] == label }
      for row in members { scores[Int(row)] = max(scores[Int(row)], Float(candidate.statistic.z)) }
      if chosenHolders.contains(where: { SortedSets.jaccard($0, rows) > 0.5 }) { continue }
      // An item that is striking only by samples that a stronger trigger already explains is no second trigger.
      let rest = rows.filter { !explained.contains($0) }
      let again = rest.withUnsafeBufferPointer { test.test($0, scratch: &scratch) }
      guard let again, again.label == label, again.logP < bound else { continue }
      chosen.append(
        Chosen(
          candidate: candidate, members: members,
          cleanHolders: label < 0 ? [] : rows.filter { labels[Int($0)] != label },
          corrected: min(1, exp(candidate.statistic.logP) * Double(items.tested))))
      chosenHolders.append(rows)
      explained.formUnion(members)
    }
    for row in scores.indices where test.expectation.labels[row] < 0 { scores[row] = .nan }
    return (chosen, scores)
  }
}
