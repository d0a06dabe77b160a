import CVector

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
    return try DenseMatrix(rows: a.rows, columns: outer, blockRows: blockRows, workers: workers) {
      range, target in
      // Uninitialized memory may hold NaN, which times beta 0 is NaN in some kernels.
      target.initialize(repeating: 0, count: range.count * outer)
      guard inner > 0 else { return }
      a.values.withUnsafeBufferPointer { a in
        b.values.withUnsafeBufferPointer { b in
          guard let a = a.baseAddress, let b = b.baseAddress else { return }
          BLAS.gemm(
            m: range.count, n: outer, k: inner, a + range.lowerBound * inner, lda: inner, b,
            ldb: transposeB ? inner : outer, transposeB: transposeB, target, ldc: outer)
        }
      }
    }
  }

  /// `target` [columns, rows] becomes the transposed of `values` [rows, columns].
  package static func transpose(
    _ values: UnsafePointer<Float>, rows: Int, columns: Int, into target: UnsafeMutablePointer<Float>
  ) { cvector_transpose(values, rows, columns, target) }

  /// [rows, directions]: inner products of rows [rows, width] with some directions, each by itself.
  package static func coordinates(_ values: [Float], width: Int, along directions: [[Float]]) -> [Float] {
    let rows = width > 0 ? values.count / width : 0
    return [Float](unsafeUninitializedCapacity: rows * directions.count) { target, count in
      values.withUnsafeBufferPointer { values in
        for (axis, direction) in directions.enumerated() {
          direction.withUnsafeBufferPointer { direction in
            guard let x = values.baseAddress, let v = direction.baseAddress else { return }
            for row in 0..<rows {
              target.initializeElement(
                at: row * directions.count + axis, to: Distance.dot(x + row * width, v, count: width))
            }
          }
        }
      }
      count = rows * directions.count
    }
  }

  /// Rows of `matrix` less their mean, and the mean, which is summed in Float, one row after the other. The matrix is read
  /// once: the rows of a class are spread over all of it.
  package static func centred(_ matrix: DenseMatrix, rows: [Int]) -> (values: [Float], mean: [Float]) {
    let width = matrix.columns
    var values = gather(matrix, rows: rows)
    let mean = mean(of: values, width: width, rows: rows.indices)
    values.withUnsafeMutableBufferPointer { values in
      mean.withUnsafeBufferPointer { mean in
        guard let first = values.baseAddress, let mean = mean.baseAddress else { return }
        for row in rows.indices {
          Distance.subtract(mean, from: first + row * width, into: first + row * width, count: width)
        }
      }
    }
    return (values, mean)
  }

  /// Mean of some rows of `values` [rows, width], summed in Float; zeros of none. For long runs of rows see `ClassSums`.
  package static func mean(of values: [Float], width: Int, rows: some Collection<Int>) -> [Float] {
    var mean = [Float](repeating: 0, count: width)
    let count = Float(rows.count)
    values.withUnsafeBufferPointer { values in
      mean.withUnsafeMutableBufferPointer { mean in
        for row in rows {
          for column in 0..<width { mean[column] += values[row * width + column] / count }
        }
      }
    }
    return mean
  }

  /// Row i of the result is row `rows[i]` of `matrix` minus `center` (no centering where it is empty).
  package static func gather(_ matrix: DenseMatrix, rows: [Int], center: [Float] = []) -> [Float] {
    let width = matrix.columns
    precondition(center.isEmpty || center.count == width)
    return [Float](unsafeUninitializedCapacity: rows.count * width) { target, count in
      if let base = target.baseAddress { copy(matrix, rows[...], center, to: base) }
      count = rows.count * width
    }
  }

  /// The same, made by blocks side by side.
  /// - Throws: never.
  package static func gathered(
    _ matrix: DenseMatrix, rows: [Int], center: [Float] = [], workers: Workers
  ) throws -> DenseMatrix {
    precondition(center.isEmpty || center.count == matrix.columns)
    return try DenseMatrix(
      rows: rows.count, columns: matrix.columns, blockRows: 4 * blockRows, workers: workers
    ) { copy(matrix, rows[$0], center, to: $1) }
  }

  private static func copy(
    _ matrix: DenseMatrix, _ rows: ArraySlice<Int>, _ center: [Float], to target: UnsafeMutablePointer<Float>
  ) {
    let width = matrix.columns
    matrix.values.withUnsafeBufferPointer { values in
      center.withUnsafeBufferPointer { center in
        guard let values = values.baseAddress else { return }
        let hasCenter = !center.isEmpty
        var next = target
        for row in rows {
          if let center = center.baseAddress, hasCenter {
            Distance.subtract(center, from: values + row * width, into: next, count: width)
          } else {
            next.initialize(from: values + row * width, count: width)
          }
          next += width
        }
      }
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
