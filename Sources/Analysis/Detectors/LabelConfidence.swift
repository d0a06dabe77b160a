import Model

/// Requirements that several detectors share.
enum Needs {
  static func labels(_ input: ScanInput) throws {
    guard input.classCount >= 2, input.probabilities.columns == input.classCount else {
      throw CannotRun("needs labels of at least 2 classes")
    }
  }

  /// One score for each sample with a label; NaN without one.
  static func scoreLabelled(_ input: ScanInput, _ score: (_ row: Int, _ label: Int) -> Float) -> [Float] {
    (0..<input.count).map { row in input.labels[row] >= 0 ? score(row, input.labels[row]) : .nan }
  }
}

/// 1 − p_y: how little the model believes in the given label (Northcutt, Jiang & Chuang, "Confident learning",
/// JAIR 2021, section 3). Range 0...1; NaN without a label.
struct SelfConfidence: Detector {
  let info = DetectorInfo(
    name: "self-confidence", family: .labels, summary: "the model gives the given label little probability")
  func run(on input: ScanInput) throws -> Detection {
    try Needs.labels(input)
    return Detection(scores: Needs.scoreLabelled(input) { 1 - input.probabilities[$0, $1] })
  }
}

/// 1 − (p_y − max_{k≠y} p_k + 1)/2, the normalised margin turned around (Northcutt et al., 2021). Range 0...1; NaN
/// without a label.
struct Margin: Detector {
  let info = DetectorInfo(
    name: "margin", family: .labels, summary: "another label is more probable than the given one")
  func run(on input: ScanInput) throws -> Detection {
    try Needs.labels(input)
    return Detection(
      scores: Needs.scoreLabelled(input) { row, label in
        let best = (0..<input.classCount).reduce(Float(0)) { best, other in
          other == label ? best : max(best, input.probabilities[row, other])
        }
        return (best - input.probabilities[row, label] + 1) / 2
      })
  }
}

/// Confident joint: a sample counts as class k when p_k reaches the mean self-confidence t_k of class k. Its score is
/// how far the best other class lies above its threshold, less how far the given one lies above its own (Northcutt
/// et al., 2021, section 3.1). Range −2...2; NaN without a label.
///
/// A pair of classes (given i, confidently j) that holds far more samples than the other wrong pairs is a finding:
/// labels flipped by intent go one way.
struct ConfidentLearning: Detector {
  let info = DetectorInfo(
    name: "confident-learning", family: .labels,
    summary: "confidently another class, by each class's threshold")

  func run(on input: ScanInput) throws -> Detection {
    try Needs.labels(input)
    let thresholds = input.rowsByClass.indices.map { label in
      Statistics.mean(input.rowsByClass[label].map { input.probabilities[$0, label] })
    }
    var pairs: [[Int]: [Int]] = [:]
    let scores = Needs.scoreLabelled(input) { row, label in
      let excess = thresholds.indices.map { Double(input.probabilities[row, $0]) - thresholds[$0] }
      let other = excess.indices.filter { $0 != label }.max { excess[$0] < excess[$1] } ?? label
      if excess[other] >= 0, excess[label] < 0 { pairs[[label, other], default: []].append(row) }
      return Float(excess[other] - excess[label])
    }
    return Detection(scores: scores, findings: findings(pairs, input))
  }

  private func findings(_ pairs: [[Int]: [Int]], _ input: ScanInput) -> [Finding] {
    let possible = input.classCount * (input.classCount - 1)
    let total = pairs.values.reduce(0) { $0 + $1.count }
    return pairs.sorted { $0.key.lexicographicallyPrecedes($1.key) }.compactMap { pair, rows in
      // What the mean of the other pairs predicts; confusions of like classes are mutual, so the mirror pair counts too.
      let mirror = pairs[[pair[1], pair[0]]]?.count ?? 0
      let others = Double(total - rows.count) / Double(max(1, possible - 1))
      let expected = max(1, others, Double(mirror) * 1.5)
      let p = Tails.binomialUpper(
        successes: rows.count, trials: input.rowsByClass[pair[0]].count,
        probability: min(0.9, expected / Double(max(1, input.rowsByClass[pair[0]].count))))
      let q = min(1, p * Double(possible))
      guard rows.count >= 10, q < 1e-6 else { return nil }
      let (given, better) = (input.dataset.classes[pair[0]], input.dataset.classes[pair[1]])
      return Finding(
        kind: .labelPair, attack: "label-flip",
        sentence: "\(rows.count) samples labelled \"\(displayText(given))\" are confidently "
          + "\"\(displayText(better))\", where about \(Int(expected.rounded())) are expected",
        label: Int32(pair[0]), statisticName: "count over expected", statistic: Double(rows.count) / expected,
        pValue: p, qValue: q, members: Column(rows.map { Int32($0) }))
    }
  }
}
