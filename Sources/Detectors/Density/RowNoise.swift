import Learning
import Numerics
import Scanning

/// Rows of a table that are noise: made up, not measured.
///
/// "Real" and "made up" are two labels, and noise is a row that is labelled real against all odds: the question of
/// `LabelNoise`, with its mixture of a temperature and of chance ε. But a calibrated forest has learnt how many of the real rows
/// lie where made-up ones do, so that noise does not contradict it. It does where the fifth of the real rows that looks most
/// made up is left out of the learning: rows at the margin of a clean table are still near to others then, and a temperature
/// explains them; noise is explained by ε alone.
///
/// What a clean table shows of ε when it is treated in this way is measured on the rows that stayed, and noise is what goes
/// beyond it by 1 % of all rows, real and made up, and by three standard errors. A fifth of noise or more is not seen. Members
/// are by three to one noise to a forest that learnt without those that are by nine to one, and stay so whichever columns are left
/// out (`confirmed`); half of those that are named have to.
struct RowNoise {
  /// Rows of the table, ascending; at least `OutlierTail.minMembers`.
  let members: [Int]
  /// Number of rows that are noise, by the sum of their probabilities.
  let expected: Double
  /// Of the mixture with ε over the one without, twice the logarithm of the likelihoods.
  let ratio: Double
  let p: Double

  private static let trimmedShare = 0.2
  private static let minPosterior = 0.75
  /// From here on a row is not learnt from, in so many rounds.
  private static let surePosterior = 0.9
  private static let refits = 2
  /// Of a row, whichever columns are left out, one of so many groups at a time.
  private static let stillLikely = 0.1
  private static let maxGroups = 4
  /// Fewer rows than these that look more made up than half of the made-up ones cannot hold the least noise that is a finding.
  private static let minShareBeyond = 0.005
  private static let minShareTold = 0.8

  /// - Parameter first: [2M, 2] what a forest of all rows says of those that are learnt from.
  /// - Returns: nil where noise is no finding.
  init?(_ reference: ReferenceForest, _ first: DenseMatrix, _ input: ScanInput) throws {
    guard Self.shareBeyond(first, reference) >= Self.minShareBeyond, Self.areTold(first, reference) else {
      return nil
    }
    let all = Array(reference.rows.indices)
    let trimmed = Self.leastReal(all, first)
    let shares = try reference.grow(excluding: trimmed).outOfBag
    let found = try NoiseFit(Self.mixture(shares, of: all, reference, input))
    guard found.isNeeded else { return nil }

    let kept = all.filter { !trimmed.contains($0) }
    let null = try reference.grow(excluding: trimmed.union(Self.leastReal(kept, shares))).outOfBag
    let apparent = try NoiseFit(Self.mixture(null, of: kept, reference, input))
    guard found.excess(over: apparent) != nil else { return nil }

    var (fit, forest) = try Self.refit(found, shares, reference, input)
    for _ in 1..<Self.refits { (fit, forest) = try Self.refit(fit, forest.outOfBag, reference, input) }
    let posteriors = try Self.posteriors(
      fit, reference.shares(of: forest, for: Array(0..<input.count)), input)
    let named = posteriors.indices.filter { posteriors[$0] > Self.minPosterior }
    members = try Self.confirmed(named, reference, input)
    guard members.count >= OutlierTail.minMembers, 2 * members.count > named.count else { return nil }
    expected = posteriors.reduce(0, +)
    ratio = found.ratio
    p = found.p
  }

  /// A forest that has not learnt from the rows that are surely noise, and the fit of what it says.
  private static func refit(
    _ fit: NoiseFit, _ shares: DenseMatrix, _ reference: ReferenceForest, _ input: ScanInput
  ) throws -> (NoiseFit, RandomForest) {
    let all = Array(reference.rows.indices)
    let posteriors = try posteriors(fit, shares, input)
    let forest = try reference.grow(excluding: Set(all.filter { posteriors[$0] > surePosterior }))
    return (try NoiseFit(mixture(forest.outOfBag, of: all, reference, input)), forest)
  }

  /// Rows that are noise whichever columns are left out, to forests that have not learnt from them: what one column alone says
  /// against a row is that its cell is wrong, not that the row is made up.
  private static func confirmed(
    _ named: [Int], _ reference: ReferenceForest, _ input: ScanInput
  ) throws -> [Int] {
    let columns = reference.columns
    guard columns.count > 2 else { return [] }
    let isNamed = Set(named)
    let excluded = Set(reference.rows.indices.filter { isNamed.contains(reference.rows[$0]) })
    let groups = min(columns.count, maxGroups)
    var rest = named
    for group in 0..<groups where !rest.isEmpty {
      let out = Set(columns.indices.filter { $0 % groups == group }.map { columns[$0] })
      let part = reference.without(out)
      let forest = try part.grow(excluding: excluded)
      let fit = try NoiseFit(mixture(forest.outOfBag, of: Array(reference.rows.indices), reference, input))
      let posteriors = try posteriors(fit, part.shares(of: forest, for: rest), input)
      rest = zip(rest, posteriors).filter { $1 > stillLikely }.map(\.0)
    }
    return rest
  }

  /// Share of the real rows that look more made up than the median of the made-up ones.
  private static func shareBeyond(_ shares: DenseMatrix, _ reference: ReferenceForest) -> Double {
    let count = reference.rows.count
    let median = Float(Statistics.median((count..<2 * count).map { shares[$0, ReferenceForest.real] }))
    return Double((0..<count).count { shares[$0, ReferenceForest.real] <= median }) / Double(count)
  }

  /// Whether most made-up rows look less real than the fifth of the real ones that is trimmed does. They do not where the columns
  /// hardly depend on each other: there, rows of which a cell or two are wrong are all that differs from made-up ones.
  private static func areTold(_ shares: DenseMatrix, _ reference: ReferenceForest) -> Bool {
    let count = reference.rows.count
    let real = (0..<2 * count).map { shares[$0, ReferenceForest.real] }
    let limit = Float(Statistics.quantile(real[..<count], trimmedShare))
    return Double(real[count...].count { $0 < limit }) >= minShareTold * Double(count)
  }

  private static func leastReal(_ indices: [Int], _ shares: DenseMatrix) -> Set<Int> {
    let real = indices.map { shares[$0, ReferenceForest.real] }
    let order = FloatOrder.rising(real).prefix(Int(trimmedShare * Double(indices.count)))
    return Set(order.map { indices[$0] })
  }

  /// Of some real rows and all made-up ones.
  private static func mixture(
    _ shares: DenseMatrix, of real: [Int], _ reference: ReferenceForest, _ input: ScanInput
  ) throws -> LabelMixture {
    let labels = reference.labels
    let made = labels.indices.suffix(labels.count - reference.rows.count)
    return try LabelMixture(shares, labels: labels, rows: real + made, input)
  }

  /// Probability that it is noise, of each row of `shares`, as if all were real.
  private static func posteriors(
    _ fit: NoiseFit, _ shares: DenseMatrix, _ input: ScanInput
  ) throws -> [Double] {
    let labels = [Int](repeating: ReferenceForest.real, count: shares.rows)
    return try fit.posteriors(LabelMixture(shares, labels: labels, rows: Array(labels.indices), input))
  }
}
