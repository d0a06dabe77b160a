/// Columns relative to their class.
package enum ClassStandard {
  /// Each value less the mean of its class over the class's deviation. Classes of fewer than `minSize`, and rows without
  /// a class, are taken together; a column without spread is 0.
  package static func standardized(
    _ matrix: DenseMatrix, rowsByClass: [[Int]], minSize: Int = 20, workers: Workers
  ) throws -> DenseMatrix {
    let groups = groups(rowsByClass, count: matrix.rows, minSize: minSize)
    let width = matrix.columns
    return try DenseMatrix(rows: matrix.rows, columns: width, groups: groups, workers: workers) { rows in
      var values = Products.gather(matrix, rows: rows)
      for column in 0..<width {
        var (sum, squares) = (0.0, 0.0)
        for index in rows.indices { sum += Double(values[index * width + column]) }
        let mean = sum / Double(max(1, rows.count))
        for index in rows.indices {
          let difference = Double(values[index * width + column]) - mean
          squares += difference * difference
        }
        let deviation = (squares / Double(max(1, rows.count))).squareRoot()
        let scale = deviation > 1e-6 * max(1, abs(mean)) ? 1 / deviation : 0
        for index in rows.indices {
          values[index * width + column] = Float((Double(values[index * width + column]) - mean) * scale)
        }
      }
      return values
    }
  }

  /// The classes large enough to have a standard of their own, and one group of all other rows.
  package static func groups(_ rowsByClass: [[Int]], count: Int, minSize: Int) -> [[Int]] {
    let large = rowsByClass.filter { $0.count >= minSize }
    var isPlaced = [Bool](repeating: false, count: count)
    for row in large.joined() { isPlaced[row] = true }
    let rest = (0..<count).filter { !isPlaced[$0] }
    return rest.isEmpty ? large : large + [rest]
  }
}
