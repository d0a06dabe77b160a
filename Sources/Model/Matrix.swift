/// Rows that can be read as Float whatever they are stored as: in a mapped file of another type or byte order,
/// or on the heap.
package protocol RowSource: Sendable {
  var rows: Int { get }
  var columns: Int { get }
  /// Writes rows `range` one after the other, row-major, into `target` (`range.count * columns` values).
  func read(_ range: Range<Int>, into target: UnsafeMutableBufferPointer<Float>)
}

/// An [N, D] matrix of Float, read in blocks of rows. Values may be NaN or infinite: the reader says how many
/// rows are (`Dataset.notes`), and the analysis has a policy for them.
package struct Matrix: Sendable {
  package let source: any RowSource
  package init(_ source: any RowSource) { self.source = source }
  package init(rows: Int, columns: Int, values: [Float]) {
    self.init(rows: rows, columns: columns, values: Column(values))
  }
  package init(rows: Int, columns: Int, values: Column<Float>) {
    precondition(values.count == rows * columns)
    self.init(HeapRows(rows: rows, columns: columns, values: values))
  }
  package var rows: Int { source.rows }
  package var columns: Int { source.columns }

  package func read(_ range: Range<Int>, into target: UnsafeMutableBufferPointer<Float>) {
    precondition(range.lowerBound >= 0 && range.upperBound <= rows)
    precondition(target.count >= range.count * columns)
    source.read(range, into: target)
  }

  /// Row `index` as an array.
  package func row(_ index: Int) -> [Float] {
    [Float](unsafeUninitializedCapacity: columns) { target, count in
      read(index..<index + 1, into: target)
      count = columns
    }
  }
}

extension Matrix {
  /// The same rows with a column for each group of columns.
  /// - Parameter join: the value of a group.
  package func joining(
    columns groups: [[Int]], _ join: @escaping @Sendable (_ a: Float, _ b: Float) -> Float
  ) -> Matrix { Matrix(JoinedColumns(base: self, groups: groups, join: join)) }
}

private struct JoinedColumns: RowSource {
  let base: Matrix
  let groups: [[Int]]
  let join: @Sendable (Float, Float) -> Float
  var rows: Int { base.rows }
  var columns: Int { groups.count }
  func read(_ range: Range<Int>, into target: UnsafeMutableBufferPointer<Float>) {
    for (place, row) in range.enumerated() {
      let whole = base.row(row)
      for (index, group) in groups.enumerated() {
        target[place * groups.count + index] = group.dropFirst().reduce(whole[group[0]]) {
          join($0, whole[$1])
        }
      }
    }
  }
}

private struct HeapRows: RowSource {
  let rows: Int
  let columns: Int
  let values: Column<Float>
  func read(_ range: Range<Int>, into target: UnsafeMutableBufferPointer<Float>) {
    values.withUnsafeBufferPointer { values in
      let rows = UnsafeBufferPointer(
        rebasing: values[range.lowerBound * columns..<range.upperBound * columns])
      _ = target.update(fromContentsOf: rows)
    }
  }
}
