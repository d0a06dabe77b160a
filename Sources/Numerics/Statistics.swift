import Glibc

/// Robust statistics of one run of numbers. NaN values are left out everywhere; of nothing, the answer is NaN.
///
/// What is generic here is `@inlinable public`: other rooms would else sort through witness tables.
public enum Statistics {
  /// Scale that makes the median absolute deviation of a normal its standard deviation: 1 / Φ⁻¹(3/4).
  public static let normalMAD = 1.482602218505602
  /// The same for the interquartile range: 1 / (2 Φ⁻¹(3/4)).
  public static let normalIQR = 0.741301109252801

  /// Summed in Double.
  @inlinable public static func mean(_ values: some Sequence<Float>) -> Double {
    var sum = 0.0
    var count = 0
    for value in values where !value.isNaN {
      sum += Double(value)
      count += 1
    }
    return count == 0 ? .nan : sum / Double(count)
  }

  /// As `quantile` at 1/2.
  @inlinable public static func median(_ values: some Sequence<Float>) -> Double { quantile(values, 0.5) }

  /// Linear interpolation between the order statistics (type 7 of Hyndman & Fan, 1996, NumPy's default).
  /// - Parameter q: taken into 0...1.
  @inlinable public static func quantile(_ values: some Sequence<Float>, _ q: Double) -> Double {
    var known: [Float] = []
    for value in values where !value.isNaN { known.append(value + 0) }
    guard !known.isEmpty else { return .nan }
    let position = max(0, min(1, q)) * Double(known.count - 1)
    let below = Int(position)
    known.withUnsafeMutableBufferPointer { Selection.select(below + 1, of: $0) }
    let value = Double(known[below])
    let share = position - Double(below)
    // The selection leaves all that is larger behind the value.
    guard share > 0, let next = known[(below + 1)...].min() else { return value }
    return value * (1 - share) + Double(next) * share
  }

  /// Several quantiles of the same values for one sort.
  @inlinable public static func quantiles(_ values: some Sequence<Float>, _ qs: [Double]) -> [Double] {
    let sorted = FloatOrder.sorted(Array(values))
    return qs.map { quantile(sorted: sorted, $0) }
  }

  /// As `quantile`, of values that rise and hold no NaN.
  @inlinable public static func quantile(sorted: [Float], _ q: Double) -> Double {
    guard let last = sorted.last else { return .nan }
    let position = max(0, min(1, q)) * Double(sorted.count - 1)
    let below = Int(position)
    guard below + 1 < sorted.count else { return Double(last) }
    let share = position - Double(below)
    if share == 0 { return Double(sorted[below]) }
    return Double(sorted[below]) * (1 - share) + Double(sorted[below + 1]) * share
  }

  /// Center and scale that outliers do not shift: median, and MAD scaled to a standard deviation; where more than
  /// half of the values are one (MAD 0), the scaled interquartile range, then the mean absolute deviation; 0 of a
  /// constant.
  @inlinable public static func robustScale(_ values: some Sequence<Float>) -> (
    center: Double, scale: Double
  ) {
    let sorted = FloatOrder.sorted(Array(values))
    guard !sorted.isEmpty else { return (.nan, .nan) }
    let center = quantile(sorted: sorted, 0.5)
    let deviations = sorted.map { Float(abs(Double($0) - center)) }
    let mad = median(deviations) * normalMAD
    if mad > 0 { return (center, mad) }
    let iqr = (quantile(sorted: sorted, 0.75) - quantile(sorted: sorted, 0.25)) * normalIQR
    if iqr > 0 { return (center, iqr) }
    // 1.2533 = √(π/2) makes the mean absolute deviation of a normal its standard deviation.
    return (center, mean(deviations) * (Double.pi / 2).squareRoot())
  }

  /// (x − median) / robust scale; 0 where all values are alike, NaN where the value is.
  package static func robustZ(_ values: [Float]) -> [Float] {
    let (center, scale) = robustScale(values)
    return values.map { value in
      if value.isNaN { return .nan }
      return scale > 0 ? Float((Double(value) - center) / scale) : 0
    }
  }

  /// log Σ exp(x), without overflow; −∞ of nothing.
  @inlinable public static func logSumExp(_ values: some Sequence<Double>) -> Double {
    var largest = -Double.infinity
    for value in values { largest = max(largest, value) }
    guard largest.isFinite else { return largest }
    var sum = 0.0
    for value in values { sum += exp(value - largest) }
    return largest + log(sum)
  }
}

/// The natural logarithm for files that need nothing else of the C library.
@inlinable public func naturalLog(_ x: Double) -> Double { log(x) }
