import Glibc
import Model

/// Groups of copies against how often things repeat in the set anyhow.
///
/// People send "ok" a hundred times and nobody attacks: how often a text, a picture or a row is repeated falls as a
/// power of the count (Zipf, 1949), with an exponent that hangs on its length. The law is learnt from the set, from all
/// groups of about the same length, singles included, as the heaviest tail that ten groups or more support, so that a
/// few floods do not teach it. A group's p-value is (size)^(−exponent), corrected for the number of groups.
struct CopyGroups {
  let groups: [[Int]]
  /// What counts as the size of each group.
  private let sizes: [Int]
  /// Stratum of each group.
  private let strata: [Int]
  private let exponents: [Int: Double]
  private static let supported = 10
  /// The law is drawn on beyond what it was learnt from, so that a group must be well beyond it.
  private static let greatestQ = 1e-3

  /// - Parameters:
  ///   - groups: all samples, each in one group; most are alone.
  ///   - strata: of each sample, e.g. its length in steps of a doubling.
  ///   - size: of a group, where it is not the number of its samples.
  init(_ groups: [[Int]], strata: [Int]?, size: ([Int]) -> Int = { $0.count }) {
    self.groups = groups
    sizes = groups.map(size)
    self.strata = groups.map { group in strata.map { strata in group.map { strata[$0] }.max() ?? 0 } ?? 0 }
    var byStratum: [Int: [Int]] = [:]
    for (size, stratum) in zip(sizes, self.strata) { byStratum[stratum, default: []].append(size) }
    exponents = byStratum.mapValues(Self.exponent)
  }

  /// The least −log P(size ≥ s) / log s over the sizes s that at least ten groups reach; where hardly anything repeats,
  /// as if ten pairs did.
  private static func exponent(_ sizes: [Int]) -> Double {
    let sorted = sizes.sorted(by: >)
    let total = Double(max(sizes.count, supported))
    var least = -log(Double(supported) / total) / log(2)
    for rank in supported...max(supported, sorted.count) where rank <= sorted.count && sorted[rank - 1] >= 2 {
      least = min(least, -log(Double(rank) / total) / log(Double(sorted[rank - 1])))
    }
    return least
  }

  /// −log of the probability that a thing of the stratum of group `index` has `weight` copies, itself counted.
  func surprise(group index: Int, weight: Double) -> Double {
    (exponents[strata[index]] ?? 0) * log(max(1, weight))
  }

  /// Groups of five and more, the largest surprise first, with their corrected p.
  func findings(_ input: ScanInput, _ phrase: String) -> [Finding] {
    let ranked = groups.indices.filter { sizes[$0] >= 5 }.map { index in
      (index, surprise(group: index, weight: Double(sizes[index])))
    }.sorted { $0.1 != $1.1 ? $0.1 > $1.1 : groups[$0.0][0] < groups[$1.0][0] }
    return ranked.prefix(50).compactMap { index, surprise in
      let q = min(1, exp(-surprise) * Double(groups.count))
      guard q < Self.greatestQ else { return nil }
      let rows = groups[index]
      let labels = Set(rows.map { input.labels[$0] })
      return Finding(
        kind: .duplicates, attack: "flood",
        sentence: "\(rows.count) samples \(phrase)"
          + (labels.count > 1 ? ", under \(labels.count) different labels" : ""),
        label: labels.count == 1 ? Int32(labels.first ?? -1) : -1, statisticName: "surprise",
        statistic: surprise,
        pValue: exp(-surprise), qValue: q, members: Column(rows.map { Int32($0) }))
    }
  }
}
