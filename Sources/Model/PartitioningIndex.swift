extension RandomAccessCollection {
  /// The first index from which on all elements meet `predicate`, where those that do stand last; `endIndex` where none does.
  /// Public and inlined, as it stands in loops of other rooms.
  @inlinable public func partitioningIndex(where predicate: (Element) -> Bool) -> Index {
    var low = startIndex
    var count = count
    while count > 0 {
      let half = count / 2
      let middle = index(low, offsetBy: half)
      if predicate(self[middle]) {
        count = half
      } else {
        low = index(after: middle)
        count -= half + 1
      }
    }
    return low
  }
}
