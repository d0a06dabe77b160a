import Glibc
import Model
import Numerics
import Scanning

/// The likelihood of labels under tempered probabilities mixed with chance.
struct LabelMixture: Sendable {
  /// log p of each labeled row, [rows, K].
  let logits: DenseMatrix
  /// Row of the dataset of each.
  let rows: [Int]
  let labels: [Int]
  let workers: Workers
  var classes: Int { logits.columns }
  /// Probabilities below this are taken for it: what a float32 model rounds away is no evidence.
  static let minProbability: Float = 1e-6
  private static let blockRows = 512

  init(_ probabilities: DenseMatrix, labels: [Int], rows: [Int], _ input: ScanInput) throws {
    let blocks = try input.workers.map(count: rows.count, blockSize: Self.blockRows) { range in
      try input.checkCancellation()
      return rows[range].flatMap { row in probabilities.row(row).map { log(max($0, Self.minProbability)) } }
    }
    logits = DenseMatrix(rows: rows.count, columns: probabilities.columns, joining: blocks)
    self.rows = rows
    self.labels = rows.map { labels[$0] }
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
    /// Of the estimate of `noise`: the inverse of its Fisher information.
    var noiseVariance: Double
    var logLikelihood: Double
    /// No noise, for certain.
    static let none = Fit(temperature: 1, noise: 0, noiseVariance: 0, logLikelihood: 0)
  }

  private func noiseVariance(_ given: [Double], _ noise: Double) -> Double {
    let information = given.reduce(0.0) { sum, p in
      let slope = (chance(p) - p) / ((1 - noise) * p + noise * chance(p) + 1e-300)
      return sum + slope * slope
    }
    return information > 0 ? 1 / information : 0
  }

  /// The class that a uniform number 0..<1 draws from the tempered probabilities of row `index`.
  func draw(_ index: Int, temperature: Double, _ uniform: Double) -> Int {
    var powers = Array(logits.row(index)).map { $0 / Float(temperature) }
    powers.withUnsafeMutableBufferPointer { _ = Softmax.apply($0) }
    var left = Float(uniform)
    for (label, p) in powers.enumerated() {
      left -= p
      if left < 0 { return label }
    }
    return powers.indices.max { powers[$0] < powers[$1] } ?? 0
  }

  /// Golden-section search for log T in ±3.
  func bestTemperature(noise: ([Double]) -> Double) throws -> Fit {
    func fit(_ logTemperature: Double) throws -> Fit {
      let temperature = exp(logTemperature)
      let given = try given(temperature)
      let noise = noise(given)
      return Fit(
        temperature: temperature, noise: noise, noiseVariance: noiseVariance(given, noise),
        logLikelihood: logLikelihood(given, noise))
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
