import CVector

/// Mean and deviation of each column of a matrix: what its values are standardised by. A constant column becomes zero.
package struct ColumnScale: Sendable {
  private let means: [Double]
  /// 1 / deviation; 0 of a constant.
  private let scales: [Double]

  /// Columns that a thread takes at a time, at least: a line of the cache holds sixteen floats.
  private static let minColumns = 16
  private static let blockRows = 4096

  /// - Parameter runs: rows that count.
  /// - Throws: never.
  package init(_ matrix: DenseMatrix, rows runs: [Range<Int>], workers: Workers) throws {
    let width = matrix.columns
    let count = Double(max(1, runs.reduce(0) { $0 + $1.count }))
    // Threads share the columns and not the rows, so that each sum is of one row after the other.
    let lines = (width + Self.minColumns - 1) / Self.minColumns
    let block = max(1, (lines + workers.threads - 1) / workers.threads) * Self.minColumns
    let parts = try workers.map(count: width, blockSize: block) {
      columns -> (means: [Double], scales: [Double]) in
      var means = [Double](repeating: 0, count: columns.count)
      var squares = means
      matrix.withUnsafeValues { values in
        guard let first = values.baseAddress.map({ $0 + columns.lowerBound }) else { return }
        for run in runs {
          cvector_add_columns(first + run.lowerBound * width, run.count, width, columns.count, &means)
        }
        for column in means.indices { means[column] /= count }
        for run in runs {
          cvector_add_squares(
            first + run.lowerBound * width, run.count, width, columns.count, means, &squares)
        }
      }
      let scales = squares.indices.map { column -> Double in
        let deviation = (squares[column] / count).squareRoot()
        // What is left of a constant after rounding is no deviation.
        return deviation > 1e-6 * abs(means[column]) && deviation > 0 ? 1 / deviation : 0
      }
      return (means, scales)
    }
    means = parts.flatMap(\.means)
    scales = parts.flatMap(\.scales)
  }

  /// Row i of the result is row `rows[i]` of `matrix`, standardised unless it is excluded.
  /// - Throws: never.
  package func gathered(
    _ matrix: DenseMatrix, rows: [Int], excluding excluded: Set<Int>, workers: Workers
  ) throws -> DenseMatrix {
    let width = matrix.columns
    return try DenseMatrix(
      rows: rows.count, columns: width, blockRows: Self.blockRows, workers: workers
    ) { range, target in
      matrix.withUnsafeValues { values in
        guard let x = values.baseAddress else { return }
        for (index, row) in rows[range].enumerated() {
          let place = target + index * width
          place.initialize(from: x + row * width, count: width)
          if !excluded.contains(row) { cvector_scale_columns(place, 1, width, width, means, scales) }
        }
      }
    }
  }
}
