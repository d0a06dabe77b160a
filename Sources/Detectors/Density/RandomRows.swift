import Model
import Numerics
import Scanning

/// Rows that are made up cell by cell, each column by itself: of one half every cell is one that the column holds, of the
/// other it lies anywhere in the column's range, from its 0.1st to its 99.9th percentile, or is any of its categories. What
/// goes together in a real row does not in these.
package struct RandomRows {
  /// [count, D], as `TableMatrix` has them.
  package let matrix: DenseMatrix

  private static let range = [0.001, 0.999]
  /// A column with fewer different values than one for so many rows is given values that it holds.
  private static let rowsPerValue = 20

  /// How the cells of one column are made up.
  private struct Source {
    /// Features of the column.
    let features: Range<Int>
    /// Rows, ascending by value, that hold each a different value or category; empty where values are many.
    var distinct: [Int] = []
    /// Of a column of numbers: of its values as features.
    var low: Float = 0
    var high: Float = 0
    let isNumeric: Bool
  }

  /// - Parameter rows: of the table, that cells are taken from; at least one.
  package init(
    _ table: TableMatrix, of columns: [TableColumn], rows: [Int], count: Int, random: inout SeededRandom
  ) {
    let sources = Self.sources(table, columns, rows)
    let width = table.values.columns
    var values = [Float](repeating: 0, count: count * width)
    for row in 0..<count {
      for source in sources {
        let (sample, value) =
          row.isMultiple(of: 2)
          ? (rows[random.below(rows.count)], nil) : Self.anywhere(source, table, columns, rows, &random)
        for feature in source.features {
          values[row * width + feature] = table.values[sample, feature]
        }
        if let value { values[row * width + source.features.lowerBound] = value }
      }
    }
    matrix = DenseMatrix(rows: count, columns: width, values: values)
  }

  /// A row that has the cell, or one whose cell is no missing one and the value that takes its place.
  private static func anywhere(
    _ source: Source, _ table: TableMatrix, _ columns: [TableColumn], _ rows: [Int],
    _ random: inout SeededRandom
  ) -> (sample: Int, value: Float?) {
    let sample = rows[random.below(rows.count)]
    let column = columns[table.owners[source.features.lowerBound]]
    guard source.isNumeric else { return (source.distinct[random.below(source.distinct.count)], nil) }
    guard !column.isMissing(at: sample), source.low < source.high else { return (sample, nil) }
    let value = source.low + Float(random.uniform()) * (source.high - source.low)
    guard !source.distinct.isEmpty else { return (sample, value) }
    let feature = source.features.lowerBound
    let next = source.distinct.partitioningIndex { table.values[$0, feature] >= value }
    let nearest = [next - 1, next].filter(source.distinct.indices.contains).min {
      abs(table.values[source.distinct[$0], feature] - value)
        < abs(table.values[source.distinct[$1], feature] - value)
    }
    return (nearest.map { source.distinct[$0] } ?? sample, nil)
  }

  private static func sources(_ table: TableMatrix, _ columns: [TableColumn], _ rows: [Int]) -> [Source] {
    var sources: [Source] = []
    var start = 0
    while start < table.owners.count {
      let owner = table.owners[start]
      let end = table.owners[start...].firstIndex { $0 != owner } ?? table.owners.count
      sources.append(source(columns[owner], start..<end, table, rows))
      start = end
    }
    return sources
  }

  private static func source(
    _ column: TableColumn, _ features: Range<Int>, _ table: TableMatrix, _ rows: [Int]
  ) -> Source {
    let present = rows.filter { !column.isMissing(at: $0) }
    switch column.values {
    case .categories:
      var seen: Set<UInt64> = []
      return Source(
        features: features, distinct: rows.filter { seen.insert(column.bits(at: $0)).inserted },
        isNumeric: false)
    case .numbers:
      let first = features.lowerBound
      let order = FloatOrder.rising(present.map { table.values[$0, first] }).map { present[$0] }
      let sorted = order.map { table.values[$0, first] }
      guard !sorted.isEmpty else { return Source(features: features, isNumeric: true) }
      let ends = range.map { Float(Statistics.quantile(sorted: sorted, $0)) }
      let distinct = order.indices.filter { $0 == 0 || sorted[$0] != sorted[$0 - 1] }
      return Source(
        features: features,
        distinct: distinct.count * rowsPerValue < rows.count ? distinct.map { order[$0] } : [],
        low: ends[0], high: ends[1], isNumeric: true)
    }
  }
}

extension TableColumn {
  fileprivate func isMissing(at row: Int) -> Bool {
    switch values {
    case .numbers(let numbers): !numbers[row].isFinite
    case .categories(let categories): categories.codes[row] == Categories.missing
    }
  }
}
