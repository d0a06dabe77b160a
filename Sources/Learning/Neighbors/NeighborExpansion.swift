import Model
import Numerics

/// From neighbors among distinct items back to neighbors among rows.
enum NeighborExpansion {
  /// A row's neighbors are the other rows of its own item and the rows of the near items, by distance and then by
  /// row. With `labeledOnly`, rows without a label have no neighbors.
  ///
  /// - Parameters:
  ///   - blocks: runs of items, which together are all of them, once.
  ///   - lists: the k nearest items of each item of a block, so that there are k rows wherever there are that many. It
  ///     is asked for each block once, so that no more than a few blocks' lists are alive where it searches only then.
  static func table(
    items: DistinctRows, k: Int, rows: Int, blocks: [Range<Int>], workers: Workers, labeledOnly: Bool = false,
    lists: @escaping @Sendable (_ block: Int) throws -> [[Candidate]]
  ) throws -> NeighborTable {
    guard k > 0 else { return NeighborTable(k: 0, indices: [], distances: []) }
    let table = TableStorage(rows: rows, k: k)
    _ = try workers.map(count: blocks.count, blockSize: 1) { range in
      for block in range {
        for (item, list) in zip(blocks[block], try lists(block)) where !labeledOnly || items.labels[item] >= 0
        {
          table.write(near(item, list, items, k), of: items.members(item))
        }
      }
    }
    return table.finished()
  }

  /// One more than k, because a row is no neighbor of its own.
  private static func near(
    _ item: Int, _ list: [Candidate], _ items: DistinctRows, _ k: Int
  ) -> ArraySlice<Candidate> {
    var near = items.members(item).prefix(k + 1).map { Candidate(value: 0, item: $0) }
    for candidate in list {
      for row in items.members(Int(candidate.item)).prefix(k) {
        near.append(Candidate(value: candidate.value, item: row))
      }
    }
    near.sort()
    return near.prefix(k + 1)
  }
}

/// A table while it is filled. Unchecked: a row is written by the one block that has its item.
private final class TableStorage: @unchecked Sendable {
  private let k: Int
  private let indices: UnsafeMutableBufferPointer<Int32>
  private let distances: UnsafeMutableBufferPointer<Float>

  init(rows: Int, k: Int) {
    self.k = k
    indices = .allocate(capacity: rows * k)
    indices.initialize(repeating: -1)
    distances = .allocate(capacity: rows * k)
    distances.initialize(repeating: .nan)
  }

  deinit {
    indices.deallocate()
    distances.deallocate()
  }

  func write(_ near: ArraySlice<Candidate>, of rows: ArraySlice<Int32>) {
    for row in rows {
      var slot = Int(row) * k
      let end = slot + k
      for candidate in near where candidate.item != row && slot < end {
        indices[slot] = candidate.item
        distances[slot] = candidate.value.squareRoot()
        slot += 1
      }
    }
  }

  /// The columns keep the storage alive; nothing is written from here on.
  func finished() -> NeighborTable {
    NeighborTable(
      k: k, indices: Column(mapping: UnsafeBufferPointer(indices), owner: self),
      distances: Column(mapping: UnsafeBufferPointer(distances), owner: self))
  }
}
