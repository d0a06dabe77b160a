import Model

/// Whether suspicion means what it says: among samples with suspicion near q, a share q should be poison.
struct Reliability: Encodable {
  struct Bin: Encodable {
    /// Suspicion from `low` up to `high`.
    var low: Double
    var high: Double
    var samples: Int
    var meanSuspicion: Double
    var poisonShare: Double
  }
  let bins: [Bin]
  /// Mean distance of the two, weighted by samples (Naeini et al., AAAI 2015).
  let expectedCalibrationError: Double

  /// Finer where nearly all samples are.
  private static let edges = [0, 0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]

  init(suspicion: [Float], poisoned: [Bool]) {
    var bins: [Bin] = []
    var error = 0.0
    for (low, high) in zip(Self.edges, Self.edges.dropFirst()) {
      let members = suspicion.indices.filter {
        Double(suspicion[$0]) >= low && (Double(suspicion[$0]) < high || high == 1)
      }
      guard !members.isEmpty else { continue }
      let mean = members.reduce(0.0) { $0 + Double(suspicion[$1]) } / Double(members.count)
      let share = Double(members.count { poisoned[$0] }) / Double(members.count)
      bins.append(Bin(low: low, high: high, samples: members.count, meanSuspicion: mean, poisonShare: share))
      error += abs(mean - share) * Double(members.count) / Double(suspicion.count)
    }
    self.bins = bins
    expectedCalibrationError = error
  }

  func lines() -> [String] {
    var lines = [
      "suspicion".leftAligned(16) + ["samples", "mean", "poison"].map { $0.rightAligned(10) }.joined()
    ]
    for bin in bins {
      lines.append(
        "\(bin.low.fixed(2))-\(bin.high.fixed(2))".leftAligned(16) + bin.samples.formatted(width: 10)
          + bin.meanSuspicion.fixed(3).rightAligned(10) + bin.poisonShare.fixed(3).rightAligned(10))
    }
    lines.append("expected calibration error \(expectedCalibrationError.fixed(4))")
    return lines
  }
}
