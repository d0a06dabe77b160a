import Learning
import Numerics
import Scan
import Testing

/// The search by cells, made to run on small data, against all pairs.
@Suite struct ApproximateNeighborTests {
  static let workers = Workers(threads: 2)

  static func search(
    _ features: DenseMatrix, _ labels: [Int], k: Int = 20, classK: Int = 6, excluding: Set<Int> = [],
    maxExactRows: Int = 500, workers: Workers = workers
  ) throws -> NeighborSearch.Result {
    try NeighborSearch.run(
      features: features, labels: labels, k: k, classK: classK, excluding: excluding,
      maxExactRows: maxExactRows, workers: workers)
  }

  /// Clouds in clouds, with some labels wrong and some missing.
  static func clouds(rows: Int, columns: Int = 12, seed: UInt64 = 5) -> (features: DenseMatrix, labels: [Int])
  {
    let (near, groups) = Core.clouds(rows: rows, columns: columns, classes: 60, distance: 3, seed: seed)
    var random = SeededRandom(seed: seed)
    let labels = groups.map { random.below(20) == 0 ? random.below(5) - 1 : $0 % 4 }
    return (near, labels)
  }

  /// Share of the brute force's neighbors in the table, over every `step`-th row: at the last one's distance or nearer.
  static func recall(
    _ table: NeighborTable, _ features: DenseMatrix, k: Int, step: Int = 1, among: (Int, Int) -> Bool
  ) -> Double {
    var (hits, wanted) = (0, 0)
    for row in stride(from: 0, to: features.rows, by: step) {
      let exact = CoreNeighborTests.bruteForce(features, row, k: k) { among(row, $0) }.distances
      guard let last = exact.last else { continue }
      wanted += exact.count
      hits += table.distances[row * table.k..<row * table.k + k].count { $0 <= last }
    }
    return Double(hits) / Double(wanted)
  }

  @Test func mostOfWhatBruteForceFindsIsFound() throws {
    let (features, labels) = Self.clouds(rows: 6000)
    let excluded: Set<Int> = [3, 50, 4000]
    let found = try Self.search(features, labels, k: 60, excluding: excluded)
    let all = Self.recall(found.all, features, k: 50, step: 29) {
      !excluded.contains($0) && !excluded.contains($1)
    }
    let near = Self.recall(found.all, features, k: 10, step: 29) {
      !excluded.contains($0) && !excluded.contains($1)
    }
    let sameClass = Self.recall(found.sameClass, features, k: 6, step: 29) {
      !excluded.contains($0) && !excluded.contains($1) && labels[$0] >= 0 && labels[$0] == labels[$1]
    }
    #expect(min(all, near, sameClass) >= NeighborRecall.minimum - 0.01)
    // What is measured on a thousand queries is what is so.
    let recall = try #require(found.recall)
    #expect(recall.queries == 1000)
    #expect(abs(recall.recallAt10 - near) < 0.01)
    #expect(abs(recall.recallAt50 - all) < 0.01)
    #expect(recall.recallAt50 >= NeighborRecall.minimum)
    #expect(recall.budget < 6000 / 2)
    #expect(abs(try #require(found.classRecall).recallAt10 - sameClass) < 0.01)
    for row in excluded { #expect(found.all.neighbors(of: row).isEmpty) }
    for row in labels.indices where labels[row] < 0 { #expect(found.sameClass.neighbors(of: row).isEmpty) }
  }

  /// Most neighbors of the same class are read from the nearest of all. Those of rows that lie among another class, where wrong
  /// labels are, are searched for, and found as often.
  @Test func whatLiesAmongAnotherClassIsFoundAsWell() throws {
    let (features, groups) = Core.clouds(rows: 6000, columns: 12, classes: 60, distance: 3, seed: 5)
    var random = SeededRandom(seed: 6)
    let moved = groups.map { _ in random.below(20) == 0 }
    let labels = groups.indices.map { moved[$0] ? (groups[$0] + 1) % 4 : groups[$0] % 4 }
    let found = try Self.search(features, labels)
    try #require(found.classRecall != nil)
    for isMoved in [true, false] {
      let rows = (0..<6000).filter { moved[$0] == isMoved }.prefix(250)
      let hits = rows.reduce(0) { sum, row in
        let exact = CoreNeighborTests.bruteForce(features, row, k: 6) { labels[row] == labels[$0] }.distances
        return sum + found.sameClass.distances[row * 6..<row * 6 + 6].count { $0 <= exact[5] }
      }
      #expect(Double(hits) >= (NeighborRecall.minimum - 0.01) * Double(6 * rows.count))
    }
  }

  @Test func distancesAreExactAndInOrder() throws {
    let (features, labels) = Self.clouds(rows: 3000)
    let found = try Self.search(features, labels)
    try #require(found.recall != nil)
    for row in stride(from: 0, to: 3000, by: 7) {
      let neighbors = found.all.neighbors(of: row)
      #expect(Set(neighbors).count == 20 && !neighbors.contains(row))
      let distances = neighbors.map {
        Distance.squared(features.row(row), features.row($0)).squareRoot()
      }
      #expect(distances == Array(found.all.distances[row * 20..<(row + 1) * 20]))
      #expect(distances == distances.sorted())
      for other in found.sameClass.neighbors(of: row) { #expect(labels[other] == labels[row]) }
    }
  }

  @Test func threadsDoNotChangeTheResult() throws {
    let (features, labels) = Self.clouds(rows: 4000)
    let results = try [1, 2, 5].map { try Self.search(features, labels, workers: Workers(threads: $0)) }
    try #require(results[0].recall != nil)
    for result in results.dropFirst() {
      #expect(result.all.indices == results[0].all.indices)
      #expect(result.all.distances == results[0].all.distances)
      #expect(result.sameClass.indices == results[0].sameClass.indices)
      #expect(result.recall == results[0].recall)
      #expect(result.classRecall == results[0].classRecall)
    }
  }

  /// In a cube of six dimensions the neighbors of most rows lie in more cells than are looked at first.
  @Test func moreCellsAreLookedAtUntilEnoughIsFound() throws {
    var random = SeededRandom(seed: 3)
    let values = (0..<8000 * 6).map { _ in Float(random.uniform()) }
    let features = DenseMatrix(rows: 8000, columns: 6, values: values)
    let found = try Self.search(features, (0..<8000).map { $0 % 2 }, k: 50)
    let recall = try #require(found.recall)
    #expect(recall.widened > 0)
    #expect(recall.recallAt50 >= NeighborRecall.minimum)
    let sampled = Self.recall(found.all, features, k: 50, step: 111) { _, _ in true }
    #expect(sampled >= NeighborRecall.minimum - 0.01)
  }

  @Test func whereNothingIsNearAllPairsAreLookedAt() throws {
    let (features, labels) = Core.clouds(rows: 1500, columns: 80, classes: 3, distance: 0)
    let found = try Self.search(features, labels)
    let exact = try Self.search(features, labels, maxExactRows: .max)
    #expect(found.recall == nil && found.classRecall == nil)
    #expect(found.all.indices == exact.all.indices)
    #expect(found.sameClass.indices == exact.sameClass.indices)
  }

  /// A bound that is reached before enough is found ends the widening, and what is said of the recall is still what is so.
  @Test func aBoundedSearchSaysHowLittleItFinds() throws {
    let (features, labels) = Core.clouds(rows: 4000, columns: 40, classes: 2, distance: 0)
    let found = try NeighborSearch.run(
      features: features, labels: labels, k: 50, classK: 6, maxExactRows: 500, maxBudget: 400,
      workers: Self.workers)
    let recall = try #require(found.recall)
    let classRecall = try #require(found.classRecall)
    #expect(recall.budget == 400)
    #expect(recall.recallAt50 < NeighborRecall.minimum)
    #expect(try #require(recall.shortfall).contains("400 of 4,000"))
    let all = Self.recall(found.all, features, k: 50, step: 9) { _, _ in true }
    #expect(abs(recall.recallAt50 - all) < 0.02)
    let sameClass = Self.recall(found.sameClass, features, k: 6, step: 9) { labels[$0] == labels[$1] }
    #expect(abs(classRecall.recallAt10 - sameClass) < 0.02)
    #expect(classRecall.recallAt10 >= min(recall.recallAt10, recall.recallAt50))
    // Where enough is found the bound changes nothing.
    let near = Self.clouds(rows: 4000)
    let bounded = try NeighborSearch.run(
      features: near.features, labels: near.labels, k: 20, classK: 6, maxExactRows: 500, maxBudget: 1999,
      workers: Self.workers)
    #expect(bounded.recall == (try Self.search(near.features, near.labels)).recall)
    #expect(bounded.recall?.shortfall == nil)
  }

  @Test func upToTheThresholdAllPairsAreLookedAt() throws {
    let (features, labels) = Self.clouds(rows: 2000)
    #expect(try Self.search(features, labels, maxExactRows: 2000).recall == nil)
    #expect(try Self.search(features, labels, maxExactRows: 1999).recall != nil)
  }

  @Test func rowsThatAreAllAlikeAreOneItem() throws {
    let features = DenseMatrix(rows: 3000, columns: 2, values: [Float](repeating: 4, count: 6000))
    let found = try Self.search(features, (0..<3000).map { $0 % 3 })
    #expect(found.all.distances.allSatisfy { $0 == 0 })
    #expect(found.all.neighbors(of: 0) == Array(1...20))
    #expect(found.sameClass.neighbors(of: 1) == [4, 7, 10, 13, 16, 19])
  }

  /// Nine tenths lie in a clump that is small beside its distance to the rest: the products of matrices cannot tell its
  /// centers apart, and one cell would hold it.
  @Test func aCellWithNearlyEverythingIsCut() throws {
    var random = SeededRandom(seed: 11)
    let rows = 10_000
    let values = (0..<rows * 3).map { index in
      index / 3 % 10 == 0 ? Float(random.normal() * 50) : 3000 + Float(random.normal() * 0.5)
    }
    let features = DenseMatrix(rows: rows, columns: 3, values: values)
    let found = try Self.search(features, [Int](repeating: 0, count: rows))
    let recall = try #require(found.recall)
    #expect(recall.budget < rows / 8)
    #expect(Self.recall(found.all, features, k: 20, step: 37) { _, _ in true } >= NeighborRecall.minimum)
  }

  @Test func everyRowAClassOfItsOwn() throws {
    let (features, _) = Self.clouds(rows: 2000)
    let found = try Self.search(features, Array(0..<2000))
    #expect(found.recall != nil)
    #expect(found.sameClass.k == 0)
    #expect(found.classRecall == nil)
  }

  @Test func withoutLabelsThereIsNoClass() throws {
    let (features, _) = Self.clouds(rows: 2000)
    let found = try Self.search(features, [Int](repeating: -1, count: 2000))
    #expect(found.recall != nil)
    #expect(found.sameClass.k == 0)
  }

  /// Classes of three among many others: all of a class is found however far it lies.
  @Test func smallClassesAreFoundWhole() throws {
    let (features, _) = Self.clouds(rows: 3000)
    let labels = (0..<3000).map { $0 % 1000 }
    let found = try Self.search(features, labels)
    try #require(found.recall != nil)
    #expect(found.sameClass.k == 2)
    for row in stride(from: 0, to: 3000, by: 13) {
      let others = Set([0, 1000, 2000].map { $0 + row % 1000 }).subtracting([row])
      #expect(Set(found.sameClass.neighbors(of: row)) == others)
    }
  }

  @Test func moreNeighborsThanACellHolds() throws {
    let (features, labels) = Self.clouds(rows: 5000)
    let found = try Self.search(features, labels, k: 300)
    #expect(found.recall?.cells ?? 0 > 100)
    for row in stride(from: 0, to: 5000, by: 101) { #expect(Set(found.all.neighbors(of: row)).count == 300) }
  }

  @Test func oneColumnOfManyTies() throws {
    var random = SeededRandom(seed: 2)
    let values = (0..<20_000).map { _ in Float(random.below(6000)) }
    let features = DenseMatrix(rows: 20_000, columns: 1, values: values)
    let labels = (0..<20_000).map { _ in random.below(2) }
    let found = try Self.search(features, labels)
    try #require(found.recall != nil)
    #expect(Self.recall(found.all, features, k: 20, step: 201) { _, _ in true } == 1)
    #expect(Self.recall(found.sameClass, features, k: 6, step: 201) { labels[$0] == labels[$1] } == 1)
  }

  @Test func aNarrowColumnNeedsNoMoreThanItsNeighborhood() throws {
    var random = SeededRandom(seed: 4)
    let values = (0..<50_000).map { _ in Float(random.normal()) }
    let features = DenseMatrix(rows: 50_000, columns: 1, values: values)
    let found = try Self.search(features, [Int](repeating: -1, count: 50_000))
    let recall = try #require(found.recall)
    #expect(recall.widened == 0)
    #expect(Self.recall(found.all, features, k: 20, step: 5001) { _, _ in true } == 1)
  }

  @Test func aSearchCanBeCancelled() {
    let (features, labels) = Self.clouds(rows: 2000)
    #expect(throws: CancellationError.self) {
      try NeighborSearch.run(
        features: features, labels: labels, k: 5, classK: 5, maxExactRows: 0, workers: Core.one,
        checkCancellation: { throw CancellationError() })
    }
  }

  @Test func aScanSaysHowMuchItFinds() throws {
    let (features, labels) = Self.clouds(rows: 2500)
    let dataset = try Core.dataset(labels: labels, classes: 4, features: features)
    let names: Set<String> = ["neighbor-distance"]
    let near = try Scanner.scan(dataset, options: ScanOptions(detectors: names, maxExactRows: 1000))
    #expect(Set(near.neighborRecall.keys) == ["neighbors", "class-neighbors"])
    #expect(near.neighborRecall.values.allSatisfy { $0.recallAt50 >= NeighborRecall.minimum })
    let exact = try Scanner.scan(dataset, options: ScanOptions(detectors: names, maxExactRows: .max))
    #expect(exact.neighborRecall.isEmpty)
    #expect(near.neighbors?.k == exact.neighbors?.k)
  }
}
