import Model

/// The finite numbers of some rows, smallest first.
enum SortedNumbers: RandomAccessCollection {
  /// By the bits that keep their order, half as many for numbers that are Float.
  case narrow(ContiguousArray<UInt32>)
  case wide(ContiguousArray<UInt64>)

  /// Nil when cancelled.
  static func floats(_ rows: SampleRows, _ values: ColumnNumbers, isCancelled: () -> Bool) -> Self? {
    keys(rows, values, isCancelled: isCancelled) { orderedBits(Float($0)) }.map { .narrow($0) }
  }

  /// Nil when cancelled.
  static func doubles(_ rows: SampleRows, _ values: ColumnNumbers, isCancelled: () -> Bool) -> Self? {
    keys(rows, values, isCancelled: isCancelled) { orderedBits($0) }.map { .wide($0) }
  }

  private static func keys<Key: FixedWidthInteger & UnsignedInteger & Sendable>(
    _ rows: SampleRows, _ values: ColumnNumbers, isCancelled: () -> Bool, _ key: (Double) -> Key
  ) -> ContiguousArray<Key>? {
    var keys = ContiguousArray<Key>()
    keys.reserveCapacity(rows.count)
    for (place, row) in rows.enumerated() {
      if place % 65_536 == 0 && isCancelled() { return nil }
      let value = values[row]
      if !value.isNaN { keys.append(key(value)) }
    }
    return radixSorted(keys, isCancelled: isCancelled)
  }

  var startIndex: Int { 0 }
  var endIndex: Int {
    switch self {
    case .narrow(let keys): keys.count
    case .wide(let keys): keys.count
    }
  }
  subscript(place: Int) -> Double {
    switch self {
    case .narrow(let keys): Double(number(orderedBits: keys[place]))
    case .wide(let keys): number(orderedBits: keys[place])
    }
  }
}

/// What a column of numbers holds.
package struct NumberSummary: Sendable, Equatable {
  package let missing: Int
  package let distinct: Int
  /// Smallest, lower quartile, median, upper quartile, largest; empty without numbers.
  package let quantiles: [Double]
  package let mean: Double
  /// Of the different values the smallest.
  let firstValues: [Double]
  /// So many values are few enough to be told one by one.
  static let maxListed = 12

  init(_ sorted: SortedNumbers, missing: Int) {
    self.missing = missing
    var (distinct, sum) = (0, 0.0)
    var firstValues: [Double] = []
    var last = Double.nan
    for value in sorted {
      sum += value
      // Both zeros are one number.
      guard value != last else { continue }
      last = value
      distinct += 1
      if distinct <= Self.maxListed { firstValues.append(value) }
    }
    self.distinct = distinct
    self.firstValues = firstValues
    quantiles = sorted.isEmpty ? [] : (0...4).map { sorted[$0 * (sorted.count - 1) / 4] }
    mean = sorted.isEmpty ? .nan : sum / Double(sorted.count)
  }
}
