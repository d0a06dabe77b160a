/// The direction that parts a minority of some rows from the rest: starts from each of the widest ones, goes to the
/// difference of the two groups' means until it stays, and takes the one whose groups lie farthest apart.
enum PatternDirection {
  /// Widest directions that are tried: a natural one can be wider than that of the pattern.
  private static let starts = 6
  private static let rounds = 10
  private static let still: Float = 0.9999

  /// Unit vector that points to the minority, nil where the rows do not vary.
  static func find(in matrix: DenseMatrix, rows: [Int]) -> [Float]? {
    let width = matrix.columns
    var mean = [Float](repeating: 0, count: width)
    for row in rows {
      for j in 0..<width { mean[j] += matrix.values[row * width + j] / Float(rows.count) }
    }
    let centered = Products.gather(matrix, rows: rows, center: mean)
    let top = Eigen.topSingularVectors(centered, rows: rows.count, columns: width, count: starts)
    var best: (direction: [Float], separation: Double)?
    for (value, start) in zip(top.values, top.vectors) where value > 0 {
      guard let direction = settled(start, centered) else { continue }
      let places = projections(centered, direction)
      guard let cut = TwoGroups.cut(places) else { continue }
      // Fewer are outliers, not a group.
      guard places.count(where: { $0 > cut }) >= ItemTest.minimumHolders else { continue }
      let separation = TwoGroups.separation(places, cut: cut)
      if separation > best?.separation ?? 0 { best = (direction, separation) }
    }
    return best?.direction
  }

  private static func settled(_ start: [Float], _ centered: [Float]) -> [Float]? {
    var direction = start
    for _ in 0..<rounds {
      var places = projections(centered, direction)
      guard var cut = TwoGroups.cut(places) else { return nil }
      if places.count(where: { $0 > cut }) * 2 > places.count {
        direction = direction.map { -$0 }
        places = places.map { -$0 }
        cut = -cut
      }
      guard let next = difference(centered, isAbove: places.map { $0 > cut }, width: start.count) else {
        return nil
      }
      let change = zip(next, direction).reduce(Float(0)) { $0 + $1.0 * $1.1 }
      direction = next
      if change > still { break }
    }
    return direction
  }

  private static func projections(_ values: [Float], _ direction: [Float]) -> [Float] {
    values.withUnsafeBufferPointer { values in
      direction.withUnsafeBufferPointer { direction in
        guard let a = values.baseAddress, let b = direction.baseAddress else { return [] }
        return (0..<values.count / direction.count).map {
          Distance.dot(a + $0 * direction.count, b, count: direction.count)
        }
      }
    }
  }

  /// Mean of the rows above less mean of the others, of length 1.
  private static func difference(_ values: [Float], isAbove: [Bool], width: Int) -> [Float]? {
    let above = Float(isAbove.count { $0 })
    let below = Float(isAbove.count) - above
    guard above > 0, below > 0 else { return nil }
    var result = [Float](repeating: 0, count: width)
    for (row, isAbove) in isAbove.enumerated() {
      let weight = isAbove ? 1 / above : -1 / below
      for j in 0..<width { result[j] += weight * values[row * width + j] }
    }
    let length = result.reduce(Float(0)) { $0 + $1 * $1 }.squareRoot()
    guard length > 0 else { return nil }
    return result.map { $0 / length }
  }
}
