import Glibc
import Model

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
/// over 20 clean training sets and 72 sets freed of their poison none had both). Members are those whose label is more
/// probably chance than not, and which a probe on the payload itself does not take for their label either: a model that
/// is wrong is no evidence against labels.
struct LabelNoise: Detector {
  let info = DetectorInfo(
    name: "label-noise", family: .labels, summary: "its label is more likely chance than what it looks like")

  static let leastNoise = 0.01
  static let greatestP = 1e-8

  func run(on input: ScanInput) throws -> Detection {
    try Needs.labels(input)
    let rows = input.labels.indices.filter { input.labels[$0] >= 0 }
    guard rows.count >= 2 else { throw CannotRun("needs 2 labeled samples") }
    let mixture = try LabelMixture(input, rows: rows)
    let plain = try mixture.bestTemperature(noise: { _ in 0 })
    let noisy = try mixture.bestTemperature(noise: mixture.bestNoise)
    let noise = noisy.noise
    var scores = [Float](repeating: .nan, count: input.count)
    for (row, posterior) in zip(rows, try mixture.posteriors(temperature: noisy.temperature, noise: noise)) {
      scores[row] = Float(posterior)
    }
    let ratio = max(0, 2 * (noisy.logLikelihood - plain.logLikelihood))
    let p = Tails.normalUpper(ratio.squareRoot())
    guard noise >= Self.leastNoise, p <= Self.greatestP else { return Detection(scores: scores) }
    let chance = 1 / Float(input.classCount)
    let members = rows.filter { row in
      scores[row] > 0.5 && !(input.inputProbabilities[row, input.labels[row]] > chance)
    }
    guard !members.isEmpty else { return Detection(scores: scores) }
    let expected = Int((noise * Double(rows.count)).rounded())
    return Detection(
      scores: scores,
      findings: [
        Finding(
          kind: .flips, attack: "label-flip",
          sentence: "about \(expected) labels look drawn at random; \(members.count) can be named",
          statisticName: "likelihood ratio", statistic: ratio, pValue: p, qValue: p,
          members: Column(members.map { Int32($0) }))
      ])
  }
}

/// The likelihood of labels under tempered probabilities mixed with chance.
private struct LabelMixture {
  /// log p of each labeled row, [rows, K].
  let logits: DenseMatrix
  let labels: [Int]
  let workers: Workers
  var classes: Int { logits.columns }
  /// Probabilities below this are taken for it: what a float32 model rounds away is no evidence.
  static let least: Float = 1e-6
  private static let blockRows = 512

  init(_ input: ScanInput, rows: [Int]) throws {
    let blocks = try input.workers.map(count: rows.count, blockSize: Self.blockRows) { range in
      try input.checkCancellation()
      return rows[range].flatMap { row in input.probabilities.row(row).map { log(max($0, Self.least)) } }
    }
    logits = DenseMatrix(rows: rows.count, columns: input.probabilities.columns, joining: blocks)
    labels = rows.map { input.labels[$0] }
    workers = input.workers
  }

  /// p_y of each row at a temperature.
  private func given(_ temperature: Double) throws -> [Double] {
    let scale = Float(1 / temperature)
    return try workers.map(count: labels.count, blockSize: Self.blockRows) { range in
      logits.withUnsafeValues { values in
        range.map { index -> Double in
          let row = UnsafeBufferPointer(rebasing: values[index * classes..<(index + 1) * classes])
          let (greatest, sum) = Softmax.sum(of: row, scale: scale)
          return exp(Double((row[labels[index]] - greatest) * scale)) / Double(sum)
        }
      }
    }.flatMap { $0 }
  }

  private func chance(_ p: Double) -> Double { (1 - p) / Double(classes - 1) }

  private func logLikelihood(_ given: [Double], _ noise: Double) -> Double {
    given.reduce(0) { $0 + log((1 - noise) * $1 + noise * chance($1) + 1e-300) }
  }

  /// ε of greatest likelihood by expectation and maximisation, from 5 %.
  func bestNoise(_ given: [Double]) -> Double {
    var noise = 0.05
    for _ in 0..<200 {
      let sum = given.reduce(0.0) { sum, p in
        let random = noise * chance(p)
        return sum + random / ((1 - noise) * p + random + 1e-300)
      }
      let next = sum / Double(given.count)
      if abs(next - noise) < 1e-7 { return next }
      noise = next
    }
    return noise
  }

  struct Fit {
    var temperature: Double
    var noise: Double
    var logLikelihood: Double
  }

  /// Golden-section search for log T in ±3.
  func bestTemperature(noise: ([Double]) -> Double) throws -> Fit {
    func fit(_ logTemperature: Double) throws -> Fit {
      let temperature = exp(logTemperature)
      let given = try given(temperature)
      let noise = noise(given)
      return Fit(temperature: temperature, noise: noise, logLikelihood: logLikelihood(given, noise))
    }
    let ratio = (5.0.squareRoot() - 1) / 2
    var low = -3.0
    var high = 3.0
    var a = try fit(high - ratio * (high - low))
    var b = try fit(low + ratio * (high - low))
    while high - low > 1e-3 {
      if a.logLikelihood >= b.logLikelihood {
        high = log(b.temperature)
        b = a
        a = try fit(high - ratio * (high - low))
      } else {
        low = log(a.temperature)
        a = b
        b = try fit(low + ratio * (high - low))
      }
    }
    return a.logLikelihood >= b.logLikelihood ? a : b
  }

  func posteriors(temperature: Double, noise: Double) throws -> [Double] {
    try given(temperature).map { p in
      let random = noise * chance(p)
      return random / ((1 - noise) * p + random + 1e-300)
    }
  }
}
