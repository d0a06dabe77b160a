import Glibc
import Model
import Numerics
import Scanning

/// Groups of copies, and which of them the set's own repetition does not explain (`RepetitionLaw`), or whose labels
/// contradict each other.
///
/// Who copies a sample in good faith copies its label too. Members whose nearest copy carries another label are counted
/// against how often that happens in the groups of two to four, one in ten at least: what people label twice they do not
/// always label alike.
struct CopyGroups {
  let groups: RowGroups
  /// Different samples in each group.
  private let sizes: [Int]
  /// Stratum of each group.
  private let strata: [Int]
  private let law: RepetitionLaw
  /// Discoveries that may be false, for the sizes and for the labels (Benjamini & Hochberg).
  private static let falseDiscoveries = 0.01
  private static let minMembers = 5
  private static let maxFindings = 50
  private static let minContradiction = 0.1
  /// Of fewer the labels prove nothing: three pairs are one in a thousand.
  private static let minPairs = 5.0
  private static let usualPairs = 10.0

  /// - Parameters:
  ///   - groups: all samples, each in one group; most are alone.
  ///   - strata: of each sample, e.g. its length in steps of a doubling.
  ///   - isLanguage: whether people say the things (`RepetitionLaw`).
  ///   - size: of a group, where it is not the number of its samples.
  init(
    _ groups: RowGroups, strata: [Int]?, isLanguage: Bool, size: (ArraySlice<Int>) -> Int = { $0.count }
  ) {
    self.groups = groups
    sizes = groups.map(size)
    self.strata =
      strata.map { strata in groups.map { $0.reduce(0) { max($0, strata[$1]) } } }
      ?? [Int](repeating: 0, count: groups.count)
    law = RepetitionLaw(sizes: sizes, strata: self.strata, isLanguage: isLanguage)
  }

  /// −log of the probability that a thing of the stratum of group `index` has `weight` copies, itself counted.
  func surprise(group index: Int, weight: Double) -> Double {
    law.surprise(weight, stratum: strata[index])
  }

  /// Groups of five and more that chance does not explain, the largest surprise first.
  func findings(_ input: ScanInput, _ phrase: String) -> [Finding] {
    // Where most are copies, as in a table of few categories, a copy is nothing to remark.
    guard 2 * groups.count > groups.rowCount else { return [] }
    let large = groups.indices.filter { groups[$0].count >= Self.minMembers }
    let all: [(index: Int, surprise: Double)] = large.map { index in
      (index, surprise(group: index, weight: Double(sizes[index])))
    }
    let ranked = all.sorted {
      $0.surprise != $1.surprise ? $0.surprise > $1.surprise : $0.index < $1.index
    }
    let bySize = ranked.map { min(1, exp(-$0.surprise)) }
    let byLabels = contradictions(ranked.map(\.index), input)
    let sizeQ = Tails.benjaminiHochberg(bySize, tests: groups.count)
    let labelQ = Tails.benjaminiHochberg(byLabels)
    let found = ranked.indices.filter { min(sizeQ[$0], labelQ[$0]) < Self.falseDiscoveries }
    return found.prefix(Self.maxFindings).map { rank in
      let rows = groups[ranked[rank].index]
      let labels = Set(rows.map { input.labels[$0] })
      return Finding(
        kind: .duplicates, attack: "flood",
        sentence: "\(rows.count) samples \(phrase)"
          + (labels.count > 1 ? ", under \(labels.count) different labels" : ""),
        label: labels.count == 1 ? Int32(labels.first ?? -1) : -1, statisticName: "surprise",
        statistic: ranked[rank].surprise,
        pValue: min(bySize[rank], byLabels[rank]), qValue: min(sizeQ[rank], labelQ[rank]),
        members: Column(rows.map { Int32($0) }))
    }
  }

  /// The p of as many members under another label than the copy next to them.
  private func contradictions(_ indices: [Int], _ input: ScanInput) -> [Double] {
    let small = groups.filter { 2..<Self.minMembers ~= $0.count }.map { Self.contradictions(in: $0, input) }
    // As if ten pairs more had been seen, at the least rate.
    let contradicted = small.reduce(Self.usualPairs * Self.minContradiction) { $0 + $1.contradicted }
    let pairs = small.reduce(Self.usualPairs) { $0 + $1.pairs }
    let rate = max(Self.minContradiction, contradicted / pairs)
    return indices.map { index in
      let (contradicted, pairs) = Self.contradictions(in: groups[index], input)
      guard pairs >= Self.minPairs else { return 1 }
      let logP = Tails.logBinomialUpper(
        successes: Int(contradicted), trials: Int(pairs.rounded(.up)), probability: rate)
      return min(1, exp(logP))
    }
  }

  /// Members with a label and a labeled neighbor in the group, and those whose nearest such neighbor has another label;
  /// halved, as two that are each other's nearest are one pair.
  private static func contradictions(in rows: ArraySlice<Int>, _ input: ScanInput) -> (
    contradicted: Double, pairs: Double
  ) {
    guard rows.count > 1 else { return (0, 0) }
    let members = Set(rows.filter { input.labels[$0] >= 0 })
    var result = (contradicted: 0.0, pairs: 0.0)
    for row in members {
      guard let nearest = input.neighbors.neighbors(of: row).first(where: members.contains) else { continue }
      result.pairs += 0.5
      if input.labels[nearest] != input.labels[row] { result.contradicted += 0.5 }
    }
    return result
  }
}
