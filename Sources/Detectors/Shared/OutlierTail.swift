import Glibc
import Model
import Numerics
import Scanning

/// Whether a set has outliers: samples farther out than the set's own tail reaches.
///
/// The logarithm of a score, less its class's median and over its quartile range, has a tail that `ParetoTail` fits to
/// the 80th to 95th percentile. What it leaves improbable after Benjamini & Hochberg's correction at 5 % over all
/// samples is a finding from five members on: one sample in a clean set now and then is natural, a group is not. Of 187
/// sets to fit on, none of the 9 clean ones had a finding; of the 24 findings in the others 22 were of planted outliers
/// or floods with nine tenths of the members planted or more, two of tables that have far rows by nature.
enum OutlierTail {
  static let falseDiscoveries = 0.05
  static let minMembers = 5
  /// Samples that share a value on average, from which a score is discrete, and scores that are looked at for it.
  private static let (samplesOfValue, maxCompared) = (10, 10_000)

  /// - Parameter logarithms: scores on a logarithmic scale; NaN where there is none.
  static func findings(_ logarithms: [Float], _ input: ScanInput, what: String) -> [Finding] {
    guard !isDiscrete(logarithms) else { return [] }
    let relative = relative(logarithms, input)
    guard let tail = ParetoTail(relative) else { return [] }
    let rows = relative.indices.filter { !relative[$0].isNaN }
    let p = rows.map { tail.upper(relative[$0]) }
    let q = Tails.benjaminiHochberg(p)
    let beyond = rows.indices.filter { q[$0] <= falseDiscoveries }
    guard beyond.count >= minMembers else { return [] }
    let weakest = max(1e-300, beyond.reduce(0) { max($0, p[$1]) })
    let members = SharedValue.exclude(from: beyond.map { rows[$0] }, input)
    guard members.count >= minMembers else { return [] }
    let expected = weakest * Double(rows.count)
    // The correction looked at as many groups as there are samples.
    let chance = Tails.logBinomialUpper(successes: members.count, trials: rows.count, probability: weakest)
    return [
      Finding(
        kind: .outliers, attack: "outlier",
        sentence: "\(members.count) samples \(what) than expected", statisticName: "z",
        statistic: 2 * (Double(members.count).squareRoot() - expected.squareRoot()),
        pValue: min(1, exp(chance + log(Double(rows.count)))),
        members: Column(members.map(Int32.init)))
    ]
  }

  /// Whether a score has a few values that many samples share, as distances in a table of categories do. Such a score has steps
  /// and no tail.
  private static func isDiscrete(_ scores: [Float]) -> Bool {
    let step = max(1, scores.count / maxCompared)
    let known = stride(from: 0, to: scores.count, by: step).map { scores[$0] }.filter { !$0.isNaN }
    return Set(known).count * samplesOfValue < known.count
  }

  /// Less the median of the class, over its quartile range. The smallest score of all is that of copies (`LogScale`), of
  /// which many in one class would widen its range, and make the tails of the others look long: they are no part of either.
  private static func relative(_ logarithms: [Float], _ input: ScanInput) -> [Float] {
    let minimum = logarithms.reduce(Float.infinity) { min($0, $1) }
    var relative = [Float](repeating: .nan, count: logarithms.count)
    for rows in ClassStandard.groups(input.rowsByClass, count: input.count, minSize: 20) {
      let quartiles = Statistics.quantiles(
        rows.lazy.map { logarithms[$0] }.filter { $0 > minimum }, [0.25, 0.5, 0.75])
      let range = quartiles[2] - quartiles[0]
      guard range > 0 else { continue }
      for row in rows { relative[row] = Float((Double(logarithms[row]) - quartiles[1]) / range) }
    }
    return relative
  }
}
