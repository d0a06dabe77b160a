import Glibc
import Model
import Numerics
import Scanning

/// How straight a row of a table lies between two others: the angle by which the directions to them fail to be opposite.
struct LinesThrough: Sendable {
  /// Rows with a label whose numbers are all there.
  let rows: [Int]
  /// Columns of numbers that vary.
  let width: Int
  /// [rows, width], each column over its deviation.
  private let points: [Float]
  private let labels: [Int]
  /// [rows, 2]: of each point the products with two random directions.
  private let shadows: [Float]
  /// Angles up to this are looked for; larger ones count as it. Narrower in larger sets, in which more pairs come as near.
  private let maxAngle: Float

  struct Angles: Sendable {
    var same: Float
    var other: Float
    /// What both are at most.
    let widest: Float

    /// log10 of `same` over `other`.
    var score: Float { log10((same + minAngle) / (other + minAngle)) }
    /// Whether the row lies ten times as straight between two of one class as is looked for at all.
    var isWithin: Bool { 10 * same <= widest }
    /// Whether it lies so between two classes, and not within one.
    var isBetween: Bool { 10 * other <= same }
  }

  /// Angles below this are rounding.
  private static let minAngle: Float = 1e-6
  private static let widest: Float = 0.02
  private static let rowsOfWidest: Float = 2500

  init(_ input: ScanInput) {
    let columns = input.dataset.table.compactMap(Self.numbers)
    let rows = input.labels.indices.filter { row in
      input.labels[row] >= 0 && columns.allSatisfy { $0[row].isFinite }
    }
    let scaled = columns.compactMap { Self.scaled($0, rows) }
    width = scaled.count
    var points = [Float](repeating: 0, count: rows.count * scaled.count)
    for (column, values) in scaled.enumerated() {
      for (index, value) in values.enumerated() { points[index * scaled.count + column] = value }
    }
    var random = SeededRandom(seed: input.seed, stream: 0x11_E5)
    let directions = (0..<2).map { _ in Self.direction(scaled.count, &random) }
    shadows = rows.indices.flatMap { index in
      directions.map { Distance.dot(points[index * scaled.count..<(index + 1) * scaled.count], $0[...]) }
    }
    maxAngle = Self.widest * min(1, Self.rowsOfWidest / Float(max(1, rows.count)))
    self.rows = rows
    self.points = points
    labels = rows.map { input.labels[$0] }
  }

  private static func numbers(_ column: TableColumn) -> Column<Double>? {
    if case .numbers(let numbers) = column.values { numbers } else { nil }
  }

  /// Less the mean, over the deviation; nil of a column that does not vary.
  private static func scaled(_ column: Column<Double>, _ rows: [Int]) -> [Float]? {
    guard !rows.isEmpty else { return nil }
    let mean = rows.reduce(0) { $0 + column[$1] } / Double(rows.count)
    let variance = rows.reduce(0) { $0 + (column[$1] - mean) * (column[$1] - mean) } / Double(rows.count)
    guard variance > 0, variance.isFinite else { return nil }
    return rows.map { Float((column[$0] - mean) / variance.squareRoot()) }
  }

  private static func direction(_ width: Int, _ random: inout SeededRandom) -> [Float] {
    let values = (0..<width).map { _ in Float(random.normal()) }
    let length = Distance.dot(values[...], values[...]).squareRoot()
    return values.map { $0 / max(length, .leastNormalMagnitude) }
  }

  /// The smallest angles at which a row lies between two of one class, and between two of different classes.
  /// - Parameter own: index in `rows`.
  func angles(at own: Int) -> Angles {
    let sight = sight(from: own)
    var nearest = Angles(same: maxAngle, other: maxAngle, widest: maxAngle)
    sight.forEachOpposite(within: maxAngle) { first, second in
      let angle = angle(from: own, sight.entries[first], sight.entries[second])
      if labels[sight.entries[first].row] == labels[sight.entries[second].row] {
        nearest.same = min(nearest.same, angle)
      } else {
        nearest.other = min(nearest.other, angle)
      }
    }
    return nearest
  }

  /// The length of the sum of the two unit vectors.
  private func angle(from own: Int, _ first: LineOfSight.Entry, _ second: LineOfSight.Entry) -> Float {
    var sum: Float = 0
    for column in 0..<width {
      let center = points[own * width + column]
      let part =
        (points[first.row * width + column] - center) / first.distance
        + (points[second.row * width + column] - center) / second.distance
      sum += part * part
    }
    return sum.squareRoot()
  }

  /// Directions from a row to all that are not the same as it.
  private func sight(from own: Int) -> LineOfSight {
    let center = points[own * width..<(own + 1) * width]
    var entries: [LineOfSight.Entry] = []
    entries.reserveCapacity(rows.count)
    for other in rows.indices {
      let distance = Distance.squared(points[other * width..<(other + 1) * width], center).squareRoot()
      guard distance > Self.minAngle else { continue }
      entries.append(
        LineOfSight.Entry(
          row: other, distance: distance, x: (shadows[2 * other] - shadows[2 * own]) / distance,
          y: (shadows[2 * other + 1] - shadows[2 * own + 1]) / distance))
    }
    return LineOfSight(entries)
  }
}
