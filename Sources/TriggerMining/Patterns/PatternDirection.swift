import Numerics

/// Directions along which some of the rows, which hold a pattern, lie apart from the rest. The search starts from the
/// principal components and from waves (`ClassWaves`); a step fits two groups (`TwoGaussians`) and goes to the difference
/// of their means, until it converges. Principal components alone do not suffice, as natural groups often vary more.
///
/// The difference is made orthogonal to the directions to other classes: the poison comes from them, and so do samples
/// whose label is merely wrong, but what they have in common beyond their classes is a pattern. Where the groups are about
/// equally large, the group without the pattern is the one that all other classes lie beside.
struct PatternDirection {
  /// Principal components that the search starts from.
  private static let componentCount = 6
  static let maxStarts = componentCount + ClassWaves.maxWaves
  private static let maxRounds = 10
  /// Cosine with the direction before, above which the search has converged.
  private static let tolerance: Float = 0.9999
  /// Cosine above which two starts have converged to one direction.
  private static let minSameCosine: Float = 0.9
  /// Classes that a difference is made orthogonal to: those whose directions are closest to it.
  private static let maxClasses = 32
  /// Share of the rows up to which the smaller group is the one that holds a pattern.
  static let clearMinority = 0.35

  /// [rows, D], centered.
  private let centered: DenseMatrix
  /// Centers of the other classes in the same coordinates.
  private let otherCenters: [[Float]]
  private var width: Int { centered.columns }

  /// A direction, and the two groups of the rows' coordinates along it.
  struct TwoGroupSplit: Sendable {
    /// Unit vector that points to those that hold the pattern.
    let direction: [Float]
    /// Of the scalar products with the direction.
    let groups: TwoGaussians

    private var side: TwoGaussians.Side { groups.smaller.mean > groups.larger.mean ? .smaller : .larger }
    /// Share of the rows that hold the pattern.
    var weight: Double { groups[side].weight }
    /// Logarithm of the odds that a row with this coordinate holds it.
    func logOdds(_ coordinate: Double) -> Double { groups.logOdds(coordinate, of: side) }
  }

  /// None where the rows do not vary.
  /// - Parameters:
  ///   - otherCenters: of the other classes, in the coordinates of `matrix` as the class of the rows has them.
  ///   - waves: whitened.
  static func all(
    in matrix: DenseMatrix, rows: [Int], otherCenters: [[Float]], waves: [[Float]]
  ) -> [TwoGroupSplit] {
    let width = matrix.columns
    let (values, mean) = Products.centred(matrix, rows: rows)
    let search = PatternDirection(
      centered: DenseMatrix(rows: rows.count, columns: width, values: values),
      otherCenters: otherCenters.map { center in zip(center, mean).map { $0 - $1 } })
    let top = Eigen.topSingularVectors(
      search.centered.values, rows: rows.count, columns: width, count: componentCount)
    var result: [TwoGroupSplit] = []
    let starts = zip(top.values, top.vectors).filter { $0.0 > 0 }.map(\.1) + waves.compactMap(unit)
    for start in starts {
      guard let direction = search.converged(from: start),
        !result.contains(where: { cosine($0.direction, direction) > minSameCosine }),
        let groups = TwoGaussians.fit(coordinates(of: rows, in: matrix, along: direction))
      else { continue }
      result.append(TwoGroupSplit(direction: direction, groups: groups))
    }
    return result
  }

  /// Of two unit vectors; of others their scalar product.
  static func cosine(_ a: [Float], _ b: [Float]) -> Float { Distance.dot(a, b, count: a.count) }

  /// Nil where there are no two groups.
  private func converged(from start: [Float]) -> [Float]? {
    var direction = start
    for _ in 0..<Self.maxRounds {
      let coordinates = Self.coordinates(of: 0..<centered.rows, in: centered, along: direction)
      guard let groups = TwoGaussians.fit(coordinates) else { return nil }
      let isSmaller = coordinates.map { groups.logOdds(Double($0)) > 0 }
      let smaller = mean(of: coordinates.indices.filter { isSmaller[$0] })
      let larger = mean(of: coordinates.indices.filter { !isSmaller[$0] })
      var steps = [withoutClasses(from: larger, to: smaller)]
      if groups.smaller.weight >= Self.clearMinority {
        steps.append(withoutClasses(from: smaller, to: larger))
      }
      guard let next = steps.compactMap({ $0 }).max(by: { $0.share < $1.share }) else { return nil }
      let cosine = Self.cosine(next.direction, direction)
      direction = next.direction
      if cosine > Self.tolerance { break }
    }
    return direction
  }

  private func mean(of rows: [Int]) -> [Float] {
    Products.mean(of: centered.values, width: width, rows: rows)
  }

  /// The part of end - origin that is orthogonal to the directions from `origin` to the other classes (modified
  /// Gram-Schmidt), as a unit vector, and its share of the length; nil where nothing is left.
  private func withoutClasses(from origin: [Float], to end: [Float]) -> (direction: [Float], share: Float)? {
    let difference = zip(end, origin).map { $0 - $1 }
    let classes = otherCenters.compactMap { center in Self.unit(zip(center, origin).map { $0 - $1 }) }
    let closest = classes.sorted { abs(Self.cosine($0, difference)) > abs(Self.cosine($1, difference)) }
    var basis: [[Float]] = []
    for direction in closest.prefix(min(Self.maxClasses, width / 4)) {
      var rest = direction
      for vector in basis { Self.remove(vector, from: &rest) }
      // What is left of a direction that the others span already is rounding.
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

  /// Scalar products of rows with a direction.
  static func coordinates(
    of rows: some Collection<Int>, in matrix: DenseMatrix, along direction: [Float]
  ) -> [Float] {
    matrix.withUnsafeValues { values in
      direction.withUnsafeBufferPointer { direction in
        guard let a = values.baseAddress, let b = direction.baseAddress else { return [] }
        return rows.map { Distance.dot(a + $0 * direction.count, b, count: direction.count) }
      }
    }
  }
}
