import Numerics

/// Directions that part those of some rows that hold a pattern from the rest: each starts from one of the widest ones,
/// or from a wave (`ClassWaves`), and goes to the difference of the two groups' means (`TwoGaussians`) until it stays.
/// The widest alone would not do, as natural groups are often wider.
///
/// What of the difference leads to other classes is taken out: the poison comes from them, and so do samples whose
/// label is merely wrong, but what they have in common beyond their classes is a pattern. Where the groups are about as
/// large, the other classes tell which of them holds it: all of them lie beside the one that does not.
struct PatternDirection {
  /// Widest directions that the search begins with.
  private static let widest = 6
  static let maxStarts = widest + ClassWaves.most
  private static let rounds = 10
  private static let still: Float = 0.9999
  /// Cosine from which two starts have come to the same direction.
  private static let same: Float = 0.9
  /// Classes whose direction is taken out, those that a difference leads to most.
  private static let maxClasses = 32
  /// Share of the rows up to which the smaller group is the one that holds a pattern.
  static let clearMinority = 0.35

  /// [rows, D], centered.
  private let centered: [Float]
  /// Centers of the other classes in the same coordinates.
  private let otherCenters: [[Float]]
  private let width: Int

  /// A direction, and the two groups that rows are of by their place along it.
  struct Parting: Sendable {
    /// Unit vector that points to those that hold the pattern.
    let direction: [Float]
    /// By the scalar product with the direction.
    let groups: TwoGaussians

    private var side: TwoGaussians.Side { groups.smaller.mean > groups.larger.mean ? .smaller : .larger }
    /// Share of the rows that hold the pattern.
    var weight: Double { groups[side].weight }
    /// Logarithm of the odds that a row at `place` holds it.
    func logOdds(_ place: Double) -> Double { groups.logOdds(place, of: side) }
  }

  /// None where the rows do not vary.
  /// - Parameters:
  ///   - otherCenters: of the other classes, in the coordinates of `matrix` as the class of the rows has them.
  ///   - waves: whitened.
  static func all(
    in matrix: DenseMatrix, rows: [Int], otherCenters: [[Float]], waves: [[Float]]
  ) -> [Parting] {
    let width = matrix.columns
    var mean = [Float](repeating: 0, count: width)
    for row in rows {
      for j in 0..<width { mean[j] += matrix.values[row * width + j] / Float(rows.count) }
    }
    let search = PatternDirection(
      centered: Products.gather(matrix, rows: rows, center: mean),
      otherCenters: otherCenters.map { center in zip(center, mean).map { $0 - $1 } }, width: width)
    let top = Eigen.topSingularVectors(search.centered, rows: rows.count, columns: width, count: widest)
    var result: [Parting] = []
    let starts = zip(top.values, top.vectors).filter { $0.0 > 0 }.map(\.1) + waves.compactMap(unit)
    for start in starts {
      guard let direction = search.settled(start),
        !result.contains(where: { cosine($0.direction, direction) > same }),
        let groups = TwoGaussians.fit(places(of: rows, in: matrix, along: direction))
      else { continue }
      result.append(Parting(direction: direction, groups: groups))
    }
    return result
  }

  /// Of two unit vectors; of others their scalar product.
  static func cosine(_ a: [Float], _ b: [Float]) -> Float { Distance.dot(a, b, count: a.count) }

  private func settled(_ start: [Float]) -> [Float]? {
    var direction = start
    for _ in 0..<Self.rounds {
      let places = Self.places(of: centered, along: direction)
      guard let groups = TwoGaussians.fit(places) else { return nil }
      let isSmaller = places.map { groups.logOdds(Double($0)) > 0 }
      let smaller = mean(of: places.indices.filter { isSmaller[$0] })
      let larger = mean(of: places.indices.filter { !isSmaller[$0] })
      var ways = [withoutClasses(from: larger, to: smaller)]
      if groups.smaller.weight >= Self.clearMinority {
        ways.append(withoutClasses(from: smaller, to: larger))
      }
      guard let next = ways.compactMap({ $0 }).max(by: { $0.share < $1.share }) else { return nil }
      let change = Self.cosine(next.direction, direction)
      direction = next.direction
      if change > Self.still { break }
    }
    return direction
  }

  private func mean(of rows: [Int]) -> [Float] {
    var mean = [Float](repeating: 0, count: width)
    for row in rows {
      for j in 0..<width { mean[j] += centered[row * width + j] / Float(rows.count) }
    }
    return mean
  }

  /// The way from `origin` to `end` as far as it is orthogonal to the ways from `origin` to the other classes, of
  /// length 1 (modified Gram-Schmidt), and what share of its length that is; nil where nothing is left.
  private func withoutClasses(from origin: [Float], to end: [Float]) -> (direction: [Float], share: Float)? {
    let difference = zip(end, origin).map { $0 - $1 }
    let ways = otherCenters.compactMap { center in Self.unit(zip(center, origin).map { $0 - $1 }) }
    let leading = ways.sorted { abs(Self.cosine($0, difference)) > abs(Self.cosine($1, difference)) }
    var basis: [[Float]] = []
    for way in leading.prefix(min(Self.maxClasses, width / 4)) {
      var rest = way
      for vector in basis { Self.remove(vector, from: &rest) }
      // What is left of a way that the others span already is rounding.
      if Self.cosine(rest, rest) > 1e-6, let vector = Self.unit(rest) { basis.append(vector) }
    }
    var rest = difference
    for vector in basis { Self.remove(vector, from: &rest) }
    guard let direction = Self.unit(rest) else { return nil }
    let share = Self.cosine(rest, rest) / Self.cosine(difference, difference)
    return (direction, share.squareRoot())
  }

  private static func remove(_ vector: [Float], from target: inout [Float]) {
    let share = cosine(vector, target)
    for j in target.indices { target[j] -= share * vector[j] }
  }

  private static func unit(_ vector: [Float]) -> [Float]? {
    let length = cosine(vector, vector).squareRoot()
    return length > 0 ? vector.map { $0 / length } : nil
  }

  /// Coordinates of rows along a direction.
  static func places(of rows: [Int], in matrix: DenseMatrix, along direction: [Float]) -> [Float] {
    matrix.withUnsafeValues { values in
      direction.withUnsafeBufferPointer { direction in
        guard let a = values.baseAddress, let b = direction.baseAddress else { return [] }
        return rows.map { Distance.dot(a + $0 * direction.count, b, count: direction.count) }
      }
    }
  }

  private static func places(of values: [Float], along direction: [Float]) -> [Float] {
    values.withUnsafeBufferPointer { values in
      direction.withUnsafeBufferPointer { direction in
        guard let a = values.baseAddress, let b = direction.baseAddress else { return [] }
        return (0..<values.count / direction.count).map {
          Distance.dot(a + $0 * direction.count, b, count: direction.count)
        }
      }
    }
  }
}
