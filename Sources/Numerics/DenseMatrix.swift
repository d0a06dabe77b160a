/// A row-major [rows, columns] matrix of Float on the heap, shared without copying.
public final class DenseMatrix: Sendable {
  public let rows: Int
  public let columns: Int
  /// Row r begins at r * columns.
  public let values: [Float]

  public init(rows: Int, columns: Int, values: [Float]) {
    precondition(rows >= 0 && columns >= 0 && values.count == rows * columns)
    self.rows = rows
    self.columns = columns
    self.values = values
  }

  /// Zeros.
  public convenience init(rows: Int, columns: Int) {
    self.init(rows: rows, columns: columns, values: [Float](repeating: 0, count: rows * columns))
  }

  @inlinable public subscript(row: Int, column: Int) -> Float { values[row * columns + column] }

  @inlinable public func row(_ index: Int) -> ArraySlice<Float> {
    values[index * columns..<(index + 1) * columns]
  }

  /// All values; row r begins at r * columns.
  @inlinable public func withUnsafeValues<R>(_ body: (UnsafeBufferPointer<Float>) throws -> R) rethrows -> R {
    try values.withUnsafeBufferPointer(body)
  }
}

extension DenseMatrix {
  /// A matrix whose blocks of rows are written in place, side by side.
  /// - Parameter fill: writes `range.count * columns` values of the rows `range`; the memory is not initialized.
  /// - Throws: the error of the first block that failed.
  package convenience init(
    rows: Int, columns: Int, blockRows: Int, workers: Workers,
    _ fill: @Sendable (_ range: Range<Int>, _ target: UnsafeMutablePointer<Float>) throws -> Void
  ) throws {
    self.init(
      rows: rows, columns: columns,
      values: try [Float](unsafeUninitializedCapacity: rows * columns) { target, count in
        if let base = target.baseAddress, columns > 0 {
          let place = WritableFloats(base: base)
          _ = try workers.map(count: rows, blockSize: blockRows) { range in
            try fill(range, place.base + range.lowerBound * columns)
          }
        }
        count = rows * columns
      })
  }
}

extension DenseMatrix {
  /// A matrix of blocks of rows that are made side by side; none outlives its copy.
  /// - Parameter block: the values of the rows `range`, row-major.
  /// - Throws: the error of the first block that failed.
  package convenience init(
    rows: Int, columns: Int, blockRows: Int, workers: Workers,
    block: @Sendable (_ range: Range<Int>) throws -> [Float]
  ) throws {
    try self.init(rows: rows, columns: columns, blockRows: blockRows, workers: workers) { range, target in
      let values = try block(range)
      precondition(values.count == range.count * columns)
      values.withUnsafeBufferPointer { values in
        if let from = values.baseAddress { target.initialize(from: from, count: values.count) }
      }
    }
  }
}

extension DenseMatrix {
  /// A matrix of groups of rows that are made side by side; none outlives its copy.
  /// - Parameters:
  ///   - groups: every row in one of them.
  ///   - group: the values of some rows, row-major.
  /// - Throws: the error of the first group that failed.
  convenience init(
    rows: Int, columns: Int, groups: [[Int]], workers: Workers,
    group: @Sendable (_ rows: [Int]) throws -> [Float]
  ) throws {
    precondition(groups.reduce(0) { $0 + $1.count } == rows)
    self.init(
      rows: rows, columns: columns,
      values: try [Float](unsafeUninitializedCapacity: rows * columns) { target, count in
        if let base = target.baseAddress, columns > 0 {
          let place = WritableFloats(base: base)
          _ = try workers.map(count: groups.count, blockSize: 1) { range in
            let rows = groups[range.lowerBound]
            let values = try group(rows)
            precondition(values.count == rows.count * columns)
            values.withUnsafeBufferPointer { values in
              guard let from = values.baseAddress else { return }
              for (index, row) in rows.enumerated() {
                (place.base + row * columns).initialize(from: from + index * columns, count: columns)
              }
            }
          }
        }
        count = rows * columns
      })
  }
}

/// Unchecked: each block writes its own rows.
private struct WritableFloats: @unchecked Sendable {
  let base: UnsafeMutablePointer<Float>
}
