import Numerics

/// A mixture with noise beside the one without, and what of its noise counts.
struct NoiseFit: Sendable {
  private let fit: LabelMixture.Fit
  /// Twice the logarithm of the ratio of the likelihoods.
  let ratio: Double
  /// χ² of one degree of freedom, halved, since ε is on its border (Self & Liang, JASA 1987).
  var p: Double { Tails.normalUpper(ratio.squareRoot()) }
  var temperature: Double { fit.temperature }
  var noise: Double { fit.noise }

  static let minNoise = 0.01
  private static let maxP = 1e-8

  init(_ mixture: LabelMixture) throws {
    let plain = try mixture.bestTemperature(noise: { _ in 0 })
    fit = try mixture.bestTemperature(noise: mixture.bestNoise)
    ratio = max(0, 2 * (fit.logLikelihood - plain.logLikelihood))
  }

  /// Whether there is noise that no temperature explains.
  var isNeeded: Bool { noise >= Self.minNoise && p <= Self.maxP }

  /// The noise beyond what is fitted where there is none; nil of less than `minNoise` and of less than three standard errors.
  func excess(over apparent: LabelMixture.Fit) -> Double? {
    let excess = noise - apparent.noise
    let error = (fit.noiseVariance + apparent.noiseVariance).squareRoot()
    return excess >= max(Self.minNoise, 3 * error) ? excess : nil
  }

  func excess(over apparent: NoiseFit) -> Double? { excess(over: apparent.fit) }

  /// Probability of each row of a mixture that it is noise.
  func posteriors(_ mixture: LabelMixture) throws -> [Double] {
    try mixture.posteriors(temperature: temperature, noise: noise)
  }
}
