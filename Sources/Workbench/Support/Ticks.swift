/// Round numbers for an axis: 1, 2 or 5 times a power of ten apart.
enum Ticks {
  /// - Parameter maxCount: how many steps the range is cut into at most.
  static func linear(_ low: Double, _ high: Double, maxCount: Int) -> [Double] {
    guard high > low, (high - low).isFinite else { return low.isFinite ? [low] : [] }
    let wanted = max((high - low) / Double(max(1, maxCount)), .leastNormalMagnitude)
    var power = 1.0
    while power > wanted { power /= 10 }
    while power * 10 <= wanted { power *= 10 }
    let step = [1, 2, 5, 10].map { power * $0 }.first { $0 >= wanted } ?? power * 10
    // Below a power of ten that a Double can count in steps, there is nothing to round.
    let first = (low / step).rounded(.up)
    guard first.magnitude < 1e15 else { return [low, high] }
    return (0...max(1, maxCount)).map { (first + Double($0)) * step }.filter { $0 <= high }
  }

  /// Counts up to `high` on a logarithmic scale.
  static func powers(upTo high: Int) -> [Int] {
    var ticks = [1]
    while ticks[ticks.count - 1] <= high / 10 { ticks.append(ticks[ticks.count - 1] * 10) }
    return ticks
  }

  /// As short as an axis has room for.
  static func text(_ value: Double) -> String {
    guard value.magnitude >= 1e5 else {
      return value.magnitude >= 10 && value == value.rounded() ? fixed(value, 0) : scoreText(value)
    }
    var (mantissa, exponent) = (value, 0)
    while mantissa.magnitude >= 10, exponent < 400 {
      mantissa /= 10
      exponent += 1
    }
    return scoreText((mantissa * 10).rounded() / 10) + "e" + String(exponent)
  }
}
