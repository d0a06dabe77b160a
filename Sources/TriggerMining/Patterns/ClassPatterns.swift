import Glibc
import Numerics
import Scanning

/// For every class the directions in which some of its images differ from the rest, and how far each image of the set
/// lies along them.
///
/// Cross-fitted: a direction is learnt from three quarters of a class and used on the fourth and on a fourth of the
/// other classes, so that along one that fits noise no image lies far.
struct ClassPatterns: Sendable {
  /// Smallest class that is searched.
  static let minImages = 20
  static let folds = 4
  /// Separation above which a wave is a finding although the labels are no evidence. The largest between natural groups
  /// of pictures was 3.02.
  static let clearSeparation = 4.0

  struct Pattern: Sendable {
    /// The class that it was found in.
    let label: Int
    /// Rows that hold it, whatever their label, ascending.
    let holders: [Int32]
    /// Of the two groups of the class, in standard deviations (`TwoGaussians.separation`), on average over the folds.
    let separation: Double
    /// Logarithm of a bound on the probability of so clear a split along a direction of one normal group.
    let logP: Double
    /// Whether it is one wave over the picture; natural groups of a class do not differ by one.
    let isWave: Bool
    /// Whitened, towards those that hold it; as three quarters of the class have it.
    let direction: [Float]
  }
  let patterns: [Pattern]
  /// By row, the greatest log odds of holding a pattern of its own class, 0 where that is less probable than not; NaN
  /// without a label or in a class that has no pattern, beside which the faintest trace of one would rank high.
  let logOdds: [Float]

  /// - Parameter fold: of each row, 0..<4.
  init(_ residuals: WhitenedResiduals, of input: ScanInput, fold: [Int]) throws {
    let rowsByClass = input.rowsByClass
    let spectra = try input.cosineSpectra()
    let waves = try ClassWaves(spectra, rowsByClass: rowsByClass, workers: input.workers)
    let finder = Finder(
      residuals: residuals, waves: waves, height: spectra.height, width: spectra.width,
      rowsByClass: rowsByClass, fold: fold)
    let classes = try input.workers.map(count: rowsByClass.count, blockSize: 1) {
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
  let waves: ClassWaves
  let height: Int
  let width: Int
  let rowsByClass: [[Int]]
  let fold: [Int]

  /// The patterns of a class, each with the log odds of the rows of the class.
  func patterns(of label: Int) -> [(pattern: ClassPatterns.Pattern, logOdds: [Float])] {
    let own = rowsByClass[label]
    guard own.count >= ClassPatterns.minImages else { return [] }
    let waves = waves.waves[label].map(residuals.whitened)
    let splits = (0..<ClassPatterns.folds).map { tested in
      PatternDirection.all(
        in: residuals.whitened, rows: own.filter { fold[$0] != tested },
        otherCenters: otherCenters(than: label), waves: waves)
    }
    return splits[0].compactMap { first in
      // The folds learn the same directions in another order.
      let matched = splits.compactMap { found in
        found.max {
          PatternDirection.cosine($0.direction, first.direction)
            < PatternDirection.cosine($1.direction, first.direction)
        }
      }
      guard matched.count == splits.count, isPattern(matched) else { return nil }
      let logOdds = logOdds(along: matched, of: label)
      let holders = rowsByClass.flatMap { $0 }.filter { logOdds[$0] > 0 }.sorted().map(Int32.init)
      // A pattern that other classes hold as often is natural variation.
      guard 2 * own.count(where: { logOdds[$0] > 0 }) > holders.count else { return nil }
      let pattern = ClassPatterns.Pattern(
        label: label, holders: holders, separation: mean(matched, \.groups.separation),
        logP: logP(matched, own), isWave: isWave(first), direction: first.direction)
      return (pattern, own.map { logOdds[$0] })
    }
  }

  /// Whether all folds have learnt one direction, the groups are three standard deviations of both apart, and those that
  /// hold the pattern are a clear minority of the class or what they hold is a wave. Natural groups of a class are seen in
  /// some folds only, overlap, or are half of it: no class of clean sets of digits, signs and objects has all three.
  private func isPattern(_ splits: [PatternDirection.TwoGroupSplit]) -> Bool {
    let weight = mean(splits, \.weight)
    return mean(splits, \.groups.separation) > Self.minSeparation && weight < MiningParameters.maxShareOfClass
      && splits.allSatisfy {
        PatternDirection.cosine($0.direction, splits[0].direction) > Self.minCosine
      }
      && (weight < PatternDirection.clearMinority || isWave(splits[0]))
  }

  private static let minSeparation = 3.0
  /// Share of a pattern's power in one frequency: 0.47 and more for planted waves, at most 0.26 for other patterns that
  /// split classes.
  private static let minWave = 0.4
  private static let minCosine: Float = 0.8

  private func isWave(_ split: PatternDirection.TwoGroupSplit) -> Bool {
    let pattern = residuals.pixels(split.direction)
    return Wave.share(of: pattern, height: height, width: width) > Self.minWave
  }

  private func mean(
    _ splits: [PatternDirection.TwoGroupSplit], _ value: (PatternDirection.TwoGroupSplit) -> Double
  ) -> Double {
    splits.reduce(0) { $0 + value($1) } / Double(splits.count)
  }

  /// Universal inference (Wasserman, Ramdas & Balakrishnan, PNAS 2020, section 3): the likelihood of the two groups,
  /// which three folds have taught, for the fourth, over that of the one normal group that fits the fourth best. Its
  /// mean over the folds is 1 at most where there is one group, so that its inverse bounds the probability (Markov).
  private func logP(_ splits: [PatternDirection.TwoGroupSplit], _ own: [Int]) -> Double {
    let logRatios = splits.enumerated().map { tested, split -> Double in
      let coordinates = PatternDirection.coordinates(
        of: own.filter { fold[$0] == tested }, in: residuals.whitened, along: split.direction)
      return split.groups.logLikelihood(coordinates) - TwoGaussians.logLikelihoodOfOne(coordinates)
    }
    return min(0, log(Double(splits.count)) - Statistics.logSumExp(logRatios))
  }

  private func otherCenters(than label: Int) -> [[Float]] {
    let means = residuals.means
    return rowsByClass.indices.filter { $0 != label && !rowsByClass[$0].isEmpty }.map { other in
      zip(means.row(other), means.row(label)).map { $0 - $1 }
    }
  }

  /// Images of other classes are measured from the mean of this one, as if they were of it: a sample of another class
  /// whose label was flipped lies as far along a direction as the whole of that class does, and is no pattern.
  private func logOdds(along splits: [PatternDirection.TwoGroupSplit], of label: Int) -> [Float] {
    var logOdds = [Float](repeating: 0, count: residuals.whitened.rows)
    for (tested, split) in splits.enumerated() {
      let means = PatternDirection.coordinates(
        of: Array(rowsByClass.indices), in: residuals.means, along: split.direction)
      for (other, members) in rowsByClass.enumerated() {
        let rows = members.filter { fold[$0] == tested }
        let coordinates = PatternDirection.coordinates(
          of: rows, in: residuals.whitened, along: split.direction)
        for (row, coordinate) in zip(rows, coordinates) {
          logOdds[row] = Float(split.logOdds(Double(coordinate + means[other] - means[label])))
        }
      }
    }
    return logOdds
  }
}
