/// Products of whole matrices, cut into blocks of rows that run in parallel.
package enum Products {
  static let blockRows = 1024

  /// op(b) = b, or its transpose: a [N, D] times op(b) [D, E] gives [N, E].
  package static func multiply(
    _ a: DenseMatrix, _ b: DenseMatrix, transposeB: Bool = false, workers: Workers
  ) throws -> DenseMatrix {
    let inner = transposeB ? b.columns : b.rows
    let outer = transposeB ? b.rows : b.columns
    precondition(a.columns == inner)
    let blocks = try workers.map(count: a.rows, blockSize: blockRows) { range in
      [Float](unsafeUninitializedCapacity: range.count * outer) { target, count in
        count = range.count * outer
        target.initialize(repeating: 0)
        guard let c = target.baseAddress, inner > 0 else { return }
        a.values.withUnsafeBufferPointer { a in
          b.values.withUnsafeBufferPointer { b in
            guard let a = a.baseAddress, let b = b.baseAddress else { return }
            BLAS.gemm(
              m: range.count, n: outer, k: inner, a + range.lowerBound * inner, lda: inner, b,
              ldb: transposeB ? inner : outer, transposeB: transposeB, c, ldc: outer)
          }
        }
      }
    }
    return DenseMatrix(rows: a.rows, columns: outer, joining: blocks)
  }

  /// Row i of the result is row `rows[i]` of `matrix` minus `center` (no centering where it is empty).
  package static func gather(_ matrix: DenseMatrix, rows: [Int], center: [Float] = []) -> [Float] {
    let width = matrix.columns
    precondition(center.isEmpty || center.count == width)
    return [Float](unsafeUninitializedCapacity: rows.count * width) { target, count in
      matrix.values.withUnsafeBufferPointer { values in
        for (index, row) in rows.enumerated() {
          let from = row * width
          let to = index * width
          if center.isEmpty {
            for j in 0..<width { target.initializeElement(at: to + j, to: values[from + j]) }
          } else {
            for j in 0..<width { target.initializeElement(at: to + j, to: values[from + j] - center[j]) }
          }
        }
      }
      count = rows.count * width
    }
  }
}

extension DenseMatrix {
  /// A matrix of blocks of rows that stand one below the other.
  package convenience init(rows: Int, columns: Int, joining blocks: [[Float]]) {
    var values: [Float] = []
    values.reserveCapacity(rows * columns)
    for block in blocks { values.append(contentsOf: block) }
    self.init(rows: rows, columns: columns, values: values)
  }
}
