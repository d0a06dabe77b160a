import Numerics

/// Rows of few numbers each: column indices and values end to end.
struct SparseRows: TallRows {
  let columns: Int
  let offsets: [Int]
  let indices: [Int32]
  let values: [Float]
  /// By column of the rows that these were made from, whether it is still there; nil where all are.
  private(set) var isKept: [Bool]?
  var rowCount: Int { offsets.count - 1 }

  init(columns: Int, offsets: [Int], indices: [Int32], values: [Float]) {
    self.columns = columns
    self.offsets = offsets
    self.indices = indices
    self.values = values
  }

  /// The same without the columns that no row has an entry in: of few rows most, and all work with them is work with
  /// zeros.
  func withoutEmptyColumns() -> SparseRows {
    var isKept = [Bool](repeating: false, count: columns)
    for column in indices { isKept[Int(column)] = true }
    var newColumns = [Int32](repeating: 0, count: columns)
    var count: Int32 = 0
    for column in 0..<columns where isKept[column] {
      newColumns[column] = count
      count += 1
    }
    var rows = SparseRows(
      columns: Int(count), offsets: offsets, indices: indices.map { newColumns[Int($0)] }, values: values)
    rows.isKept = isKept
    return rows
  }

  func accumulateGram(
    _ range: Range<Int>, basis: UnsafePointer<Float>, width: Int, into target: UnsafeMutablePointer<Float>
  ) {
    var image = [Float](repeating: 0, count: width)
    image.withUnsafeMutableBufferPointer { image in
      for row in range {
        project(row, basis, width, into: image)
        for entry in offsets[row]..<offsets[row + 1] {
          let value = values[entry]
          let to = target + Int(indices[entry]) * width
          for j in 0..<width { to[j] += value * image[j] }
        }
      }
    }
  }

  /// Row times `basis` [columns, width].
  func project(
    _ row: Int, _ basis: UnsafePointer<Float>, _ width: Int, into image: UnsafeMutableBufferPointer<Float>
  ) {
    for j in 0..<width { image[j] = 0 }
    for entry in offsets[row]..<offsets[row + 1] {
      let value = values[entry]
      let from = basis + Int(indices[entry]) * width
      for j in 0..<width { image[j] += value * from[j] }
    }
  }

  /// [rows, basis width] coordinates of all rows.
  func project(onto vectors: [[Float]], workers: Workers) throws -> DenseMatrix {
    let width = vectors.count
    var basis = [Float](repeating: 0, count: columns * width)
    for (j, vector) in vectors.enumerated() {
      for row in 0..<columns { basis[row * width + j] = vector[row] }
    }
    let fixed = basis
    let blocks = try workers.map(count: rowCount, blockSize: 2048) { range in
      var block = [Float](repeating: 0, count: range.count * width)
      fixed.withUnsafeBufferPointer { basis in
        block.withUnsafeMutableBufferPointer { block in
          guard let q = basis.baseAddress else { return }
          for (index, row) in range.enumerated() {
            project(row, q, width, into: .init(rebasing: block[index * width..<(index + 1) * width]))
          }
        }
      }
      return block
    }
    return DenseMatrix(rows: rowCount, columns: width, joining: blocks)
  }
}
