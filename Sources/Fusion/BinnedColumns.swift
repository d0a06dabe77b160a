import Model
import Numerics

/// Input columns cut into few bins at weighted quantiles, row-major: what trees are grown on.
struct BinnedColumns: Sendable {
  static let maxCuts = GradientHistogram.bins - 1

  let rows: Int
  let columns: Int
  /// [rows, columns].
  let bins: [UInt8]
  /// By column: the largest value of each bin but the last.
  let edges: [[Float]]

  /// - Parameters:
  ///   - values: by column, without NaN.
  ///   - weights: one a row; quantiles hold equal weight, so that bins are fine where the weight lies.
  init(_ values: [[Float]], weights: [Float]) {
    let rows = weights.count
    edges = values.map { Self.edges($0, weights) }
    var bins = [UInt8](repeating: 0, count: rows * values.count)
    for (column, values) in values.enumerated() {
      for (row, value) in values.enumerated() {
        bins[row * edges.count + column] = Self.bin(of: value, edges[column])
      }
    }
    self.rows = rows
    columns = values.count
    self.bins = bins
  }

  private static func edges(_ column: [Float], _ weights: [Float]) -> [Float] {
    let order = column.indices.sorted { column[$0] == column[$1] ? $0 < $1 : column[$0] < column[$1] }
    let total = order.reduce(0.0) { $0 + Double(weights[$1]) }
    var edges: [Float] = []
    var sum = 0.0
    var cut = total / Double(maxCuts)
    for (index, row) in order.enumerated() {
      sum += Double(weights[row])
      guard index + 1 < order.count, column[order[index + 1]] > column[row], sum >= cut else { continue }
      edges.append(column[row])
      if edges.count == maxCuts - 1 { break }
      cut = sum + (total - sum) / Double(maxCuts - edges.count)
    }
    return edges
  }

  private static func bin(of value: Float, _ edges: [Float]) -> UInt8 {
    UInt8(edges.partitioningIndex { value <= $0 })
  }
}
