import Glibc
import Model
import Numerics
import Scanning

/// Whether a row of a table was rounded from a point on the straight line between two others, and how unlikely that is by
/// chance.
///
/// Between rows a and b the point a + t (b − a) agrees with a value to half of its last digit for a range of t. Where the
/// ranges of all columns have a t in common the row lies on the line. Its evidence is the chance that so narrow ranges meet: the
/// sum over the columns of −log2 of the width of the range, but for the narrowest, which gives t. A column that others
/// determine is no evidence of its own, so a range counts as no narrower than against the spread that a column has when the
/// columns before it are known.
struct LinesThrough: Sendable {
  /// Rows with a label whose numbers are all there.
  let rows: [Int]
  /// Columns of numbers that vary, at most `maxColumns`.
  let width: Int
  /// [rows, width], the column that is written most finely for its spread first.
  private let values: [Double]
  private let columns: [MeasuredColumn]
  private let labels: [Int]
  /// Evidence that one row in a hundred reaches by chance.
  private let needed: Float

  struct Evidence: Sendable {
    /// Bits, of the best line between two rows of one class, and of the best between two classes; 0 where there is none.
    var within: Float = 0
    var between: Float = 0
    /// Of the ends of the best line between two classes.
    fileprivate(set) var classes: [Int] = []
    fileprivate let needed: Float

    fileprivate init(needed: Float) { self.needed = needed }

    /// Above 0 where a line between classes is the better explanation.
    var score: Float { between - within }
    var isBetween: Bool { between >= needed && score >= LinesThrough.margin }
    var isWithin: Bool { within >= needed && score < LinesThrough.margin }
  }

  private static let maxColumns = 32
  /// −log2 of one in a hundred.
  private static let margin: Float = 6.64
  /// Nearer to an end than this part of the line a row is a copy of that end.
  private static let parts = 0.02...0.98
  /// Of a row, in sets where chance aligns many.
  private static let maxPairs = 4_000_000

  init(_ input: ScanInput) {
    let numbers = input.dataset.table.compactMap(Self.numbers)
    let rows = input.labels.indices.filter { row in
      input.labels[row] >= 0 && numbers.allSatisfy { $0[row].isFinite }
    }
    var columns = numbers.compactMap { column in MeasuredColumn(rows.map { column[$0] }) }
    columns.sort { $0.fineness > $1.fineness }
    columns = MeasuredColumn.spreadWhereOthersAreKnown(Array(columns.prefix(Self.maxColumns)))
    var values = [Double](repeating: 0, count: rows.count * columns.count)
    for (position, column) in columns.enumerated() {
      for row in rows.indices { values[row * columns.count + position] = column.values[row] }
    }
    width = columns.count
    needed = 2 * log2(Float(max(2, rows.count))) - 1 + Self.margin
    self.rows = rows
    self.values = values
    self.columns = columns
    labels = rows.map { input.labels[$0] }
  }

  private static func numbers(_ column: TableColumn) -> Column<Double>? {
    if case .numbers(let numbers) = column.values { numbers } else { nil }
  }

  /// - Parameter own: index in `rows`.
  func evidence(at own: Int) -> Evidence {
    let center = values[own * width..<(own + 1) * width]
    let tolerances = zip(columns, center).map { $0.tolerance(of: $1) }
    let sight = LineOfSight(
      rows.indices.map { row in
        LineOfSight.Entry(
          row: row, x: (values[row * width] - center[own * width]) / tolerances[0],
          y: (values[row * width + 1] - center[own * width + 1]) / tolerances[1])
      })
    var best = Evidence(needed: needed)
    var pairs = 0
    values.withUnsafeBufferPointer { values in
      sight.forEachOpposite { first, second in
        let a = sight.entries[first].row
        let b = sight.entries[second].row
        pairs += 1
        if isStraight(values, a, own, b, tolerances) {
          let bits = bits(values, a, b, tolerances)
          if labels[a] == labels[b] {
            best.within = max(best.within, bits)
          } else if bits > best.between {
            best.between = bits
            best.classes = [labels[a], labels[b]]
          }
        }
        return pairs < Self.maxPairs
      }
    }
    return best
  }

  /// Whether a part of the way from `a` to `b` exists that agrees with the row at `own` in each column.
  @inline(__always)
  private func isStraight(
    _ values: UnsafeBufferPointer<Double>, _ a: Int, _ own: Int, _ b: Int, _ tolerances: [Double]
  ) -> Bool {
    var low = Self.parts.lowerBound
    var high = Self.parts.upperBound
    for column in 0..<width {
      let from = values[a * width + column]
      let span = values[b * width + column] - from
      let way = values[own * width + column] - from
      if span == 0 {
        if abs(way) > tolerances[column] { return false }
        continue
      }
      let middle = way / span
      let half = abs(tolerances[column] / span)
      low = max(low, middle - half)
      high = min(high, middle + half)
      if low > high { return false }
    }
    return true
  }

  private func bits(
    _ values: UnsafeBufferPointer<Double>, _ a: Int, _ b: Int, _ tolerances: [Double]
  ) -> Float {
    var sum = 0.0
    var narrowest = 0.0
    for column in 0..<width {
      let span = min(abs(values[b * width + column] - values[a * width + column]), columns[column].spread)
      let range = 2 * tolerances[column]
      guard span > range else { continue }
      sum += log2(span / range)
      narrowest = max(narrowest, log2(span / range))
    }
    return Float(sum - narrowest)
  }
}
