import Glibc
import Model
import Numerics
import Scanning

/// Labels flipped from one class to one other. For each sample the belief in a class is the mean of its probability and
/// of the share of its 25 nearest neighbors that carry it; the score is how far the belief in the best other class lies
/// above that in the given one, plus the share of the pair (given, best) that natural confusion does not explain.
/// Range −1...2; NaN without a label.
///
/// Of the samples that are confidently class j (Northcutt et al., 2021, section 3.1) but carry label i, those that only
/// lie beyond the border of two classes are rare deep inside j, while flipped ones lie like the rest of j: half of them
/// are more probably j than the median of j is. The count of such deep ones is a finding where it exceeds what the
/// reverse pair and all other pairs lead one to expect. Rows of a table that many others equal (`RepeatedRows`) are no
/// evidence: of people of one sex and class some survive, and nothing in the set tells whom. Where the probabilities are the
/// user's, the built-in probe has to see the same pair: a model that is wrong one way is no evidence against labels. Nor is a
/// model that does not tell the two classes apart.
struct LabelPairs: Detector {
  let info = DetectorInfo(
    name: "label-pairs", family: .labels,
    summary: "given and best label are a pair confused in one direction")
  private static let k = 25
  /// Natural confusions of two classes go both ways, if not as often: up to four times in clean sets of many kinds, in
  /// planted flips of one pair from five times on.
  private static let naturalImbalance = 4.0
  /// Family-wise error: one clean set in a thousand shows a pair that is none.
  private static let level = 0.001

  private struct Pair {
    /// Confidently the second class, labelled the first.
    var rows: [Int] = []
    /// Of these, more probably the second class than its median member is.
    var deep = 0
    /// Deep ones that natural confusion explains.
    var expected = 1.0
  }

  func run(on input: ScanInput) throws -> Detection {
    try Needs.probabilities(input)
    let repeated = try input.derived(RepeatedRows.init).rows
    let pairs = Self.pairs(input, input.probabilities, without: repeated)
    let scores = try Needs.scoreLabelled(input) { row, label in
      let beliefs = Self.beliefs(input, row)
      var best = label
      for other in beliefs.indices where other != label {
        if best == label || beliefs[other] > beliefs[best] { best = other }
      }
      let unexplained = pairs[[label, best]].map {
        $0.deep > 0 ? max(0, 1 - $0.expected / Double($0.deep)) : 0
      }
      return beliefs[best] - beliefs[label] + Float(unexplained ?? 0)
    }
    var found = Self.findings(pairs, input)
    if input.hasGivenProbabilities, !found.isEmpty {
      let own = try input.relearn(input.labels)
      let confirmed =
        own.columns == input.classCount
        ? Self.pairs(input, own, without: repeated).filter { Self.test($1, $0, input).q < Self.level } : [:]
      found.removeAll { confirmed[$0.pair] == nil }
    }
    return Detection(scores: scores, findings: found.map(\.finding))
  }

  private static func beliefs(_ input: ScanInput, _ row: Int) -> [Float] {
    let probabilities = Array(input.probabilities.row(row))
    guard input.neighbors.k > 0, !input.unusableRows.contains(row) else { return probabilities }
    let neighbors = input.neighbors.neighbors(of: row, limit: k)
    let labeled = neighbors.count { input.labels[$0] >= 0 }
    guard labeled > 0 else { return probabilities }
    var beliefs = probabilities.map { $0 / 2 }
    for neighbor in neighbors where input.labels[neighbor] >= 0 {
      beliefs[input.labels[neighbor]] += 0.5 / Float(labeled)
    }
    return beliefs
  }

  /// Ordered pairs [given, confident] that occur.
  private static func pairs(
    _ input: ScanInput, _ probabilities: DenseMatrix, without repeated: Set<Int>
  ) -> [[Int]: Pair] {
    let own = input.rowsByClass.enumerated().map { label, rows in rows.map { probabilities[$0, label] } }
    let thresholds = own.map { Float(Statistics.mean($0)) }
    let medians = own.map { Float(Statistics.median($0)) }
    var pairs: [[Int]: Pair] = [:]
    for row in 0..<input.count where input.labels[row] >= 0 {
      let p = probabilities.row(row)
      let first = p.startIndex
      let reached = thresholds.indices.filter { p[first + $0] >= thresholds[$0] }
      guard let sure = reached.max(by: { p[first + $0] < p[first + $1] }),
        p[first + sure] > p[first + input.labels[row]], !repeated.contains(row)
      else { continue }
      pairs[[input.labels[row], sure], default: Pair()].rows.append(row)
      if p[first + sure] >= medians[sure] { pairs[[input.labels[row], sure], default: Pair()].deep += 1 }
    }
    let sizes = input.rowsByClass.map { Double($0.count) }
    let chances = sizes.reduce(0, +) * Double(input.classCount - 1)
    let total = pairs.values.reduce(0) { $0 + $1.deep }
    for (key, pair) in pairs {
      let reverse = Double((pairs[[key[1], key[0]]]?.deep ?? 0) + 1) / max(1, sizes[key[1]])
      let others = Double(total - pair.deep) / max(1, chances - sizes[key[0]])
      pairs[key]?.expected = 1 + sizes[key[0]] * max(naturalImbalance * reverse, others)
    }
    return pairs
  }

  /// How surprising the deep ones of a pair are, corrected for all pairs that there could be.
  private static func test(_ pair: Pair, _ key: [Int], _ input: ScanInput) -> (ratio: Double, q: Double) {
    let size = input.rowsByClass[key[0]].count
    let ratio = Excess.ratio(pair.deep, of: size, share: pair.expected / Double(size))
    return (ratio, min(1, exp(-ratio) * Double(input.classCount * (input.classCount - 1))))
  }

  /// Whether the probability of the second class tells the two classes apart.
  private static func areSeparated(_ key: [Int], _ input: ScanInput) -> Bool {
    let rows = key.flatMap { input.rowsByClass[$0] }
    let area = Quality.auroc(
      rows.map { input.probabilities[$0, key[1]] }, truth: rows.map { input.labels[$0] == key[1] })
    return area >= minArea
  }

  /// Area under the curve (Hanley & McNeil, 1982) below which two classes overlap so much that labels of either are natural
  /// in the other.
  private static let minArea = 0.7

  private static func findings(
    _ pairs: [[Int]: Pair], _ input: ScanInput
  ) -> [(pair: [Int], finding: Finding)] {
    pairs.sorted { $0.key.lexicographicallyPrecedes($1.key) }.compactMap { key, pair in
      let (ratio, q) = test(pair, key, input)
      guard q < level, areSeparated(key, input) else { return nil }
      let (given, better) = (input.dataset.classes[key[0]], input.dataset.classes[key[1]])
      let finding = Finding(
        kind: .labelPair, attack: "label-flip",
        sentence: "\(pair.rows.count) samples labelled \"\(displayText(given))\" are confidently "
          + "\"\(displayText(better))\", \(pair.deep) of them typically so, where about "
          + counted(Int(pair.expected.rounded()), "is", "are") + " expected", label: Int32(key[0]),
        statisticName: "log likelihood ratio", statistic: ratio, pValue: exp(-ratio), qValue: q,
        members: Column(pair.rows.map { Int32($0) }))
      return (key, finding)
    }
  }
}
