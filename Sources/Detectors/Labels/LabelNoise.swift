import Glibc
import Model
import Numerics
import Scanning
import TriggerMining

/// Posterior probability that a label was drawn at random.
///
/// The given label of a sample is taken to come, with probability 1 − ε, from its class probabilities softened by one
/// temperature T, and with probability ε from chance among the other classes (the uniform noise of Natarajan et al.,
/// "Learning with noisy labels", NIPS 2013, as a mixture). T and ε are those of greatest likelihood; the score is
/// ε u / ((1 − ε) p_y + ε u). Range 0...1; NaN without a label.
///
/// A temperature explains a model that is unsure or too sure, but not labels that are wrong against all odds: whether ε
/// is needed at all is a likelihood ratio, of which twice the logarithm is χ² of one degree of freedom, halved since ε
/// is on its border (Self & Liang, JASA 1987). It is a finding where it is beyond one in 10⁸ and ε is over 1 %, less
/// than which label errors of public sets are (Northcutt, Athalye & Mueller, NeurIPS 2021: 0.15–10 %, 3.3 % on average;
/// over 20 clean training sets and 72 sets freed of their poison none had both). Members are those whose label is by
/// three to one chance, and which a probe on the payload itself does not take for their label either: a model that
/// is wrong is no evidence against labels.
///
/// A probe that learns many classes from few samples has not seen every class in every region, which looks like noise.
/// So labels without noise are sampled from the fit and refitted (a parametric bootstrap, Efron & Tibshirani, 1993):
/// only noise beyond what this shows, by 1 % and three standard errors (of the Fisher information of ε), is a finding.
///
/// Random noise does not depend on the sample, so wrong labels are as frequent among those that the probe on the payload
/// is surest of as anywhere. Natural errors are not: they thin out as the probe gets surer, and where a model is wrong
/// about them against all odds it takes them for noise. There is no finding where the surest show less than half of the
/// noise, so that most of its members would not be of it.
///
/// A class of which most are named is one that the probe has not learnt (it is rare, or what it is made of is not in
/// the features), and is no evidence on its labels.
package struct LabelNoise: Detector {
  package let info = DetectorInfo(
    name: "label-noise", family: .labels, summary: "the label is more likely random than correct")

  /// Shares of each class, by the probe, that are looked at as its surest.
  private static let surestShares: [Float] = [0.1, 0.2, 0.3, 0.4, 0.5]
  private static let surestP = 0.001
  private static let minPosterior: Float = 0.75
  private static let blockRows = 4096

  package func run(on input: ScanInput) throws -> Detection {
    try Needs.probabilities(input)
    let rows = input.labels.indices.filter { input.labels[$0] >= 0 }
    guard rows.count >= 2 else { throw CannotRun("needs 2 labeled samples") }
    let mixture = try LabelMixture(input.probabilities, labels: input.labels, rows: rows, input)
    let fit = try NoiseFit(mixture)
    var scores = [Float](repeating: .nan, count: input.count)
    for (row, posterior) in zip(rows, try fit.posteriors(mixture)) { scores[row] = Float(posterior) }
    guard fit.isNeeded,
      let excess = fit.excess(over: try Self.apparentNoise(input, mixture, fit.temperature)),
      !Self.isRareAmongSurest(noise: excess, input, rows)
    else { return Detection(scores: scores) }
    let chance = 1 / Float(input.classCount)
    let hasPayload = input.inputProbabilities.columns == input.classCount
    let named = rows.filter { row in
      scores[row] > Self.minPosterior
        && !(hasPayload && input.inputProbabilities[row, input.labels[row]] > chance)
    }
    let members = Self.withoutUnlearntClasses(named, input)
    guard 2 * members.count > named.count else { return Detection(scores: scores) }
    let expected = Int((excess * Double(rows.count)).rounded())
    return Detection(
      scores: scores,
      findings: [
        Finding(
          kind: .flips, attack: "label-flip",
          sentence: "~\(expected) labels look random; \(members.count) identified",
          statisticName: "likelihood ratio", statistic: fit.ratio, pValue: fit.p, qValue: fit.p,
          members: Column(members.map { Int32($0) }))
      ])
  }

  private static func withoutUnlearntClasses(_ named: [Int], _ input: ScanInput) -> [Int] {
    var counts = [Int](repeating: 0, count: input.classCount)
    for row in named { counts[input.labels[row]] += 1 }
    return named.filter { row in
      let label = input.labels[row]
      let size = Double(input.rowsByClass[label].count)
      return Double(counts[label]) <= MiningParameters.maxShareOfClass * size
    }
  }

  /// The noise that is fitted where there is none: labels are sampled from the tempered probabilities, the probe
  /// learns them, and its mixture is fitted anew. Probabilities of the user come with no probe, and count as they are.
  private static func apparentNoise(
    _ input: ScanInput, _ mixture: LabelMixture, _ temperature: Double
  ) throws -> LabelMixture.Fit {
    if input.hasGivenProbabilities { return LabelMixture.Fit.none }
    var random = SeededRandom(seed: input.seed, stream: 0x1A_BE15)
    var labels = input.labels
    let uniforms = mixture.rows.map { _ in random.uniform() }
    let drawn = try input.workers.map(count: uniforms.count, blockSize: blockRows) { range in
      range.map { mixture.draw($0, temperature: temperature, uniforms[$0]) }
    }
    for (row, label) in zip(mixture.rows, drawn.joined()) { labels[row] = label }
    let redrawn = try LabelMixture(input.relearn(labels), labels: labels, rows: mixture.rows, input)
    return try redrawn.bestTemperature(noise: redrawn.bestNoise)
  }

  /// Whether fewer labels are wrong than half of `noise` would make, among the rows of which the probe on the payload
  /// is surest; by rank within the predicted class, so that noise of one class counts as well.
  private static func isRareAmongSurest(noise: Double, _ input: ScanInput, _ rows: [Int]) -> Bool {
    guard input.inputProbabilities.columns == input.classCount else { return false }
    var sureness = [Float](repeating: .nan, count: input.count)
    var predicted = [Int](repeating: -1, count: input.count)
    var groups = [[Int]](repeating: [], count: input.classCount)
    for row in rows {
      let p = input.inputProbabilities.row(row)
      guard let best = p.indices.max(by: { p[$0] < p[$1] }) else { continue }
      sureness[row] = p[best]
      predicted[row] = best - p.startIndex
      groups[predicted[row]].append(row)
    }
    let ranks = Ranks.upperTail(sureness, within: groups)
    return surestShares.contains { share in
      let surest = rows.filter { ranks[$0] <= share }
      let right = surest.count { predicted[$0] == input.labels[$0] }
      let logP = Tails.logBinomialUpper(successes: right, trials: surest.count, probability: 1 - noise / 2)
      return logP < log(surestP / Double(surestShares.count))
    }
  }
}
