/// Agreement beyond chance of those who put samples into categories without an order, with its standard error for large
/// numbers of samples.
package struct Kappa: Sendable, Equatable {
  /// The share of the pairs of ratings of one sample that are the same.
  package let observed: Double
  /// What chance alone would make of it.
  package let expected: Double
  /// 1 where all ratings are the same, 0 where no more of them than by chance; below it where fewer.
  package let value: Double
  /// Nil of fewer than two samples.
  package let standardError: Double?

  /// Of the standard normal distribution.
  private static let quantile = 1.959964

  /// The interval of 95 %, within -1...1.
  package var interval: (low: Double, high: Double)? {
    standardError.map { error in
      (max(-1, value - Self.quantile * error), min(1, value + Self.quantile * error))
    }
  }

  /// Two raters: J. Cohen, "A coefficient of agreement for nominal scales" (1960); the error that of J. L. Fleiss,
  /// J. Cohen, B. S. Everitt, "Large sample standard errors of kappa and weighted kappa" (1969), not of the hypothesis
  /// that there is no agreement.
  /// - Parameter pairs: the two categories of each sample.
  /// - Returns: nil without samples, and where both have put all into one category, so that chance explains it all.
  package static func cohen<Category: Hashable>(_ pairs: [(Category, Category)]) -> Kappa? {
    let count = Double(pairs.count)
    var codes: [Category: Int] = [:]
    for (a, b) in pairs {
      for category in [a, b] where codes[category] == nil { codes[category] = codes.count }
    }
    let size = codes.count
    // Whole numbers, whose sums are exact in any order.
    var table = [Double](repeating: 0, count: size * size)
    var first = [Double](repeating: 0, count: size)
    var second = first
    for (a, b) in pairs {
      guard let row = codes[a], let column = codes[b] else { continue }
      table[row * size + column] += 1
      first[row] += 1
      second[column] += 1
    }
    let same = (0..<size).reduce(0) { $0 + table[$1 * size + $1] }
    let chance = (0..<size).reduce(0) { $0 + first[$1] * second[$1] } / (count * count)
    guard count > 0, chance < 1 else { return nil }
    let observed = same / count
    let value = (observed - chance) / (1 - chance)
    var onDiagonal = 0.0
    var offDiagonal = 0.0
    for row in 0..<size {
      let share = 1 - (first[row] + second[row]) / count * (1 - value)
      onDiagonal += table[row * size + row] / count * share * share
      for column in 0..<size where column != row {
        let sum = (second[row] + first[column]) / count
        offDiagonal += table[row * size + column] / count * sum * sum
      }
    }
    let rest = value - chance * (1 - value)
    let variance = (onDiagonal + (1 - value) * (1 - value) * offDiagonal - rest * rest) / count
    return Kappa(
      observed: observed, expected: chance, value: value,
      standardError: count > 1 ? max(0, variance).squareRoot() / (1 - chance) : nil)
  }

  /// Any number of raters, not the same for each sample: J. L. Fleiss, "Measuring nominal scale agreement among many
  /// raters" (1971); for missing ratings and the error K. L. Gwet, "Handbook of Inter-Rater Reliability" (4th edition,
  /// 2014) and "Large-sample variance of Fleiss generalized kappa" (2021).
  /// - Parameter ratings: of each sample the categories it was put into.
  /// - Returns: nil where no sample has two ratings, and where all are of one category.
  package static func fleiss<Category: Hashable>(_ ratings: [[Category]]) -> Kappa? {
    let rated = ratings.filter { !$0.isEmpty }
    let counts = rated.map { categories in
      categories.reduce(into: [Category: Int]()) { $0[$1, default: 0] += 1 }
    }
    let several = counts.indices.filter { rated[$0].count > 1 }
    guard !several.isEmpty else { return nil }
    let (all, paired) = (Double(rated.count), Double(several.count))
    func agreement(_ index: Int) -> Double {
      let n = rated[index].count
      return Double(counts[index].values.reduce(0) { $0 + $1 * ($1 - 1) }) / Double(n * (n - 1))
    }
    let agreements = counts.indices.map { rated[$0].count > 1 ? agreement($0) : nil }
    let observed = agreements.reduce(0) { $0 + ($1 ?? 0) } / paired
    var shares: [Category: Double] = [:]
    for (index, count) in counts.enumerated() {
      for (category, number) in count {
        shares[category, default: 0] += Double(number) / Double(rated[index].count) / all
      }
    }
    // In an order that is the same in every run.
    let expected = shares.values.map { $0 * $0 }.sorted().reduce(0, +)
    guard shares.count > 1 else { return nil }
    let value = (observed - expected) / (1 - expected)
    let squares = counts.indices.reduce(0.0) { sum, index in
      let own = agreements[index].map { all / paired * ($0 - expected) / (1 - expected) } ?? 0
      let chance =
        counts[index].map { (shares[$0] ?? 0) * Double($1) }.sorted().reduce(0, +)
        / Double(rated[index].count)
      let part = own - 2 * (1 - value) * (chance - expected) / (1 - expected)
      return sum + (part - value) * (part - value)
    }
    return Kappa(
      observed: observed, expected: expected, value: value,
      standardError: rated.count > 1 ? (squares / all / (all - 1)).squareRoot() : nil)
  }
}
