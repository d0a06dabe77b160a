import BitCollections
import Model

/// The samples round one, by what the scan knows of them: half are those that its neighbors, theirs and so on lead to,
/// the rest lie nearest in the layout.
package struct Vicinity: Sendable {
  let row: Int
  let size: Int

  package init(of row: Int, size: Int) {
    self.row = row
    self.size = size
  }

  /// At most `size`, rising, the sample itself among them; fewer where neither neighbors nor layout are known.
  /// - Returns: nil when cancelled.
  package func rows(_ material: CaseMaterial, isCancelled: () -> Bool) -> ContiguousArray<Int32>? {
    var chosen = [row]
    var isChosen = BitSet(chosen)
    // Breadth first.
    var next = 0
    while next < chosen.count, chosen.count < size / 2 {
      for neighbor in material.report.neighbors?.neighbors(of: chosen[next]) ?? []
      where neighbor < material.count && isChosen.insert(neighbor).inserted {
        chosen.append(neighbor)
      }
      next += 1
    }
    guard let near = nearest(size - chosen.count, material, isCancelled: isCancelled) else { return nil }
    for row in near { isChosen.insert(row) }
    return ContiguousArray(isChosen.lazy.map { Int32($0) })
  }

  /// Those that lie nearest in the layout; of equally near ones the first.
  private func nearest(_ wanted: Int, _ material: CaseMaterial, isCancelled: () -> Bool) -> [Int]? {
    guard wanted > 0, let own = material.layout(of: row) else { return [] }
    let squares = Blocks.map(count: material.count, isCancelled: isCancelled) { row -> UInt32 in
      guard let other = material.layout(of: row) else { return .max }
      let (x, y) = (other.x - own.x, other.y - own.y)
      return orderedBits(x * x + y * y)
    }
    guard let squares, !isCancelled() else { return nil }
    let limit = Self.value(at: min(wanted, squares.count) - 1, of: squares)
    let near = squares.indices.filter { squares[$0] < limit }
    return near
      + squares.indices.lazy.filter { squares[$0] == limit && limit < .max }.prefix(wanted - near.count)
  }

  /// The value at a rank, from 0, in rising order: its upper half is counted, then the lower half of those that share it.
  private static func value(at rank: Int, of values: [UInt32]) -> UInt32 {
    var rank = rank
    func half(_ counted: (UInt32) -> UInt32?) -> UInt32 {
      var counts = [Int](repeating: 0, count: 1 << 16)
      for value in values { if let half = counted(value) { counts[Int(half)] += 1 } }
      let place = counts.firstIndex { count in
        if rank < count { return true }
        rank -= count
        return false
      }
      return UInt32(place ?? counts.count - 1)
    }
    let upper = half { $0 >> 16 }
    return upper << 16 | half { $0 >> 16 == upper ? $0 & 0xFFFF : nil }
  }
}
