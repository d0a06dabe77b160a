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
  /// On either side of a range, those that say how often a code is held.
  private static let codesBeside = 10
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

  /// The codes of a column that some rows span; nil where none has a value.
  func range(of rows: [Int32], column: Int) -> Range<Int>? {
    let own = rows.map { codes[column][Int($0)] }.filter { $0 != Self.none }.map(Int.init)
    guard let low = own.min(), let high = own.max() else { return nil }
    return low..<high + 1
  }

  func count(of range: Range<Int>, column: Int) -> Int { sizes[column][range].reduce(0) { $0 + Int($1) } }

  /// Rows that a range of codes would hold if each code were held as often as those beside the range; nil where there are none.
  func countBeside(_ range: Range<Int>, column: Int) -> Double? {
    let below = max(0, range.lowerBound - Self.codesBeside)..<range.lowerBound
    let limit = codeLimit(column: column)
    let above = min(range.upperBound, limit)..<min(range.upperBound + Self.codesBeside, limit)
    let codes = below.count + above.count
    guard codes > 0 else { return nil }
    let held = count(of: below, column: column) + count(of: above, column: column)
    return Double(range.count * held) / Double(codes)
  }

  /// Codes of a column are below.
  func codeLimit(column: Int) -> Int { sizes[column].count - 1 }

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
    switch column.values {
    case .categories(let categories):
      let exact = exactCodes(categories)
      return [exact] + bins.map { _ in exact }
    case .numbers(let numbers):
      // Zero and minus zero are told apart: what writes a zero with a sign is not what wrote the others.
      let order = FloatOrder.risingFinite(Array(numbers))
      let sorted = order.map { numbers[$0] }
      var rank: UInt32 = 0
      var exact = [UInt32](repeating: none, count: numbers.count)
      for (place, row) in order.enumerated() {
        if place > 0, sorted[place].bitPattern != sorted[place - 1].bitPattern { rank += 1 }
        exact[row] = rank
      }
      return [exact]
        + bins.map { bins in
          let edges = edges(sorted, count: bins.count, shift: bins.shift)
          var codes = [UInt32](repeating: none, count: numbers.count)
          // The number of edges that are not above the value.
          var bin = 0
          for (place, row) in order.enumerated() {
            while bin < edges.count, edges[bin] <= sorted[place] { bin += 1 }
            codes[row] = UInt32(bin)
          }
          return codes
        }
    }
  }

  /// Ranks of the names, so that codes do not depend on the order of the rows.
  private static func exactCodes(_ categories: Categories) -> [UInt32] {
    let order = categories.names.indices.sorted { categories.names[$0] < categories.names[$1] }
    var ranks = [UInt32](repeating: 0, count: order.count)
    for (rank, code) in order.enumerated() { ranks[code] = UInt32(rank) }
    return categories.codes.map { $0 < 0 ? none : ranks[Int($0)] }
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
}
