import Numerics

/// Directions from one point, by their shadows on two axes: unit vectors that are nearly opposite have shadows that are
/// nearly opposite, so that few pairs are looked at in full.
struct LineOfSight {
  struct Entry {
    /// Index of the point that is seen.
    var row: Int
    var distance: Float
    /// Products of the unit vector with two unit axes, −1...1.
    var x: Float
    var y: Float
  }
  /// By `x`, ascending.
  let entries: [Entry]

  init(_ entries: [Entry]) {
    self.entries = FloatOrder.rising(entries.map(\.x)).map { entries[$0] }
  }

  /// Calls `body` with each pair of indices of `entries` whose shadows fail to be opposite by at most `angle` on each axis,
  /// the smaller index first.
  func forEachOpposite(within angle: Float, _ body: (Int, Int) -> Void) {
    var begin = entries.count
    for first in entries.indices {
      // As x rises, its opposites fall.
      let lowest = -entries[first].x - angle
      while begin > 0, entries[begin - 1].x >= lowest { begin -= 1 }
      var second = max(begin, first + 1)
      while second < entries.count, entries[second].x <= -entries[first].x + angle {
        if abs(entries[first].y + entries[second].y) <= angle { body(first, second) }
        second += 1
      }
    }
  }
}
