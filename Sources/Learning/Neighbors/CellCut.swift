/// Cuts cells that hold too many items in halves, so that the time of a search never grows with the square of what one
/// cell holds, whatever the data: clumps that are too dense for the rounding of a matrix product to tell centers
/// apart, or far from all else.
struct CellCut {
  let points: [Float]
  let width: Int
  /// Items up to which a cell is not cut.
  let maxItems: Int
  private static let sampleRows = 255

  /// The parts of a cell, each with its items in the order they came in. Cut at the median of the column of the widest
  /// spread, as in a k-d tree (Friedman, Bentley & Finkel, TOMS 1977).
  func parts(of cell: [Int32]) -> [[Int32]] {
    guard cell.count > maxItems else { return cell.isEmpty ? [] : [cell] }
    let column = widestColumn(of: cell)
    let order = cell.indices.sorted {
      let (a, b) = (value(cell[$0], column), value(cell[$1], column))
      return a != b ? a < b : $0 < $1
    }
    let middle = order.count / 2
    return [order[..<middle], order[middle...]].flatMap { half in
      parts(of: half.sorted().map { cell[$0] })
    }
  }

  private func value(_ item: Int32, _ column: Int) -> Float { points[Int(item) * width + column] }

  /// By the distance from the tenth to the ninetieth percentile of some items, which no outlier moves.
  private func widestColumn(of cell: [Int32]) -> Int {
    let step = max(1, cell.count / Self.sampleRows)
    let spreads = (0..<width).map { column in
      let values = stride(from: 0, to: cell.count, by: step).map { value(cell[$0], column) }.sorted()
      return values[values.count * 9 / 10] - values[values.count / 10]
    }
    return spreads.indices.max { spreads[$0] < spreads[$1] } ?? 0
  }
}
