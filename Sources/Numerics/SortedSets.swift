import CVector

/// Sets as rising lists without repetition.
public enum SortedSets {
  /// How many elements both have.
  package static func common(_ a: UnsafeBufferPointer<UInt32>, _ b: UnsafeBufferPointer<UInt32>) -> Int {
    guard let x = a.baseAddress, let y = b.baseAddress else { return 0 }
    return cvector_common(x, a.count, y, b.count)
  }

  /// Share of the common elements in the union, 0...1; 0 for two empty sets.
  package static func jaccard(_ a: UnsafeBufferPointer<UInt32>, _ b: UnsafeBufferPointer<UInt32>) -> Double {
    let common = common(a, b)
    return Double(common) / Double(max(1, a.count + b.count - common))
  }

  /// How many elements both have.
  @inlinable public static func common<Element: Comparable>(_ a: [Element], _ b: [Element]) -> Int {
    var (i, j, common) = (0, 0, 0)
    while i < a.count && j < b.count {
      if a[i] == b[j] {
        common += 1
        i += 1
        j += 1
      } else if a[i] < b[j] {
        i += 1
      } else {
        j += 1
      }
    }
    return common
  }

  /// Share of the common elements in the union, 0...1; 0 for two empty sets.
  @inlinable public static func jaccard<Element: Comparable>(_ a: [Element], _ b: [Element]) -> Double {
    let common = common(a, b)
    return Double(common) / Double(max(1, a.count + b.count - common))
  }
}
