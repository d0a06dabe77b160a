import Glibc
import Model
import Numerics

/// Points seen from one point in a plane, in which each is known to within 1: which two can lie on a straight line through it,
/// on opposite sides.
struct LineOfSight {
  struct Entry {
    /// Index of the point that is seen.
    var row: Int
    var x: Double
    var y: Double
  }
  /// By the lower end of the directions in which each may lie.
  let entries: [Entry]
  /// Those ends, rising, from −π to π.
  private let lowerEnds: [Float]
  private let widths: [Float]

  /// Nearer points may lie in any direction, and are left out.
  private static let minDistance = 2.0
  /// Rounding of an angle in single precision.
  private static let rounding: Float = 1e-6

  init(_ seen: [Entry]) {
    let far = seen.filter { $0.x * $0.x + $0.y * $0.y >= Self.minDistance * Self.minDistance }
    // A line that passes the square of what the center may be passes the circle around it.
    let halves = far.map { entry in
      Float(asin(2.0.squareRoot() / (entry.x * entry.x + entry.y * entry.y).squareRoot())) + Self.rounding
    }
    let lower = zip(far, halves).map { Self.turned(Float(atan2($0.y, $0.x)) - $1) }
    let order = FloatOrder.rising(lower)
    entries = order.map { far[$0] }
    lowerEnds = order.map { lower[$0] }
    widths = order.map { 2 * halves[$0] }
  }

  /// Calls `body` with the indices of `entries` that may be opposite, each two at least once, until it returns false.
  ///
  /// Of two ranges that overlap, one begins within the other: a range and those that begin within its opposite are all.
  func forEachOpposite(_ body: (Int, Int) -> Bool) {
    for first in entries.indices {
      let begin = Self.turned(lowerEnds[first] + .pi)
      let end = begin + widths[first]
      let start = lowerEnds.partitioningIndex { $0 >= begin }
      for second in start..<entries.count where second != first {
        guard lowerEnds[second] <= end else { break }
        guard body(first, second) else { return }
      }
      guard end > .pi else { continue }
      for second in 0..<start where second != first {
        guard lowerEnds[second] <= end - 2 * .pi else { break }
        guard body(first, second) else { return }
      }
    }
  }

  private static func turned(_ angle: Float) -> Float {
    if angle >= .pi { return angle - 2 * .pi }
    return angle < -.pi ? angle + 2 * .pi : angle
  }
}
