import Numerics

/// What screening found at some sites. Blocks merge in the order of their sites, and none keeps more than a fixed number
/// of candidates.
struct Screening<Site: Comparable & Sendable>: Sendable {
  typealias Item = Candidate<Site>
  /// The strongest against the probe that leaves each row out.
  private var byProbe: [Item] = []
  /// The strongest against the votes of neighbors that do not hold the item.
  private var byVotes: [Item] = []
  /// Those with the smallest keys, ascending.
  private var sample: [(key: UInt64, item: Item)] = []
  /// Summed over the items.
  private(set) var tests = 0
  /// By row, the largest -log p of the items that it holds with the label that stands out; 0 for none.
  private(set) var evidence: [Float]

  init(rowCount: Int) { evidence = [Float](repeating: 0, count: rowCount) }

  /// - Parameter screened: rows that were screened, nil for all: of all rows as many more items are tested.
  mutating func count(tests: Int, among screened: Int?, of rows: Int) {
    guard let screened else {
      self.tests += tests
      return
    }
    self.tests += tests * ((rows + screened - 1) / screened)
  }

  /// All items, each once, by site; with their keys, if they are sampled.
  var items: [(item: Item, key: UInt64?)] {
    let all: [(item: Item, key: UInt64?)] =
      sample.map { ($0.item, $0.key) } + (byProbe + byVotes).map { ($0, nil) }
    func isSame(_ a: Item, _ b: Item) -> Bool { a.site == b.site && a.code == b.code }
    let order = all.indices.sorted { left, right in
      let (a, b) = (all[left].item, all[right].item)
      // Those with a key stand first in `all`.
      if isSame(a, b) { return left < right }
      return a.site != b.site ? a.site < b.site : a.code < b.code
    }
    var items: [(item: Item, key: UInt64?)] = []
    for index in order {
      if let last = items.last, isSame(last.item, all[index].item) { continue }
      items.append(all[index])
    }
    return items
  }

  /// The same evidence and number of tests.
  var withoutItems: Screening {
    var screening = self
    screening.byProbe = []
    screening.byVotes = []
    screening.sample = []
    return screening
  }

  mutating func note(_ statistic: ItemStatistic, of rows: UnsafeBufferPointer<Int32>, labels: [Int]) {
    let strength = Float(-statistic.logP(dispersion: Dispersion.minimum))
    guard strength > 0 else { return }
    for row in rows
    where labels[Int(row)] >= 0 && (statistic.label < 0 || labels[Int(row)] == statistic.label) {
      if strength > evidence[Int(row)] { evidence[Int(row)] = strength }
    }
  }

  func isSampled(_ key: UInt64) -> Bool {
    sample.count < MiningParameters.maxSampled || sample.last.map { key < $0.key } ?? true
  }

  /// - Parameter key: of an item that is sampled.
  mutating func add(_ item: Item, byProbe probed: ItemStatistic, byVotes voted: ItemStatistic?, key: UInt64?)
  {
    if probed.passesScreen { Self.append([item.with(probed)], to: &byProbe) }
    if let voted, voted.passesScreen { Self.append([item.with(voted)], to: &byVotes) }
    guard let key else { return }
    sample.insert((key, item), at: sample.firstIndex { $0.key > key } ?? sample.count)
    if sample.count > MiningParameters.maxSampled { sample.removeLast() }
  }

  mutating func merge(_ other: Screening) {
    tests += other.tests
    Self.append(other.byProbe, to: &byProbe)
    Self.append(other.byVotes, to: &byVotes)
    sample = Array((sample + other.sample).sorted { $0.key < $1.key }.prefix(MiningParameters.maxSampled))
    for row in evidence.indices where other.evidence[row] > evidence[row] {
      evidence[row] = other.evidence[row]
    }
  }

  /// A long list is cut to the strongest: more than are asked for in the end, as many have the same holders.
  private static func append(_ items: [Item], to list: inout [Item]) {
    list += items
    guard list.count >= 8 * MiningParameters.shortlistLength else { return }
    let ranked = Item.ranked(list, dispersion: Dispersion.minimum, bySpecificity: false)
    list = Array(ranked.prefix(4 * MiningParameters.shortlistLength))
  }

  /// Sampled items of which no two share most of their holders: the n-grams of a planted sentence count as one, or they
  /// would dominate the quantile.
  func distinctSample(_ limit: Int) -> [Item] {
    var result: [Item] = []
    for (_, item) in sample where result.count < limit {
      if !result.contains(where: { $0.sharesMostHolders(with: item) }) { result.append(item) }
    }
    return result
  }

  /// The strongest of each list, of items with the same holders one.
  func strongest(_ limit: Int, dispersion: Double) -> [Item] {
    func distinct(_ items: [Item], _ limit: Int = .max) -> [Item] {
      var seen: Set<UInt64> = []
      var result: [Item] = []
      for item in items where result.count < limit && seen.insert(item.fingerprint).inserted {
        result.append(item)
      }
      return result
    }
    return distinct(
      [byVotes, byProbe].flatMap { distinct(Item.ranked($0, dispersion: dispersion), limit) })
  }
}
