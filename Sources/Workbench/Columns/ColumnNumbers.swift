import Model
import Numerics

/// The numbers of a column by row, read in place.
struct ColumnNumbers: Sendable {
  private enum Storage {
    case floats(Column<Float>, first: Int, step: Int)
    case codes(Column<Int32>)
    case doubles([Double])
  }
  private let storage: Storage
  let count: Int

  /// Nil of a column that holds no numbers, and of one of the data that is not loaded yet.
  init?(_ column: RowColumn, _ samples: CaseSamples) {
    let material = samples.material
    count = material.count
    switch column {
    case .suspicion: storage = .floats(material.report.suspicion, first: 0, step: 1)
    case .detector(let index): storage = .floats(material.detectors[index].percentile, first: 0, step: 1)
    case .raw(let index): storage = .floats(material.detectors[index].raw, first: 0, step: 1)
    case .layout(let axis): storage = .floats(material.report.layout, first: axis, step: 2)
    case .cluster: storage = .codes(material.report.clusters)
    case .data(let index, true):
      guard case .numbers(let numbers)? = samples.columns.loadedValues(index) else { return nil }
      storage = .doubles(numbers)
    default: return nil
    }
  }

  /// As it was written, infinite ones too; NaN for none.
  @inline(__always) func stored(_ row: Int) -> Double {
    switch storage {
    case .floats(let values, let first, let step):
      let place = first + row * step
      return place < values.count ? Double(values[place]) : .nan
    case .codes(let codes):
      let code = row < codes.count ? codes[row] : -1
      return code < 0 ? .nan : Double(code)
    case .doubles(let values): return values[row]
    }
  }

  /// NaN where a sample has no finite one.
  @inline(__always) subscript(row: Int) -> Double {
    let value = stored(row)
    return value.isFinite ? value : .nan
  }

  /// Each place of a block with its row and its number, NaN for none: what kind of column it is, and whether all rows are
  /// asked, is told once a block.
  @inline(__always)
  func forEach(_ block: Range<Int>, of rows: SampleRows, _ body: (Int, Int, Double) -> Void) {
    switch (storage, rows.listed) {
    case (.floats(let values, 0, 1), nil) where block.upperBound <= values.count:
      values.withUnsafeBufferPointer { values in
        for row in block {
          let value = Double(values[row])
          body(row, row, value.isFinite ? value : .nan)
        }
      }
    default: for place in block { body(place, rows[place], self[rows[place]]) }
    }
  }

  /// The numbers of all rows where they lie one behind the other as Float.
  var floats: Column<Float>? {
    if case .floats(let values, 0, 1) = storage, values.count == count { values } else { nil }
  }

  /// The smallest and the largest number of a block of rows; (∞, −∞) where there is none.
  func extremes(_ block: Range<Int>) -> (low: Double, high: Double) {
    guard case .floats(let values, 0, 1) = storage, block.upperBound <= values.count else {
      return block.reduce(into: (.infinity, -.infinity)) { ends, row in
        let value = self[row]
        if value < ends.0 { ends.0 = value }
        if value > ends.1 { ends.1 = value }
      }
    }
    let ends = values.withUnsafeBufferPointer { FiniteExtremes.of(UnsafeBufferPointer(rebasing: $0[block])) }
    return (Double(ends.low), Double(ends.high))
  }
}

extension RowColumn {
  /// Its numbers are Float, and so is what a condition compares them with.
  var areFloats: Bool { if case .data = self { false } else { true } }

  /// The shortest digits that give this very number again: a rounded one would hold for other samples.
  func digits(_ value: Double) -> String {
    let digits = areFloats ? "\(Float(value))" : "\(value)"
    return digits.hasSuffix(".0") ? String(digits.dropLast(2)) : digits
  }

  /// Nil of a column that holds no numbers, and when cancelled. One of the data is read from all rows the first time.
  func numbers(_ samples: CaseSamples, isCancelled: () -> Bool) -> ColumnNumbers? {
    if case .data(let index, _) = self, samples.columns.values(index, isCancelled: isCancelled) == nil {
      return nil
    }
    return ColumnNumbers(self, samples)
  }
}
