import Features
import Glibc
import Learning
import Model
import Numerics
import Scanning

/// Texts that are variants of others: each other text whose shingles (five characters of the normalised
/// text) overlap by a Jaccard index of 0.3 and more counts by it, and the score is the surprise of that count among
/// texts of the like length (`CopyGroups`). Candidates come from MinHash (Broder, "On the resemblance and containment of
/// documents", 1997) by 42 bands of three (Leskovec, Rajaraman & Ullman, 2014, 3.4): of pairs alike by a half they miss
/// less than 1 %. Range from 0; empty texts are copies of nothing and score 0.
///
/// Chains of texts alike by a half and more are groups; one that the set's repetition does not explain is a finding.
struct TextCopies: Detector {
  let info = DetectorInfo(
    name: "text-copies", family: .duplicates, summary: "variant of an unusually often repeated text")
  static let grouped = 0.5

  func run(on input: ScanInput) throws -> Detection {
    let alike = try AlikeTexts.of(input)
    let (shingles, items, pairs) = (alike.shingles, alike.items, alike.pairs)

    // Exact copies count once: people repeat what others say, `ExactCopies` tells of it.
    var weights = [Double](repeating: 1, count: items.members.count)
    var sets = DisjointSets(count: input.count)
    for members in items.members {
      for row in members.dropFirst() { sets.join(members[0], row) }
    }
    for pair in pairs {
      weights[pair.a] += pair.jaccard
      weights[pair.b] += pair.jaccard
      if pair.jaccard >= Self.grouped { sets.join(items.members[pair.a][0], items.members[pair.b][0]) }
    }
    var itemOfRow = [Int](repeating: 0, count: input.count)
    for (item, members) in items.members.enumerated() {
      for row in members { itemOfRow[row] = item }
    }
    let strata = shingles.map { set in Int(log2(Double(set.count + 1))) }
    let all = sets.groups { !shingles[$0].isEmpty }
    let groups = CopyGroups(all, strata: strata, isLanguage: true) { rows in
      Set(rows.map { itemOfRow[$0] }).count
    }
    var scores = [Float](repeating: 0, count: input.count)
    for (index, group) in all.enumerated() {
      for row in group { scores[row] = Float(groups.surprise(group: index, weight: weights[itemOfRow[row]])) }
    }
    return Detection(scores: scores, findings: groups.findings(input, "are variants of one text"))
  }
}

/// Texts whose shingles overlap; several detectors look at them.
struct AlikeTexts: Sendable {
  /// By row.
  let shingles: [[UInt32]]
  /// Each set of shingles once.
  let items: DistinctSets
  /// Of items, with a Jaccard index of `counted` and more.
  let pairs: [MinHash.Pair]
  static let counted = 0.3

  /// - Throws: `CannotRun` where the dataset has no texts; what `checkCancellation` throws.
  static func of(_ input: ScanInput) throws -> AlikeTexts {
    guard let texts = input.dataset.texts, texts.count == input.count else { throw CannotRun("needs texts") }
    // Kept only where copies across splits are looked for too: all shingles of a large set take much memory.
    guard input.dataset.splits != nil else { return try AlikeTexts(texts, input) }
    return try input.derived { try AlikeTexts(texts, $0) }
  }

  private init(_ texts: StringColumn, _ input: ScanInput) throws {
    let shingles = try input.workers.map(count: texts.count, blockSize: 512) { range in
      range.map { row in texts.withUTF8(at: row) { Shingles.of($0) } }
    }.flatMap { $0 }
    let items = DistinctSets(shingles, rows: shingles.indices.filter { !shingles[$0].isEmpty })
    pairs = try MinHash.alikePairs(
      items.sets, minJaccard: Self.counted, seed: input.seed, workers: input.workers,
      checkCancellation: input.checkCancellation)
    (self.shingles, self.items) = (shingles, items)
  }
}

enum Shingles {
  static let size = 5

  /// Hashes of the runs of five characters of the normalised text, rising, each once; of a shorter text the hash of
  /// the whole; none of a text without letters or digits.
  static func of(_ utf8: UnsafeBufferPointer<UInt8>) -> [UInt32] {
    let text = TextFeatures.normalized(utf8.prefix(TextFeatures.maxBytes))
    guard text.count > 1 else { return [] }
    guard text.count > size else {
      return [UInt32(truncatingIfNeeded: Hash.bytes(text[...]))]
    }
    let hashes = (0...text.count - size).map {
      UInt32(truncatingIfNeeded: Hash.bytes(text[$0..<$0 + size]))
    }.sorted()
    return hashes.indices.filter { $0 == 0 || hashes[$0] != hashes[$0 - 1] }.map { hashes[$0] }
  }
}

/// Each set once, with the rows that have it.
struct DistinctSets: Sendable {
  private(set) var sets: [[UInt32]] = []
  private(set) var members: [[Int]] = []

  init(_ all: [[UInt32]], rows: [Int]) {
    var indices: [[UInt32]: Int] = [:]
    for row in rows {
      if let index = indices[all[row]] {
        members[index].append(row)
      } else {
        indices[all[row]] = sets.count
        sets.append(all[row])
        members.append([row])
      }
    }
  }
}
