import Model

/// A number that seems to stand for a missing one, as -999 does: the smallest or the largest of a column, there several
/// times, and farther from all others than those lie from one another.
package struct MissingMarker {
  private let value: Double
  private let count: Int

  /// Whether it is a number that is conventionally written for a missing one: all nines, or the end of a type of whole numbers.
  /// Features take such a cell for missing; triggers and copies still see the number.
  package var isConventional: Bool {
    let size = abs(value)
    guard size == size.rounded(), size >= 99, size < 1e18 else { return false }
    return String(Int64(size)).allSatisfy { $0 == "9" } || Self.ends.contains(value)
  }

  private static let ends: Set<Double> = [
    -128, 127, 255, -32_768, 32_767, 65_535, -2_147_483_648, 2_147_483_647, 4_294_967_295,
  ]

  private static let minCount = 3
  private static let minOthers = 20

  /// Nil where there is none. Values that are not finite do not count.
  package init?(_ numbers: Column<Double>) {
    var (finite, low, high) = (0, Extreme(), Extreme())
    for number in numbers where number.isFinite {
      finite += 1
      low.take(-number)
      high.take(number)
    }
    let smallest = (value: -low.largest, next: -low.second, count: low.count)
    let largest = (value: high.largest, next: high.second, count: high.count)
    for (marker, opposite) in [(smallest, largest), (largest, smallest)] {
      let (gap, range) = (abs(marker.next - marker.value), abs(opposite.value - marker.next))
      if marker.count >= Self.minCount, finite - marker.count >= max(Self.minOthers, marker.count), range > 0,
        gap.isFinite, gap > range
      {
        (value, count) = (marker.value, marker.count)
        return
      }
    }
    return nil
  }

  /// The largest value of a column, how often it is there, and the largest of the others.
  private struct Extreme {
    var largest = -Double.infinity
    var second = -Double.infinity
    var count = 0

    mutating func take(_ value: Double) {
      if value == largest {
        count += 1
      } else if value > largest {
        (second, largest, count) = (largest, value, 1)
      } else if value > second {
        second = value
      }
    }
  }

  /// The column with NaN in its place.
  func removed(from numbers: Column<Double>) -> Column<Double> {
    Column(numbers.map { $0 == value ? .nan : $0 })
  }

  package var sentence: String {
    let written = value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : String(value)
    let there = "\(written) is there \(count) times, far from all other values"
    return isConventional
      ? "\(there): the features take it for missing; --missing=\(written) does so everywhere"
      : "\(there); where it means that there is none, --missing=\(written) reads it so"
  }
}
