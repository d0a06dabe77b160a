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
  /// Of noise by the columns that are left: where they do not go together, nothing tells rows from made-up ones.
  private static let maxPartP = 0.001
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
    let found = try Fit(shares, of: all, reference, input)
    guard found.noise >= LabelNoise.minNoise, found.p <= LabelNoise.maxP else { return nil }

    let kept = all.filter { !trimmed.contains($0) }
    let null = try reference.grow(excluding: trimmed.union(Self.leastReal(kept, shares))).outOfBag
    let apparent = try Fit(null, of: kept, reference, input)
    let error = (found.variance + apparent.variance).squareRoot()
    guard found.noise - apparent.noise >= max(LabelNoise.minNoise, 3 * error) else { return nil }

    let posteriors = try Self.refitted(found, shares, reference, input)
    let named = posteriors.indices.filter { posteriors[$0] > Self.minPosterior }
    members = try Self.confirmed(named, reference, input)
    guard members.count >= OutlierTail.minMembers, 2 * members.count > named.count else { return nil }
    expected = posteriors.reduce(0, +)
    ratio = found.ratio
    p = found.p
  }

  /// Of each row of the table, to a forest that has not learnt from those that are surely noise.
  private static func refitted(
    _ found: Fit, _ shares: DenseMatrix, _ reference: ReferenceForest, _ input: ScanInput
  ) throws -> [Double] {
    let all = Array(reference.rows.indices)
    var (fit, forest) = (found, try reference.grow(excluding: sure(found.posteriors(shares, input), all)))
    for _ in 1..<refits {
      fit = try Fit(forest.outOfBag, of: all, reference, input)
      forest = try reference.grow(excluding: sure(fit.posteriors(forest.outOfBag, input), all))
    }
    fit = try Fit(forest.outOfBag, of: all, reference, input)
    return try fit.posteriors(reference.shares(of: forest, for: Array(0..<input.count)), input)
  }

  private static func sure(_ posteriors: [Double], _ indices: [Int]) -> Set<Int> {
    Set(indices.filter { posteriors[$0] > surePosterior })
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
      let fit = try Fit(forest.outOfBag, of: Array(reference.rows.indices), reference, input)
      guard fit.p <= maxPartP else { return [] }
      let posteriors = try fit.posteriors(part.shares(of: forest, for: rest), input)
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

  /// The mixture of some real rows and all made-up ones.
  private struct Fit {
    let temperature: Double
    let noise: Double
    /// Of the estimate of `noise`.
    let variance: Double
    let ratio: Double
    var p: Double { Tails.normalUpper(ratio.squareRoot()) }

    init(_ shares: DenseMatrix, of real: [Int], _ reference: ReferenceForest, _ input: ScanInput) throws {
      let labels = reference.labels
      let made = labels.indices.suffix(labels.count - reference.rows.count)
      let mixture = try LabelMixture(shares, labels: labels, rows: real + made, input)
      let plain = try mixture.bestTemperature(noise: { _ in 0 })
      let noisy = try mixture.bestTemperature(noise: mixture.bestNoise)
      temperature = noisy.temperature
      noise = noisy.noise
      variance = noisy.noiseVariance
      ratio = max(0, 2 * (noisy.logLikelihood - plain.logLikelihood))
    }

    /// Probability that it is noise, of each row of `shares`, as if all were real.
    func posteriors(_ shares: DenseMatrix, _ input: ScanInput) throws -> [Double] {
      let labels = [Int](repeating: ReferenceForest.real, count: shares.rows)
      return try LabelMixture(shares, labels: labels, rows: Array(labels.indices), input)
        .posteriors(temperature: temperature, noise: noise)
    }
  }
}
