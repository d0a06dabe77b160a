import CVector

/// Rows that are found by what stands in columns of codes or of neighbors.
public enum RowLookup {
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
}
