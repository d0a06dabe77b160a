/// The cut of a run of numbers into two groups that lie farthest apart for their spread (Otsu, 1979).
enum TwoGroups {
  /// The middle between the two numbers that the best cut parts; nil of fewer than two, or of equal numbers.
  static func cut(_ values: [Float]) -> Float? {
    let sorted = values.sorted()
    guard let low = sorted.first, let high = sorted.last, low < high else { return nil }
    let total = sorted.reduce(0.0) { $0 + Double($1) }
    var below = 0.0
    var best = (spread: -1.0, at: 1)
    for at in 1..<sorted.count {
      below += Double(sorted[at - 1])
      let (left, right) = (Double(at), Double(sorted.count - at))
      let difference = below / left - (total - below) / right
      let spread = difference * difference * left * right
      if spread > best.spread, sorted[at - 1] < sorted[at] { best = (spread, at) }
    }
    return (sorted[best.at - 1] + sorted[best.at]) / 2
  }
}
