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
  /// Rows of a block of a sum: of one block it is a sum of one row after the other.
  private static let sumRows = 16_384

  init(_ probabilities: DenseMatrix, labels: [Int], rows: [Int], _ input: ScanInput) throws {
    logits = try DenseMatrix(
      rows: rows.count, columns: probabilities.columns, blockRows: Self.blockRows, workers: input.workers
    ) { range, target in
      try input.checkCancellation()
      for (index, row) in rows[range].enumerated() {
        let place = target + index * probabilities.columns
        for (label, p) in probabilities.row(row).enumerated() {
          place[label] = log(max(p, Self.minProbability))
        }
      }
    }
    self.rows = rows
    self.labels = rows.map { labels[$0] }
    workers = input.workers
  }

  /// p_y of each row at a temperature.
  private func given(_ temperature: Double) throws -> [Double] {
    let scale = Float(1 / temperature)
    return try workers.map(count: labels.count, blockSize: Self.blockRows) { range in
      logits.withUnsafeValues { values in
        let rows = UnsafeBufferPointer(
          rebasing: values[range.lowerBound * classes..<range.upperBound * classes])
        let (greatest, sums) = Softmax.sums(of: rows, classes: classes, scale: scale)
        return range.enumerated().map { place, index -> Double in
          exp(Double((rows[place * classes + labels[index]] - greatest[place]) * scale)) / Double(sums[place])
        }
      }
    }.flatMap { $0 }
  }

  private func chance(_ p: Double) -> Double { (1 - p) / Double(classes - 1) }

  private func logLikelihood(_ given: [Double], _ noise: Double) throws -> Double {
    var total = 0.0
    try workers.reduce(count: given.count, blockSize: Self.sumRows, into: &total) { range in
      given[range].reduce(into: 0) { $0 += log((1 - noise) * $1 + noise * chance($1) + 1e-300) }
    } merge: {
      $0 += $1
    }
    return total
  }

  /// ε of greatest likelihood, 1e-7 where there is no noise: the order of the posteriors does not depend on it, and 0
  /// would make them all alike. The logarithm of the likelihood is concave in ε: Newton's method between two bounds.
  func bestNoise(_ given: [Double]) throws -> Double {
    var (low, high) = (1e-7, 1.0)
    var noise = 0.05
    for _ in 0..<60 {
      let (slope, curvature) = try derivatives(given, noise)
      if slope > 0 { low = noise } else { high = noise }
      let newton = noise + slope / curvature
      let next = newton > low && newton < high ? newton : (low + high) / 2
      if abs(next - noise) < 1e-9 { return next }
      noise = next
    }
    return noise
  }

  /// Of the log-likelihood at ε: its first derivative, and its second one with the sign turned.
  private func derivatives(_ given: [Double], _ noise: Double) throws -> (slope: Double, curvature: Double) {
    var total = (slope: 0.0, curvature: 0.0)
    try workers.reduce(count: given.count, blockSize: Self.sumRows, into: &total) { range in
      given[range].withUnsafeBufferPointer { derivatives($0, noise) }
    } merge: {
      $0 = ($0.slope + $1.slope, $0.curvature + $1.curvature)
    }
    return total
  }

  /// The same of some rows, eight at a time: each takes two divisions, and this is asked for hundreds of times.
  private func derivatives(
    _ given: UnsafeBufferPointer<Double>, _ noise: Double
  ) -> (slope: Double, curvature: Double) {
    let others = Double(classes - 1)
    func term(_ p: SIMD8<Double>) -> SIMD8<Double> {
      let chance = (1 - p) / others
      return (chance - p) / ((1 - noise) * p + noise * chance + 1e-300)
    }
    let bytes = UnsafeRawBufferPointer(given)
    var (slope, curvature) = (SIMD8<Double>.zero, SIMD8<Double>.zero)
    var index = 0
    while index + 8 <= given.count {
      let term = term(bytes.loadUnaligned(fromByteOffset: 8 * index, as: SIMD8<Double>.self))
      slope += term
      curvature += term * term
      index += 8
    }
    var sums = (slope: slope.sum(), curvature: curvature.sum())
    for p in given[index...] {
      let term = term(SIMD8(repeating: p))[0]
      sums = (sums.slope + term, sums.curvature + term * term)
    }
    return sums
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

  private func noiseVariance(_ given: [Double], _ noise: Double) throws -> Double {
    let information = try derivatives(given, noise).curvature
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
  func bestTemperature(noise: ([Double]) throws -> Double) throws -> Fit {
    func fit(_ logTemperature: Double) throws -> Fit {
      let temperature = exp(logTemperature)
      let given = try given(temperature)
      let noise = try noise(given)
      return Fit(
        temperature: temperature, noise: noise, noiseVariance: 0,
        logLikelihood: try logLikelihood(given, noise))
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
    var best = a.logLikelihood >= b.logLikelihood ? a : b
    best.noiseVariance = try noiseVariance(given(best.temperature), best.noise)
    return best
  }

  func posteriors(temperature: Double, noise: Double) throws -> [Double] {
    try given(temperature).map { p in
      let random = noise * chance(p)
      return random / ((1 - noise) * p + random + 1e-300)
    }
  }
}
