import Model
import Numerics

/// Table columns as numbers of one scale: numbers less their median over their interquartile range and clipped,
/// an indicator where cells are missing (`MissingMarker` among them), one indicator a category.
package struct TableFeatures: Sendable {
  /// Beyond this many robust deviations a value says no more than "far out".
  static let clip = 10.0
  /// Categories that get an indicator of their own, the most frequent first; the rest share one.
  static let maxCategories = 32
  static let maxColumns = 2048
  private static let blockRows = 1024

  /// What a column of the features holds.
  private enum Part: Sendable {
    case scaled(Column<Double>, center: Double, scale: Double)
    case missing(Column<Double>)
    case category(Column<Int32>, code: Int32)
    case rare(Column<Int32>, codes: Set<Int32>)
  }
  private let parts: [Part]
  /// For each column of the features the index of the table column that it comes from.
  package let owners: [Int]

  /// Reads the columns side by side.
  /// - Throws: never.
  package init(_ columns: [TableColumn], workers: Workers) throws {
    let own = try workers.map(count: columns.count, blockSize: 1) { range -> [Part] in
      switch columns[range.lowerBound].values {
      case .numbers(let numbers): Self.parts(numbers)
      case .categories(let categories): Self.parts(categories)
      }
    }
    parts = Array(own.joined().prefix(Self.maxColumns))
    owners = Array(
      own.enumerated().flatMap { index, parts in parts.map { _ in index } }.prefix(Self.maxColumns))
  }

  /// [count, features].
  /// - Throws: never.
  package func matrix(count: Int, workers: Workers) throws -> DenseMatrix {
    let width = parts.count
    return try DenseMatrix(rows: count, columns: width, blockRows: Self.blockRows, workers: workers) {
      rows, target in
      for (column, part) in parts.enumerated() {
        var place = target + column
        func write(_ value: (Int) -> Float) {
          for row in rows {
            place.initialize(to: value(row))
            place += width
          }
        }
        switch part {
        case .scaled(let numbers, let center, let scale):
          write { row in
            let number = numbers[row]
            return number.isFinite ? Float(max(-Self.clip, min(Self.clip, (number - center) / scale))) : 0
          }
        case .missing(let numbers): write { numbers[$0].isFinite ? 0 : 1 }
        case .category(let codes, let code): write { codes[$0] == code ? 1 : 0 }
        case .rare(let codes, let rare): write { rare.contains(codes[$0]) ? 1 : 0 }
        }
      }
    }
  }

  private static func parts(_ given: Column<Double>) -> [Part] {
    let marker = MissingMarker(given).flatMap { $0.isConventional ? $0 : nil }
    let numbers = marker?.removed(from: given) ?? given
    var present = numbers.filter(\.isFinite)
    guard let low = present.min(), let high = present.max() else { return [] }
    func value(at rank: Int) -> Double {
      present.withUnsafeMutableBufferPointer { Selection.select(rank + 1, of: $0) }
      return present[rank]
    }
    let center = value(at: present.count / 2)
    let quartiles = (value(at: present.count * 3 / 4) - value(at: present.count / 4)) * Statistics.normalIQR
    var scale = quartiles
    if scale <= 0 {
      // Half of the values can be one value: then the mean absolute deviation is the scale.
      scale = present.sorted().reduce(0) { $0 + abs($1 - center) / Double(present.count) }
    }
    var parts: [Part] = []
    if high > low, scale > 0, scale.isFinite { parts.append(.scaled(numbers, center: center, scale: scale)) }
    if present.count < numbers.count { parts.append(.missing(numbers)) }
    return parts
  }

  private static func parts(_ categories: Categories) -> [Part] {
    var counts: [Int32: Int] = [:]
    for code in categories.codes { counts[code, default: 0] += 1 }
    guard counts.count > 1 else { return [] }
    let order = counts.keys.sorted { (counts[$1] ?? 0, $0) < (counts[$0] ?? 0, $1) }
    let frequent = order.prefix(maxCategories).map { Part.category(categories.codes, code: $0) }
    let rare = Set(order.dropFirst(maxCategories))
    return rare.isEmpty ? frequent : frequent + [.rare(categories.codes, codes: rare)]
  }
}
