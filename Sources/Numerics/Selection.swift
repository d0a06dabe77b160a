import CVector

/// The smallest of some values without sorting all of them.
///
/// Generic and called in inner loops, hence `@inlinable public`: other rooms would go through witness tables.
public enum Selection {
  /// Brings the `count` smallest to the front, the largest of them last (Hoare, "Algorithm 65: Find", CACM 1961). In linear
  /// time; where cuts turn out uneven again and again, what is left is sorted.
  @inlinable public static func select<Value: Comparable>(
    _ count: Int, of list: UnsafeMutableBufferPointer<Value>
  ) {
    var low = 0
    var high = list.count - 1
    var cutsLeft = 2 * (Int.bitWidth - max(1, list.count).leadingZeroBitCount)
    while low < high {
      guard cutsLeft > 0 else {
        var rest = UnsafeMutableBufferPointer(rebasing: list[low...high])
        return rest.sort()
      }
      cutsLeft -= 1
      let pivot = list[low + (high - low) / 2]
      var left = low
      var right = high
      while left <= right {
        while list[left] < pivot { left += 1 }
        while pivot < list[right] { right -= 1 }
        guard left <= right else { break }
        list.swapAt(left, right)
        left += 1
        right -= 1
      }
      if count - 1 <= right {
        high = right
      } else if count - 1 >= left {
        low = left
      } else {
        return
      }
    }
  }

  /// Brings the `wanted` smallest of `count` keys, no two of which are the same, to the front, in the order they had. In time
  /// `count` times the digits in which they differ, and without a branch that depends on a key, which for some hundred keys is
  /// several times as fast as `select`.
  /// - Parameter wanted: 1...count.
  /// - Returns: the largest of them.
  @inlinable public static func smallest(_ wanted: Int, of keys: UnsafeMutablePointer<UInt64>, count: Int)
    -> UInt64
  { cvector_smallest(keys, count, wanted) }

  /// The value at `rank`, from 0, in rising order.
  @inlinable public static func value<Value: Comparable>(at rank: Int, of values: [Value]) -> Value {
    var values = values
    values.withUnsafeMutableBufferPointer { select(rank + 1, of: $0) }
    return values[rank]
  }
}
