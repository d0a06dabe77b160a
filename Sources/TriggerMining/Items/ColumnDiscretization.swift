import Model
import Numerics

/// The values of a table as codes: one for each value, or one for each bin of equal counts.
struct ColumnDiscretization: Sendable {
  /// By column and row; `none` where the cell is missing.
  let codes: [[UInt32]]
  /// Higher for codes that tell more values apart.
  let precision: Int
  private var exactColumns: Set<Int>
  /// Rows of each code of a column, those without a value last.
  private let sizes: [[Int32]]
  static let none = UInt32.max
  /// Share of the rows that hold an item or a code which must hold both for the two to be the same.
  private static let minShared = 0.8

  private init(codes: [[UInt32]], precision: Int, exactColumns: Set<Int>) {
    self.codes = codes
    self.precision = precision
    self.exactColumns = exactColumns
    sizes = codes.map { codes in
      let highest = codes.reduce(0) { $1 == Self.none ? $0 : max($0, Int($1) + 1) }
      var sizes = [Int32](repeating: 0, count: highest + 1)
      for code in codes { sizes[min(Int(code), highest)] += 1 }
      return sizes
    }
  }

  /// Whether the rows have one code in a column, or no value there, and hardly another row has it.
  func tellsApart(_ rows: [Int32], column: Int) -> Bool {
    let own = codes[column]
    guard let median = rows.map({ own[Int($0)] }).sorted().dropFirst(rows.count / 2).first else {
      return false
    }
    // A code that four of five rows have is their median.
    let both = rows.count { own[Int($0)] == median }
    let size = Int(sizes[column][min(Int(median), sizes[column].count - 1)])
    return Double(both) >= Self.minShared * Double(rows.count + size - both)
  }

  /// Codes that a row has, none among them.
  private static func codeCount(_ sizes: [Int32]) -> Int { sizes.count { $0 > 0 } }

  /// Whether the codes of a column tell apart all its values.
  func isExact(column: Int) -> Bool { exactColumns.contains(column) }

  /// Bins of a sixteenth for ranges, of a sixty-fourth for the narrow ones that a jittered constant fills.
  private static let bins: [(count: Int, shift: Double, precision: Int)] = [
    (16, 0, 1), (64, 0, 2), (64, 0.5, 2),
  ]

  /// The exact values first, then each of `bins`.
  static func all(of columns: [TableColumn], workers: Workers) throws -> [ColumnDiscretization] {
    let codes = try workers.map(count: columns.count, blockSize: 1) { Self.codes(columns[$0.lowerBound]) }
    let exact = ColumnDiscretization(
      codes: codes.map { $0[0] }, precision: 3, exactColumns: Set(columns.indices))
    let distinct = exact.sizes.map(codeCount)
    let binned = bins.indices.map { index -> ColumnDiscretization in
      var result = ColumnDiscretization(
        codes: codes.map { $0[index + 1] }, precision: bins[index].precision, exactColumns: [])
      result.exactColumns = Set(columns.indices.filter { codeCount(result.sizes[$0]) == distinct[$0] })
      return result
    }
    return [exact] + binned
  }

  /// The exact codes of a column and those of each of `bins`.
  private static func codes(_ column: TableColumn) -> [[UInt32]] {
    let exact = exactCodes(column)
    guard case .numbers(let numbers) = column.values else { return [exact] + bins.map { _ in exact } }
    let sorted = numbers.filter(\.isFinite).sorted()
    return [exact]
      + bins.map { bins in
        let edges = edges(sorted, count: bins.count, shift: bins.shift)
        return numbers.map { number in number.isFinite ? UInt32(bin(of: number, edges: edges)) : none }
      }
  }

  /// Ranks of the distinct values, so that codes do not depend on the order of the rows. Zero and minus zero are told
  /// apart: what writes a zero with a sign is not what wrote the others.
  private static func exactCodes(_ column: TableColumn) -> [UInt32] {
    switch column.values {
    case .categories(let categories):
      let order = categories.names.indices.sorted { categories.names[$0] < categories.names[$1] }
      var ranks = [UInt32](repeating: 0, count: order.count)
      for (rank, code) in order.enumerated() { ranks[code] = UInt32(rank) }
      return categories.codes.map { $0 < 0 ? none : ranks[Int($0)] }
    case .numbers(let numbers):
      let distinct = Set(numbers.filter(\.isFinite).map(\.bitPattern)).map(Double.init(bitPattern:))
      var ranks: [UInt64: UInt32] = [:]
      let rising = distinct.sorted { ($0, $0.sign == .minus ? 0 : 1) < ($1, $1.sign == .minus ? 0 : 1) }
      for (rank, value) in rising.enumerated() { ranks[value.bitPattern] = UInt32(rank) }
      return numbers.map { ranks[$0.bitPattern] ?? none }
    }
  }

  /// Inner edges of bins of equal counts, the first after the share `shift` of a bin; fewer where values repeat.
  private static func edges(_ sorted: [Double], count: Int, shift: Double) -> [Double] {
    guard let first = sorted.first else { return [] }
    var edges: [Double] = []
    for bin in 0..<count {
      let at = Int(Double(sorted.count) * (Double(bin) + shift) / Double(count))
      let edge = sorted[at]
      if edge > (edges.last ?? first) { edges.append(edge) }
    }
    return edges
  }

  /// The number of edges that are not above `number`.
  private static func bin(of number: Double, edges: [Double]) -> Int {
    var low = 0
    var high = edges.count
    while low < high {
      let middle = (low + high) / 2
      if edges[middle] <= number { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
