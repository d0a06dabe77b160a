/// For every class the directions in which some of its images differ from the rest, and how far each image of the set
/// lies along them.
///
/// Cross-fitted: a direction is learnt from three quarters of a class and used on the fourth and on a fourth of the other
/// classes, so that one that fits noise has nobody along it.
struct ClassPatterns: Sendable {
  /// Images of a class that are needed.
  static let fewest = 20
  static let folds = 4

  struct Pattern: Sendable {
    /// Rows that hold it, whatever their label, ascending.
    let holders: [Int32]
    /// Whitened, towards those that hold it; as three quarters of the class have it.
    let direction: [Float]
  }
  let patterns: [Pattern]
  /// By row, the greatest log odds of being of the minority along a direction of its own class, 0 where that is less
  /// probable than not; NaN without a label or in a small class.
  let logOdds: [Float]

  /// - Parameter fold: of each row, 0..<4.
  init(_ residuals: WhitenedResiduals, rowsByClass: [[Int]], fold: [Int], workers: Workers) throws {
    let finder = Finder(residuals: residuals, rowsByClass: rowsByClass, fold: fold)
    let classes = try workers.map(count: rowsByClass.count, blockSize: 1) {
      finder.patterns(of: $0.lowerBound)
    }
    var logOdds = [Float](repeating: .nan, count: residuals.whitened.rows)
    for (label, own) in classes.enumerated() where !own.isEmpty {
      for (index, row) in rowsByClass[label].enumerated() {
        logOdds[row] = own.reduce(0) { max($0, $1.logOdds[index]) }
      }
    }
    self.logOdds = logOdds
    patterns = classes.flatMap { $0.map(\.pattern) }
  }
}

private struct Finder: Sendable {
  let residuals: WhitenedResiduals
  let rowsByClass: [[Int]]
  let fold: [Int]

  /// The patterns of a class, each with the log odds of the rows of the class.
  func patterns(of label: Int) -> [(pattern: ClassPatterns.Pattern, logOdds: [Float])] {
    let own = rowsByClass[label]
    guard own.count >= ClassPatterns.fewest else { return [] }
    let partings = (0..<ClassPatterns.folds).map { tested in
      PatternDirection.all(
        in: residuals.whitened, rows: own.filter { fold[$0] != tested },
        otherCenters: otherCenters(than: label))
    }
    return partings[0].compactMap { first in
      // The folds learn the same directions in another order.
      let matched = partings.compactMap { found in
        found.max {
          PatternDirection.cosine($0.direction, first.direction)
            < PatternDirection.cosine($1.direction, first.direction)
        }
      }
      guard matched.count == partings.count, areOne(matched) else { return nil }
      let logOdds = logOdds(along: matched, of: label)
      let holders = rowsByClass.flatMap { $0 }.filter { logOdds[$0] > 0 }.sorted().map(Int32.init)
      // What other classes hold as often is how pictures vary.
      guard 2 * own.count(where: { logOdds[$0] > 0 }) > holders.count else { return nil }
      let pattern = ClassPatterns.Pattern(holders: holders, direction: first.direction)
      return (pattern, own.map { logOdds[$0] })
    }
  }

  /// Whether all folds have learnt one direction, three standard deviations of those that hold the pattern and of the
  /// others do not meet, and they are few enough to be a part of the class. Natural groups of a class are seen in some
  /// folds only, run into each other, or are half of it: of the classes of clean sets of digits, signs and objects none
  /// is all three.
  private func areOne(_ partings: [PatternDirection.Parting]) -> Bool {
    func mean(_ value: (TwoGaussians) -> Double) -> Double {
      partings.reduce(0) { $0 + value($1.groups) } / Double(partings.count)
    }
    return mean(\.separation) > Self.leastSeparation && mean(\.minority.weight) < Self.mostOfClass
      && partings.allSatisfy {
        PatternDirection.cosine($0.direction, partings[0].direction) > Self.leastCosine
      }
  }

  private static let leastSeparation = 3.0
  private static let mostOfClass = 0.35
  private static let leastCosine: Float = 0.8

  private func otherCenters(than label: Int) -> [[Float]] {
    let means = residuals.means
    return rowsByClass.indices.filter { $0 != label && !rowsByClass[$0].isEmpty }.map { other in
      zip(means.row(other), means.row(label)).map { $0 - $1 }
    }
  }

  /// Images of other classes are measured from the mean of this one, as if they were of it: a sample of another class
  /// whose label was flipped lies as far along a direction as the whole of that class does, and is no pattern.
  private func logOdds(along partings: [PatternDirection.Parting], of label: Int) -> [Float] {
    var logOdds = [Float](repeating: 0, count: residuals.whitened.rows)
    for (tested, parting) in partings.enumerated() {
      let means = PatternDirection.places(
        of: Array(rowsByClass.indices), in: residuals.means, along: parting.direction)
      for (other, members) in rowsByClass.enumerated() {
        let rows = members.filter { fold[$0] == tested }
        let places = PatternDirection.places(of: rows, in: residuals.whitened, along: parting.direction)
        for (row, place) in zip(rows, places) {
          logOdds[row] = Float(parting.groups.logOdds(Double(place + means[other] - means[label])))
        }
      }
    }
    return logOdds
  }
}
