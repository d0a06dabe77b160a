import CVector

/// Rows of a matrix in blocks of sixteen, each block column by column, so that one operation is done on sixteen rows at once,
/// without the packing that a matrix product begins with and without a place for products that are too large to be of use.
public struct InterleavedRows: Sendable {
  public typealias Hit = CVectorHit

  /// Values of a row.
  public let width: Int
  /// [blocks, width, 16], zeros behind the last row.
  @usableFromInline let values: [Float]
  /// ‖row‖²; zeros behind the last row.
  @usableFromInline let norms: [Float]

  private static let blockRows = 16
  /// Rows that are compared before limits are looked at again.
  @usableFromInline static let run = 256
  /// Queries that go together.
  @usableFromInline static let together = 4

  /// - Parameter write: puts the values of a row where it is told, all `width` of them.
  package init(rows: Int, width: Int, _ write: (_ row: Int, UnsafeMutablePointer<Float>) -> Void) {
    self.width = width
    let padded = (rows + Self.blockRows - 1) / Self.blockRows * Self.blockRows
    var values = [Float](repeating: 0, count: padded * width)
    var norms = [Float](repeating: 0, count: padded)
    withUnsafeTemporaryAllocation(of: Float.self, capacity: max(1, width)) { scratch in
      guard let own = scratch.baseAddress else { return }
      for row in 0..<rows {
        write(row, own)
        norms[row] = Distance.dot(own, own, count: width)
        let first = row / Self.blockRows * Self.blockRows * width + row % Self.blockRows
        for column in 0..<width { values[first + column * Self.blockRows] = own[column] }
      }
    }
    self.values = values
    self.norms = norms
  }

  /// ‖row‖²
  package func norm(_ row: Int) -> Float { norms[row] }

  /// The nearest of some centers to each row of a range, the first of several, and its squared distance, to the last bit that
  /// of `Distance.squared`.
  /// - Parameters:
  ///   - centers: [count, width].
  ///   - range: begins at a multiple of sixteen.
  package func nearest(of centers: [Float], to range: Range<Int>) -> (centers: [Int32], squares: [Float]) {
    precondition(range.lowerBound.isMultiple(of: Self.blockRows))
    let blocks = (range.count + Self.blockRows - 1) / Self.blockRows
    var nearest = [Int32](repeating: 0, count: blocks * Self.blockRows)
    var squares = [Float](repeating: .infinity, count: nearest.count)
    guard width > 0 else { return (nearest, squares) }
    values.withUnsafeBufferPointer { values in
      centers.withUnsafeBufferPointer { centers in
        nearest.withUnsafeMutableBufferPointer { nearest in
          squares.withUnsafeMutableBufferPointer { squares in
            guard let values = values.baseAddress, let first = centers.baseAddress,
              let nearest = nearest.baseAddress, let squares = squares.baseAddress
            else { return }
            cvector_nearest(
              values + range.lowerBound * width, blocks, width, first, centers.count / width, nearest, squares
            )
          }
        }
      }
    }
    return (nearest, squares)
  }

  /// Calls `found` for all that is below its query's limit of ‖row‖² + query · row.
  ///
  /// - Parameters:
  ///   - queries: [count, width].
  ///   - range: the rows that are looked at.
  ///   - limits: one a query, which `found` may lower.
  ///   - found: is given the query, the value and the row; rows rise.
  @inlinable public func scan(
    _ queries: UnsafePointer<Float>, count: Int, range: Range<Int>, limits: UnsafeMutablePointer<Float>,
    _ found: (_ query: Int, _ value: Float, _ row: Int) -> Void
  ) {
    values.withUnsafeBufferPointer { values in
      norms.withUnsafeBufferPointer { norms in
        withUnsafeTemporaryAllocation(of: Hit.self, capacity: Self.together * Self.run) { hits in
          withUnsafeTemporaryAllocation(of: Int32.self, capacity: Self.together) { counts in
            guard let values = values.baseAddress, let norms = norms.baseAddress, let hit = hits.baseAddress,
              let number = counts.baseAddress
            else { return }
            for first in stride(from: 0, to: count, by: Self.together) {
              let size = min(Self.together, count - first)
              for start in stride(from: range.lowerBound, to: range.upperBound, by: Self.run) {
                cvector_near(
                  queries + first * width, size, width, values, norms, start,
                  min(range.upperBound, start + Self.run), limits + first, hit, Self.run, number)
                for query in 0..<size {
                  for place in 0..<Int(number[query]) {
                    let near = hit[query * Self.run + place]
                    if near.value < limits[first + query] {
                      found(first + query, near.value, Int(near.item))
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
  }
}
