import Learning
import Model
import Numerics
import Scanning

/// Copies that lie in different splits: what a model is tested on was trained on, so that its figures are too good, and
/// poison that is copied to the test set hides. Told of each two splits that share copies; it is leakage and no evidence of
/// poison, so that no score comes of it.
///
/// Copies are exact ones, texts alike by eight tenths (`AlikeTexts`), and pictures whose hashes are alike
/// (`PictureCopies`) and which lie as near as near copies do (`NearCopies`): each of the two alone is common among
/// pictures of simple things. Rows of a table coincide by nature; of those exact copies are told only where most rows
/// differ.
package enum SplitCopies {
  static let alike = 0.8
  private static let maxFindings = 20
  /// More are no parts of a dataset for training and testing, but names of another kind.
  private static let maxSplits = 50

  /// Nothing where the dataset tells no splits.
  /// - Throws: what `checkCancellation` throws.
  package static func findings(_ input: ScanInput) throws -> [Finding] {
    guard let splits = input.dataset.splits, splits.codes.count == input.count else { return [] }
    let codes = splits.codes.map { Int($0) }
    let known = Set(codes).subtracting([Int(Categories.missing)])
    guard (2...maxSplits).contains(known.count) else { return [] }
    var leaks: [Pair: Leak] = [:]
    for (rows, isExact) in try groups(input) {
      let bySplit = Dictionary(grouping: rows.filter { codes[$0] != Int(Categories.missing) }) { codes[$0] }
      let own = bySplit.keys.sorted()
      for (place, first) in own.enumerated() {
        for second in own[(place + 1)...] {
          leaks[Pair(first: first, second: second), default: Leak()].add(
            bySplit[first] ?? [], bySplit[second] ?? [], isExact: isExact, labels: input.labels)
        }
      }
    }
    let ranked = leaks.sorted { a, b in
      let (x, y) = (a.value.count, b.value.count)
      return x != y ? x > y : (a.key.first, a.key.second) < (b.key.first, b.key.second)
    }
    return ranked.prefix(maxFindings).enumerated().map { index, leak in
      leak.value.finding(number: index + 1, splits.names[leak.key.first], splits.names[leak.key.second])
    }
  }

  private struct Pair: Hashable {
    let first: Int
    let second: Int
  }

  /// Groups of rows that are exact copies, and pairs that are nearly.
  private static func groups(_ input: ScanInput) throws -> [(rows: [Int], isExact: Bool)] {
    var groups: [(rows: [Int], isExact: Bool)] = []
    if let hashes = try orNone({ try PayloadHashes.make(input) }) {
      let same = Dictionary(grouping: hashes.indices) { hashes[$0] }
      if input.dataset.texts != nil || input.dataset.images != nil || 2 * same.count > input.count {
        groups += same.values.filter { $0.count > 1 }.map { ($0, true) }
      }
    }
    if let texts = try orNone({ try AlikeTexts.of(input) }) {
      groups += texts.items.members.filter { $0.count > 1 }.map { ($0, false) }
      for pair in texts.pairs where pair.jaccard >= alike {
        groups.append((texts.items.members[pair.a] + texts.items.members[pair.b], false))
      }
    }
    if let hashes = try orNone({ try PictureCopies.hashes(of: input) }) {
      groups += nearPictures(hashes, input).map { ($0, false) }
    }
    return groups
  }

  private static func orNone<Value>(_ make: () throws -> Value) throws -> Value? {
    do { return try make() } catch is CannotRun { return nil }
  }

  private static func nearPictures(_ hashes: [UInt64?], _ input: ScanInput) -> [[Int]] {
    let table = input.inputNeighbors
    guard table.k > 0 else { return [] }
    let nearest = (0..<input.count).compactMap { row -> Float? in
      let distance = table.distances[row * table.k]
      return distance.isNaN ? nil : distance
    }
    let limit = NearCopies.threshold * Float(Statistics.median(nearest))
    return PictureCopies.pairs(hashes).compactMap { a, b in
      let distance = Distance.squared(input.inputFeatures.row(a), input.inputFeatures.row(b)).squareRoot()
      return distance <= limit ? [a, b] : nil
    }
  }
}

/// What two splits share.
private struct Leak {
  private var first: Set<Int> = []
  private var second: Set<Int> = []
  private var exact: Set<Int> = []
  private var contradicted: Set<Int> = []

  var count: Int { first.count + second.count }

  mutating func add(_ own: [Int], _ others: [Int], isExact: Bool, labels: [Int]) {
    first.formUnion(own)
    second.formUnion(others)
    if isExact { exact.formUnion(own + others) }
    let told = Set((own + others).map { labels[$0] }.filter { $0 >= 0 })
    if told.count > 1 { contradicted.formUnion(own + others) }
  }

  func finding(number: Int, _ one: String, _ other: String) -> Finding {
    let near = count - exact.count
    let how = near == 0 ? "to the byte" : exact.isEmpty ? "nearly" : "\(exact.count) of them to the byte"
    let labels =
      contradicted.isEmpty
      ? "" : "; \(counted(contradicted.count, "carries", "carry")) another label than a copy of theirs"
    return Finding(
      id: Finding.Kind.leakage.letter + "\(number)", kind: .leakage, attack: "none",
      sentence:
        "\(counted(first.count, "sample")) of split '\(displayText(one))' and \(grouped(second.count)) of '\(displayText(other))' are copies of each "
        + "other, \(how)" + labels,
      statisticName: "copies", statistic: Double(count), pValue: nil,
      members: Column((first.union(second)).sorted().map { Int32($0) }))
  }
}
