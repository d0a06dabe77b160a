/// For every class the directions in which some of its images differ from the rest, and how far each image of the set
/// lies along them.
///
/// Cross-fitted: a direction is learnt from three quarters of a class and used on the fourth and on a fourth of the other
/// classes, so that one that fits noise has nobody along it.
struct ClassPatterns: Sendable {
  /// Images of a class that are needed.
  static let fewest = 20
  static let folds = 4
  /// Robust deviations beyond which an image holds a pattern, at least: hardly one of 30,000 normal numbers.
  static let leastDeviations: Float = 4

  struct Pattern: Sendable {
    let label: Int
    /// Rows that hold it, whatever their label, ascending.
    let holders: [Int32]
    /// Whitened, towards those that hold it; as three quarters of the class have it.
    let direction: [Float]
  }
  let patterns: [Pattern]
  /// By row, the most robust deviations along a direction of its own class; NaN without a label or in a small class.
  let deviations: [Float]

  /// - Parameter fold: of each row, 0..<4.
  init(_ residuals: WhitenedResiduals, rowsByClass: [[Int]], fold: [Int], workers: Workers) throws {
    let finder = Finder(residuals: residuals, rowsByClass: rowsByClass, fold: fold)
    let classes = try workers.map(count: rowsByClass.count, blockSize: 1) {
      finder.patterns(of: $0.lowerBound)
    }
    var deviations = [Float](repeating: .nan, count: residuals.whitened.rows)
    for (label, own) in classes.enumerated() where !own.isEmpty {
      for (index, row) in rowsByClass[label].enumerated() {
        deviations[row] = own.reduce(-.infinity) { max($0, $1.deviations[index]) }
      }
    }
    self.deviations = deviations
    patterns = classes.flatMap { $0.map(\.pattern) }
  }
}

private struct Finder: Sendable {
  let residuals: WhitenedResiduals
  let rowsByClass: [[Int]]
  let fold: [Int]

  /// The patterns of a class, each with the deviations of the rows of the class.
  func patterns(of label: Int) -> [(pattern: ClassPatterns.Pattern, deviations: [Float])] {
    let own = rowsByClass[label]
    guard own.count >= ClassPatterns.fewest else { return [] }
    let directions = (0..<ClassPatterns.folds).map { tested in
      PatternDirection.all(
        in: residuals.whitened, rows: own.filter { fold[$0] != tested },
        otherCenters: otherCenters(than: label))
    }
    return directions[0].compactMap { first in
      // The folds learn the same directions in another order.
      let matched = directions.compactMap { found in
        found.max { PatternDirection.cosine($0, first) < PatternDirection.cosine($1, first) }
      }
      guard matched.count == directions.count, let deviations = deviations(along: matched, of: label) else {
        return nil
      }
      let inside = own.map { deviations[$0] }
      let cut = max(ClassPatterns.leastDeviations, TwoGroups.cut(inside) ?? 0)
      let holders = rowsByClass.flatMap { $0 }.filter { deviations[$0] > cut }.sorted().map(Int32.init)
      return (ClassPatterns.Pattern(label: label, holders: holders, direction: first), inside)
    }
  }

  private func otherCenters(than label: Int) -> [[Float]] {
    let means = residuals.means
    return rowsByClass.indices.filter { $0 != label && !rowsByClass[$0].isEmpty }.map { other in
      zip(means.row(other), means.row(label)).map { $0 - $1 }
    }
  }

  /// Images of other classes are measured from the mean of this one, as if they were of it: a sample of another class
  /// whose label was flipped lies as far along a direction as the whole of that class does, and is no pattern. Nil where
  /// the class does not vary along a direction.
  private func deviations(along directions: [[Float]], of label: Int) -> [Float]? {
    var deviations = [Float](repeating: 0, count: residuals.whitened.rows)
    for (tested, direction) in directions.enumerated() {
      func places(_ rows: [Int]) -> [Float] {
        PatternDirection.places(of: rows, in: residuals.whitened, along: direction)
      }
      let means = PatternDirection.places(
        of: Array(rowsByClass.indices), in: residuals.means, along: direction)
      let (center, scale) = Statistics.robustScale(places(rowsByClass[label].filter { fold[$0] == tested }))
      guard scale > 0 else { return nil }
      for (other, members) in rowsByClass.enumerated() {
        let rows = members.filter { fold[$0] == tested }
        let offset = Double(means[other] - means[label]) - center
        for (row, place) in zip(rows, places(rows)) {
          deviations[row] = Float((Double(place) + offset) / scale)
        }
      }
    }
    return deviations
  }
}
