import Numerics

/// The square that a pattern is confined to, if it is not spread over the picture: of the squares of up to a quarter of
/// the height and width, let E be the largest share of the pattern's energy in one; if E is at least half, it is the
/// smallest that has 95 % of E. The energy of a pixel is its square above the median of the squares, which is noise.
package struct PatternSquare: Equatable {
  package let row: Int
  package let column: Int
  package let side: Int

  private static let minShare = 0.5
  private static let minOfLargest = 0.95

  /// - Parameter pattern: what is added to each pixel, row-major; nil where no square holds half of it.
  package init?(_ pattern: [Float], height: Int, width: Int) {
    guard height > 0, width > 0, pattern.count == height * width else { return nil }
    let squares = pattern.map { $0 * $0 }
    let noise = Float(Statistics.median(squares))
    var sums = [Double](repeating: 0, count: (height + 1) * (width + 1))
    for row in 0..<height {
      for column in 0..<width {
        let energy = Double(max(0, squares[row * width + column] - noise))
        sums[(row + 1) * (width + 1) + column + 1] =
          energy + sums[row * (width + 1) + column + 1] + sums[(row + 1) * (width + 1) + column]
          - sums[row * (width + 1) + column]
      }
    }
    let total = sums[sums.count - 1]
    guard total > 0 else { return nil }
    let best = (1...max(1, min(height, width) / 4)).map { side -> (square: (Int, Int, Int), share: Double) in
      var best = (square: (0, 0, side), share: -1.0)
      for row in 0...height - side {
        for column in 0...width - side {
          let lower = (row + side) * (width + 1) + column
          let upper = row * (width + 1) + column
          let share = (sums[lower + side] - sums[lower] - sums[upper + side] + sums[upper]) / total
          if share > best.share { best = ((row, column, side), share) }
        }
      }
      return best
    }
    let largest = best.reduce(0) { max($0, $1.share) }
    guard largest >= Self.minShare,
      let found = best.first(where: { $0.share >= Self.minOfLargest * largest })
    else {
      return nil
    }
    (row, column, side) = found.square
  }
}
