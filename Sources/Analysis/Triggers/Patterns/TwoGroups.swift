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

  /// Distance of the groups' means in deviations within the groups.
  static func separation(_ values: [Float], cut: Float) -> Double {
    let groups = [values.filter { $0 > cut }, values.filter { $0 <= cut }].map { $0.map(Double.init) }
    let means = groups.map { $0.reduce(0, +) / Double(max(1, $0.count)) }
    let squares = zip(groups, means).reduce(0.0) { sum, group in
      group.0.reduce(sum) { $0 + ($1 - group.1) * ($1 - group.1) }
    }
    return (means[0] - means[1]) / max((squares / Double(max(1, values.count))).squareRoot(), 1e-12)
  }
}
