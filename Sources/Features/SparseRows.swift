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

  /// Rows that go together: what is computed of them stays in the cache.
  private static let blockRows = 1024

  func accumulateGram(
    _ range: Range<Int>, basis: UnsafePointer<Float>, width: Int, into target: UnsafeMutablePointer<Float>
  ) {
    for first in stride(from: range.lowerBound, to: range.upperBound, by: Self.blockRows) {
      let rows = first..<min(range.upperBound, first + Self.blockRows)
      let block = ColumnOrder(self, rows: rows)
      var images = [Float](repeating: 0, count: rows.count * width)
      images.withUnsafeMutableBufferPointer { images in
        guard let images = images.baseAddress else { return }
        block.project(basis, width: width, into: images)
        block.forEachEntry { column, row, value in
          Distance.add(images + row * width, times: value, to: target + column * width, count: width)
        }
      }
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
    return try DenseMatrix(rows: rowCount, columns: width, blockRows: Self.blockRows, workers: workers) {
      range, target in
      target.initialize(repeating: 0, count: range.count * width)
      fixed.withUnsafeBufferPointer { basis in
        guard let basis = basis.baseAddress else { return }
        ColumnOrder(self, rows: range).project(basis, width: width, into: target)
      }
    }
  }
}

/// The entries of some rows column by column, within a column by row: what belongs to a column is then read once for all of
/// the rows. Sums run in the same order as row by row.
private struct ColumnOrder {
  private var starts: [Int32]
  private var entries: [(row: Int32, value: Float)]

  /// Rows are counted from the first of `rows`.
  init(_ sparse: SparseRows, rows: Range<Int>) {
    let all = sparse.offsets[rows.lowerBound]..<sparse.offsets[rows.upperBound]
    starts = [Int32](repeating: 0, count: sparse.columns + 1)
    for column in sparse.indices[all] { starts[Int(column) + 1] += 1 }
    for column in 0..<sparse.columns { starts[column + 1] += starts[column] }
    var next = starts
    entries = [(row: Int32, value: Float)](repeating: (0, 0), count: all.count)
    for (place, row) in rows.enumerated() {
      for entry in sparse.offsets[row]..<sparse.offsets[row + 1] {
        let column = Int(sparse.indices[entry])
        entries[Int(next[column])] = (Int32(place), sparse.values[entry])
        next[column] += 1
      }
    }
  }

  @inline(__always)
  func forEachEntry(_ body: (_ column: Int, _ row: Int, _ value: Float) -> Void) {
    entries.withUnsafeBufferPointer { entries in
      for column in 0..<starts.count - 1 {
        for entry in Int(starts[column])..<Int(starts[column + 1]) {
          body(column, Int(entries[entry].row), entries[entry].value)
        }
      }
    }
  }

  /// Adds the rows times `basis` [columns, width] to `images` [rows, width].
  func project(_ basis: UnsafePointer<Float>, width: Int, into images: UnsafeMutablePointer<Float>) {
    forEachEntry { column, row, value in
      Distance.add(basis + column * width, times: value, to: images + row * width, count: width)
    }
  }
}
