import Numerics

/// The features with columns instead of rows end to end.
package struct TreeColumns: Sendable {
  package let rows: Int
  /// Columns.
  package let count: Int
  /// [columns, rows]
  let values: [Float]
  /// Rows that are not zero, of the columns in which few are; nil for others. Most columns stand for a category.
  private let nonzero: [[Int32]?]
  /// Rows for each of which at most one is not zero where it is worth to go by a list.
  private static let sparsity = 8

  /// - Parameter step: every so many rows are taken, from the first on.
  package init(_ features: DenseMatrix, step: Int = 1) {
    let rows = (features.rows + step - 1) / step
    var values = [Float](repeating: 0, count: rows * features.columns)
    for row in 0..<rows {
      for column in 0..<features.columns { values[column * rows + row] = features[row * step, column] }
    }
    nonzero = (0..<features.columns).map { column in
      let own = values[column * rows..<(column + 1) * rows]
      guard own.count(where: { $0 != 0 }) <= rows / Self.sparsity else { return nil }
      return (0..<rows).filter { own[own.startIndex + $0] != 0 }.map(Int32.init)
    }
    self.rows = rows
    self.values = values
    count = features.columns
  }

  /// Squared Euclidean distances of a point, [columns], to all rows by some columns.
  package func squaredDistances(of point: ArraySlice<Float>, in chosen: [Int], into distances: inout [Float])
  {
    let count = rows
    distances.withUnsafeMutableBufferPointer { distances in
      distances.update(repeating: 0)
      values.withUnsafeBufferPointer { values in
        guard let sums = distances.baseAddress, let values = values.baseAddress else { return }
        for column in chosen {
          let own = values + column * count
          let value = point[point.startIndex + column]
          if value == 0, let others = nonzero[column] {
            for other in others { sums[Int(other)] += own[Int(other)] * own[Int(other)] }
            continue
          }
          for other in 0..<count {
            let difference = own[other] - value
            sums[other] += difference * difference
          }
        }
      }
    }
  }
}
