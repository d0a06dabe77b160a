import CVector

/// A class, a weight, three figures and a share of each class by row, one row's beside each other: what is summed over some rows
/// that lie anywhere in memory, with one look at each.
package struct WeightedShares: Sendable {
  /// [N, `head` + classes], and `padding` numbers that are read with the last row's.
  private let records: [Float]
  package let classes: Int

  private static let head = Int(CVECTOR_RECORD_HEAD)
  private static let padding = 16

  /// - Parameters:
  ///   - labels: -1 for rows that do not count; below `classes`.
  ///   - shares: [N, classes].
  ///   - figures: of a row that counts its weight, and three figures.
  package init(
    labels: [Int], shares: [Float], classes: Int,
    figures: (_ row: Int, _ shares: UnsafeBufferPointer<Float>) -> SIMD4<Float>
  ) {
    let stride = Self.head + classes
    self.classes = classes
    records = [Float](unsafeUninitializedCapacity: labels.count * stride + Self.padding) { target, count in
      target.initialize(repeating: 0)
      count = target.count
      shares.withUnsafeBufferPointer { shares in
        for row in labels.indices {
          let record = row * stride
          target[record] = Float(labels[row])
          guard labels[row] >= 0 else { continue }
          let own = UnsafeBufferPointer(rebasing: shares[row * classes..<(row + 1) * classes])
          let figures = figures(row, own)
          for index in 0..<4 { target[record + 1 + index] = figures[index] }
          for index in own.indices { target[record + Self.head + index] = own[index] }
        }
      }
    }
  }

  /// Room for the sums of one kind.
  package var width: Int { (max(1, classes) + Self.padding - 1) / Self.padding * Self.padding }

  /// Sums over some rows, one after the other.
  /// - Parameter sums: [3, `width`]: become by class the weights, Σ share · weight and Σ share² · weight.
  /// - Returns: the sums of the weights and of the three figures.
  package func sum(_ rows: UnsafeBufferPointer<Int32>, into sums: inout [Float]) -> SIMD4<Float> {
    precondition(sums.count == 3 * width)
    var totals = SIMD4<Float>.zero
    sums.withUnsafeMutableBufferPointer { sums in
      sums.update(repeating: 0)
      records.withUnsafeBufferPointer { records in
        withUnsafeMutableBytes(of: &totals) { totals in
          guard let first = rows.baseAddress, let records = records.baseAddress, let sums = sums.baseAddress,
            let totals = totals.baseAddress?.assumingMemoryBound(to: Float.self)
          else { return }
          cvector_item_sums(
            first, rows.count, records, classes, totals, sums, sums + width, sums + 2 * width)
        }
      }
    }
    return totals
  }
}
