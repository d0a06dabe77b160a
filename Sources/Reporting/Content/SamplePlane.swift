import Model
import Scanning

/// The samples in the 2-D layout of their features, flagged ones apart from the others.
package struct SamplePlane: Sendable, Equatable {
  package struct Point: Sendable, Equatable {
    /// Both 0...1, from the left and from below.
    package let x, y: Double
  }
  package let others: [Point]
  package let flagged: [Point]
  /// Samples that the layout has; of more than can be drawn, the points are an even sample.
  package let otherCount: Int
  package let flaggedCount: Int

  private static let maxOthers = 4_000
  private static let maxFlagged = 2_000

  /// Nil where no sample has finite coordinates.
  init?(_ report: Report) {
    guard report.layout.count == 2 * report.count else { return nil }
    var (others, flagged): ([Int32], [Int32]) = ([], [])
    var (x, y) = (Span(), Span())
    for row in 0..<report.count {
      let place = (x: report.layout[2 * row], y: report.layout[2 * row + 1])
      guard place.x.isFinite, place.y.isFinite else { continue }
      x.take(Double(place.x))
      y.take(Double(place.y))
      if report.isFlagged(row) { flagged.append(Int32(row)) } else { others.append(Int32(row)) }
    }
    guard !others.isEmpty || !flagged.isEmpty else { return nil }
    func point(_ row: Int32) -> Point {
      Point(
        x: x.share(Double(report.layout[2 * Int(row)])), y: y.share(Double(report.layout[2 * Int(row) + 1])))
    }
    (otherCount, flaggedCount) = (others.count, flagged.count)
    self.others = Self.spread(others, upTo: Self.maxOthers).map(point)
    self.flagged = Self.spread(flagged, upTo: Self.maxFlagged).map(point)
  }

  /// Of one coordinate.
  private struct Span {
    private var low = Double.infinity
    private var high = -Double.infinity

    mutating func take(_ value: Double) {
      low = min(low, value)
      high = max(high, value)
    }
    /// 0 at the lowest value, 1 at the highest; 0.5 where they are the same.
    func share(_ value: Double) -> Double { high > low ? (value - low) / (high - low) : 0.5 }
  }

  /// At most so many of them, evenly over the whole.
  private static func spread(_ all: [Int32], upTo limit: Int) -> [Int32] {
    guard all.count > limit else { return all }
    return (0..<limit).map { all[$0 * all.count / limit] }
  }
}
