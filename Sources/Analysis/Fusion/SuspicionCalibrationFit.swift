import Glibc

extension SuspicionCalibration {
  /// What held-out trees said of samples whose truth is known.
  struct Sample {
    /// Sum of trees that were not grown on the sample's set.
    var sum: Float
    /// The channel `finding` by kind, in the order of `Finding.Kind.allCases`.
    var findings: [Float]
    var isPoison: Bool
    var weight: Float
  }

  /// Maximum likelihood with factors that are not negative, by Newton steps along one factor after the other; then the
  /// curve.
  init(_ samples: [Sample]) {
    let kinds = Finding.Kind.allCases
    // Columns: 1, sum, then membership and decades of each kind.
    let columns = 2 + 2 * kinds.count
    func value(_ sample: Sample, _ column: Int) -> Float {
      if column == 0 { return 1 }
      if column == 1 { return sample.sum }
      let finding = sample.findings[(column - 2) / 2]
      return (column - 2) % 2 == 0 ? (finding >= 1 ? 1 : 0) : max(0, finding - 1)
    }
    let active = (0..<columns).map { column in samples.indices.filter { value(samples[$0], column) != 0 } }
    var factors = [Double](repeating: 0, count: columns)
    factors[1] = 1
    var z = samples.map { Double($0.sum) }
    for _ in 0..<Self.rounds {
      for column in 0..<columns where !active[column].isEmpty {
        var slope = -Self.penalty * factors[column]
        var curvature = Self.penalty
        for index in active[column] {
          let sample = samples[index]
          let x = Double(value(sample, column))
          let p = 1 / (1 + exp(-z[index]))
          slope += Double(sample.weight) * x * ((sample.isPoison ? 1 : 0) - p)
          curvature += Double(sample.weight) * x * x * p * (1 - p)
        }
        var moved = factors[column] + max(-1, min(1, slope / curvature))
        if column > 0 { moved = max(0, moved) }
        let step = moved - factors[column]
        guard step != 0 else { continue }
        factors[column] = moved
        for index in active[column] { z[index] += step * Double(value(samples[index], column)) }
      }
    }
    base = Float(factors[0])
    slope = Float(factors[1])
    evidence = [:]
    for (index, kind) in kinds.enumerated() {
      evidence[kind.rawValue] = Evidence(
        membership: Float(factors[2 + 2 * index]), decade: Float(factors[3 + 2 * index]))
    }
    curve = Self.isotonic(z.map { Float($0) }, samples)
  }

  private static let rounds = 60
  /// Keeps the factor of a kind that was hardly seen near zero; in units of weighted samples.
  private static let penalty = 0.05
  /// Weight below which a step of the curve is no share but chance; joined with the next.
  private static let leastWeight = 0.002

  /// Pool adjacent violators (Ayer et al., 1955) on equal blocks of weight.
  private static func isotonic(_ z: [Float], _ samples: [Sample]) -> [Point] {
    struct Block {
      var z = 0.0
      var poison = 0.0
      var weight = 0.0
      var share: Double { poison / weight }
    }
    let total = samples.reduce(0.0) { $0 + Double($1.weight) }
    var blocks: [Block] = []
    var open = Block()
    func close() {
      blocks.append(open)
      open = Block()
      while blocks.count > 1, blocks[blocks.count - 2].share >= blocks[blocks.count - 1].share {
        let last = blocks.removeLast()
        blocks[blocks.count - 1].z += last.z
        blocks[blocks.count - 1].poison += last.poison
        blocks[blocks.count - 1].weight += last.weight
      }
    }
    for index in z.indices.sorted(by: { z[$0] == z[$1] ? $0 < $1 : z[$0] < z[$1] }) {
      let weight = Double(samples[index].weight)
      open.z += weight * Double(z[index])
      open.poison += samples[index].isPoison ? weight : 0
      open.weight += weight
      if open.weight >= leastWeight * total { close() }
    }
    if open.weight > 0 { close() }
    var points: [Point] = []
    for block in blocks {
      let place = Float(block.z / block.weight)
      guard points.last.map({ place > $0.z }) ?? true else { continue }
      points.append(Point(z: place, share: Float(block.share)))
    }
    return points
  }
}
