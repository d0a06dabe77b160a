import Numerics

/// Where a pattern lies that is not spread over the picture: the smallest square that holds nearly all that any square
/// of up to a quarter of the height holds of the pattern's energy, where that is at least half of all. Energy is the
/// square of a pixel above the median of the squares, which is noise.
package struct PatternPlace: Equatable {
  package let row: Int
  package let column: Int
  package let side: Int

  private static let minShare = 0.5
  private static let nearlyAll = 0.95

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
    let best = (1...max(1, min(height, width) / 4)).map { side -> (place: (Int, Int, Int), share: Double) in
      var best = (place: (0, 0, side), share: -1.0)
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
    let most = best.reduce(0) { max($0, $1.share) }
    guard most >= Self.minShare, let found = best.first(where: { $0.share >= Self.nearlyAll * most }) else {
      return nil
    }
    (row, column, side) = found.place
  }
}
