import Glibc
import Model
import Numerics
import Scanning

/// Sources and stretches of time that hold more suspicious samples than chance puts there, and what that adds to the
/// suspicion of the rest of their samples.
///
/// Where a sample came from and when is no evidence by itself: a source may send one class alone, a thousand samples in
/// a minute, or all that is said of one topic. Tested is the rank of each sample's score within its class. Turned into
/// normal scores (van der Waerden, 1952), its mean over any n samples that were drawn within their classes is normal with
/// deviation 1/√n, whatever the source's classes and size. What exceeds that at 1 %, corrected for all sources or windows,
/// raises its samples by how much more frequent the suspicious twentieth of each class is among the others there.
struct OriginLift: Sendable {
  /// By sample the logarithm of that ratio, 0...3 of its source and of its window each; 0 in a set without either.
  private(set) var values: [Float]
  /// Whether the sample, in a source that stands out, or in a window that does where no sources are known (what many send at
  /// one time is a topic), is among those that rank so high in their class that at most a fifth of them do by chance.
  private(set) var isMember: [Bool]
  private(set) var findings: [Finding] = []

  private static let level = 0.01
  /// Of the members of a group, those that may be there by chance (Benjamini & Hochberg).
  private static let falseMembers = 0.2
  private static let maxWindows = 20
  private static let minSamples = 5
  private static let priorSamples = 10.0
  private static let maxLift = 3.0
  /// Share of a class whose samples count as suspicious.
  private static let suspiciousShare = 0.05

  private struct Group {
    let kind: Finding.Kind
    /// What holds the samples, for a sentence.
    let name: String
    let rows: [Int]
    let z: Double
    let tests: Int
  }

  /// - Parameters:
  ///   - scores: of the content, by sample.
  ///   - isExplained: by sample, whether it belongs to a finding of the content, which says nothing of the others of its source.
  init(_ evidence: FusionEvidence, scores: [Float], isExplained: (Int) -> Bool, attack: ([Int]) -> String) {
    values = [Float](repeating: 0, count: scores.count)
    isMember = values.map { _ in false }
    guard evidence.sources != nil || evidence.times != nil else { return }
    let ranks = Self.classRanks(scores, evidence.labels)
    let normal = ranks.map { Tails.normalQuantile($0) }
    let groups = Self.sources(normal, evidence) + Self.windows(normal, evidence)
    for group in groups {
      let suspicious = group.rows.filter { Self.isSuspicious(ranks[$0]) }
      let expected = (Double(group.rows.count - 1) + Self.priorSamples) * Self.suspiciousShare
      for row in group.rows {
        let others = Double(suspicious.count) - (Self.isSuspicious(ranks[row]) ? 1 : 0)
        let ratio = (others + Self.priorSamples * Self.suspiciousShare) / expected
        values[row] += Float(min(max(log(ratio), 0), Self.maxLift))
      }
      if group.kind == .source || evidence.sources == nil {
        let rest = group.rows.filter { !isExplained($0) }
        let q = Tails.benjaminiHochberg(rest.map { 1 - ranks[$0] })
        for (row, q) in zip(rest, q) where q <= Self.falseMembers { isMember[row] = true }
      }
      findings.append(Self.finding(group, suspicious, attack))
    }
  }

  /// Rank of each sample among the scores of its class, inside 0...1.
  private static func classRanks(_ scores: [Float], _ labels: Column<Int32>) -> [Double] {
    var groups: [Int32: [Int]] = [:]
    for (row, label) in labels.enumerated() { groups[label, default: []].append(row) }
    let tails = Ranks.upperTail(scores, within: groups.keys.sorted().compactMap { groups[$0] })
    return tails.enumerated().map { row, tail in
      let half = 0.5 / Double(groups[labels[row]]?.count ?? 1)
      return min(max(1 - Double(tail) + half, 1e-9), 1 - 1e-9)
    }
  }

  private static func sources(_ normal: [Double], _ evidence: FusionEvidence) -> [Group] {
    guard let sources = evidence.sources, sources.codes.count == normal.count else { return [] }
    var rows: [Int32: [Int]] = [:]
    for (row, code) in sources.codes.enumerated() where code >= 0 { rows[code, default: []].append(row) }
    guard rows.count >= 2 else { return [] }
    let minZ = Tails.normalQuantile(1 - level / Double(rows.count))
    return rows.sorted { $0.key < $1.key }.compactMap { code, members in
      guard members.count >= minSamples else { return nil }
      let z = members.reduce(0) { $0 + normal[$1] } / Double(members.count).squareRoot()
      guard z > minZ else { return nil }
      return Group(
        kind: .source, name: "from source \"\(displayText(sources.names[Int(code)]))\"", rows: members, z: z,
        tests: rows.count)
    }
  }

  /// Windows of consecutive arrivals, of 8 to an eighth of all, that do not overlap, the clearest first.
  private static func windows(_ normal: [Double], _ evidence: FusionEvidence) -> [Group] {
    guard let times = evidence.times, times.count == normal.count else { return [] }
    let arrivals = times.indices.filter { times[$0] != Dataset.noTime }.sorted {
      times[$0] == times[$1] ? $0 < $1 : times[$0] < times[$1]
    }
    var sizes: [Int] = []
    var size = 8
    while size <= arrivals.count / 8 {
      sizes.append(size)
      size *= 2
    }
    guard !sizes.isEmpty else { return [] }
    let sums = arrivals.reduce(into: [0.0]) { $0.append(($0.last ?? 0) + normal[$1]) }
    let tests = arrivals.count * sizes.count
    let minZ = Tails.normalQuantile(1 - level / Double(tests))
    var found: [(z: Double, range: Range<Int>)] = []
    for size in sizes {
      for start in 0...arrivals.count - size {
        let z = (sums[start + size] - sums[start]) / Double(size).squareRoot()
        if z > minZ { found.append((z, start..<start + size)) }
      }
    }
    found.sort { $0.z != $1.z ? $0.z > $1.z : $0.range.lowerBound < $1.range.lowerBound }
    var kept: [Group] = []
    var isTaken = [Bool](repeating: false, count: arrivals.count)
    for (z, range) in found where kept.count < maxWindows && !range.contains(where: { isTaken[$0] }) {
      for arrival in range { isTaken[arrival] = true }
      kept.append(
        Group(
          kind: .burst, name: "that are consecutive in time", rows: range.map { arrivals[$0] }, z: z,
          tests: tests))
    }
    return kept
  }

  private static func isSuspicious(_ rank: Double) -> Bool { rank > 1 - suspiciousShare }

  private static func finding(_ group: Group, _ rows: [Int], _ attack: ([Int]) -> String) -> Finding {
    let members = rows.sorted()
    let expected = max(1, Int((suspiciousShare * Double(group.rows.count)).rounded()))
    let p = Tails.normalUpper(group.z)
    return Finding(
      kind: group.kind, attack: attack(members),
      sentence:
        "\(members.count) of \(group.rows.count) samples \(group.name) are in the top 5% of their class "
        + "by content suspicion; ~\(expected) expected",
      statisticName: "z", statistic: group.z, pValue: p, qValue: min(1, p * Double(group.tests)),
      purity: Double(members.count) / Double(group.rows.count), members: Column(members.map { Int32($0) }))
  }
}
