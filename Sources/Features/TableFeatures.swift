import Model
import Numerics

/// Table columns as numbers of one scale: numbers less their median over their interquartile range and clipped,
/// an indicator where cells are missing, one indicator a category.
package enum TableFeatures {
  /// Beyond this many robust deviations a value says no more than "far out".
  static let clip = 10.0
  /// Categories that get an indicator of their own, the most frequent first; the rest share one.
  static let maxCategories = 32
  static let maxColumns = 2048

  package static func build(_ columns: [TableColumn], count: Int) -> DenseMatrix {
    let parts = parts(columns)
    let width = parts.count
    var values = [Float](repeating: 0, count: count * width)
    for (j, part) in parts.enumerated() {
      for row in 0..<count { values[row * width + j] = part.values[row] }
    }
    return DenseMatrix(rows: count, columns: width, values: values)
  }

  /// For each column of the features the index of the table column that it comes from.
  package static func owners(_ columns: [TableColumn]) -> [Int] { parts(columns).map(\.owner) }

  private static func parts(_ columns: [TableColumn]) -> [(owner: Int, values: [Float])] {
    var parts: [(owner: Int, values: [Float])] = []
    for (owner, column) in columns.enumerated() {
      let own =
        switch column.values {
        case .numbers(let numbers): scaled(numbers)
        case .categories(let categories): indicators(categories)
        }
      parts += own.map { (owner, $0) }
      if parts.count >= maxColumns { break }
    }
    return Array(parts.prefix(maxColumns))
  }

  private static func scaled(_ numbers: Column<Double>) -> [[Float]] {
    let present = numbers.filter(\.isFinite).sorted()
    guard let low = present.first, let high = present.last else { return [] }
    let center = present[present.count / 2]
    let quartiles = (present[present.count * 3 / 4] - present[present.count / 4]) * Statistics.normalIQR
    // Half of the values can be one value: then the mean absolute deviation is the scale.
    let deviation = present.reduce(0) { $0 + abs($1 - center) / Double(present.count) }
    let scale = quartiles > 0 ? quartiles : deviation
    var parts: [[Float]] = []
    if high > low, scale > 0, scale.isFinite {
      parts.append(
        numbers.map { $0.isFinite ? Float(max(-clip, min(clip, ($0 - center) / scale))) : 0 })
    }
    if present.count < numbers.count { parts.append(numbers.map { $0.isFinite ? 0 : 1 }) }
    return parts
  }

  private static func indicators(_ categories: Categories) -> [[Float]] {
    var counts: [Int32: Int] = [:]
    for code in categories.codes { counts[code, default: 0] += 1 }
    guard counts.count > 1 else { return [] }
    let order = counts.keys.sorted { (counts[$1] ?? 0, $0) < (counts[$0] ?? 0, $1) }
    let own = Array(order.prefix(maxCategories))
    var parts = own.map { code in categories.codes.map { $0 == code ? Float(1) : 0 } }
    if order.count > own.count {
      let rare = Set(order.dropFirst(maxCategories))
      parts.append(categories.codes.map { rare.contains($0) ? 1 : 0 })
    }
    return parts
  }
}
