import CVector

/// Sets as rising lists without repetition.
public enum SortedSets {
  /// The rows that have one code in one column and one in another.
  package static func rows(of a: [UInt32], equalTo x: UInt32, and b: [UInt32], equalTo y: UInt32) -> [Int32] {
    precondition(a.count == b.count)
    let block = 4096
    var rows: [Int32] = []
    a.withUnsafeBufferPointer { a in
      b.withUnsafeBufferPointer { b in
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: block) { found in
          guard let first = a.baseAddress, let second = b.baseAddress, let places = found.baseAddress else {
            return
          }
          for start in stride(from: 0, to: a.count, by: block) {
            let size = min(block, a.count - start)
            let count = cvector_equal(first + start, x, second + start, y, size, places)
            for place in 0..<count { rows.append(Int32(start) + places[place]) }
          }
        }
      }
    }
    return rows
  }

  /// Calls `body` with the index of each of some rows and whether one of its neighbors is marked.
  /// - Parameters:
  ///   - neighbors: [N, width], rising in each row.
  ///   - last: beyond this nothing is marked.
  @inlinable public static func forEachMarked(
    _ rows: [Int32], neighbors: [Int32], width: Int, through last: Int32, marks: [Bool],
    _ body: (_ index: Int, _ isMarked: Bool) -> Void
  ) {
    withUnsafeTemporaryAllocation(of: Bool.self, capacity: rows.count) { found in
      rows.withUnsafeBufferPointer { rows in
        neighbors.withUnsafeBufferPointer { neighbors in
          marks.withUnsafeBufferPointer { marks in
            guard let first = rows.baseAddress, let all = neighbors.baseAddress,
              let marks = marks.baseAddress,
              let target = found.baseAddress
            else { return }
            cvector_marked(first, rows.count, all, width, last, marks, target)
          }
        }
      }
      for index in rows.indices { body(index, found[index]) }
    }
  }

  /// How many elements both have.
  package static func common(_ a: [UInt32], _ b: [UInt32]) -> Int {
    a.withUnsafeBufferPointer { x in
      b.withUnsafeBufferPointer { y in
        guard let x = x.baseAddress, let y = y.baseAddress else { return 0 }
        return cvector_common(x, a.count, y, b.count)
      }
    }
  }

  /// Share of the common elements in the union, 0...1; 0 for two empty sets.
  package static func jaccard(_ a: [UInt32], _ b: [UInt32]) -> Double {
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
