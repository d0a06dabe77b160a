import Glibc

/// The upper tail of the chi-square distribution.
package enum ChiSquare {
  /// P(X ≥ x): the regularised upper incomplete gamma function Q(degrees / 2, x / 2), by its series (Abramowitz & Stegun
  /// 6.5.29) where x is small and by its continued fraction (6.5.31, evaluated as Lentz has it) elsewhere.
  package static func upper(_ x: Double, degrees: Int) -> Double {
    guard degrees > 0, !x.isNaN else { return .nan }
    guard x > 0 else { return 1 }
    guard x.isFinite else { return 0 }
    let (a, z) = (Double(degrees) / 2, x / 2)
    var sign: Int32 = 0
    let factor = exp(a * log(z) - z - lgamma_r(a, &sign))
    return min(1, max(0, z < a + 1 ? 1 - factor * series(a, z) : factor * fraction(a, z)))
  }

  private static let maxTerms = 10_000

  private static func series(_ a: Double, _ z: Double) -> Double {
    var term = 1 / a
    var sum = term
    for index in 1..<maxTerms {
      term *= z / (a + Double(index))
      sum += term
      if term < sum * 1e-16 { break }
    }
    return sum
  }

  private static func fraction(_ a: Double, _ z: Double) -> Double {
    let tiny = 1e-300
    var b = z + 1 - a
    var c = 1 / tiny
    var d = 1 / (abs(b) < tiny ? tiny : b)
    var result = d
    for index in 1..<maxTerms {
      let i = Double(index)
      let numerator = -i * (i - a)
      b += 2
      d = numerator * d + b
      c = b + numerator / c
      d = 1 / (abs(d) < tiny ? tiny : d)
      if abs(c) < tiny { c = tiny }
      result *= c * d
      if abs(c * d - 1) < 1e-15 { break }
    }
    return result
  }
}
