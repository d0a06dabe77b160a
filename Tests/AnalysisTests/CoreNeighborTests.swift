import Learning
import Numerics
import Scanning
import Testing

@Suite struct CoreNeighborTests {
  enum Shape: String, CaseIterable {
    case clouds, ties, copies, tightClusters, farOutlier, large, allAlike, highDimensional
  }

  static func data(_ shape: Shape) -> (features: DenseMatrix, labels: [Int]) {
    var random = SeededRandom(seed: 17)
    func matrix(_ rows: Int, _ columns: Int, _ value: (Int, Int) -> Double) -> DenseMatrix {
      let values = (0..<rows * columns).map { Float(value($0 / columns, $0 % columns)) }
      return DenseMatrix(rows: rows, columns: columns, values: values)
    }
    func labels(_ count: Int) -> [Int] { (0..<count).map { _ in random.below(4) - 1 } }
    switch shape {
    case .clouds: return Core.clouds(rows: 700, columns: 20, classes: 3, distance: 1)
    case .ties: return (matrix(600, 3) { _, _ in Double(random.below(5)) }, labels(600))
    case .copies:
      let originals = (0..<40 * 8).map { _ in random.normal() }
      return (matrix(900, 8) { row, column in originals[row * row % 40 * 8 + column] }, labels(900))
    case .tightClusters:
      // Within a cluster distances are far below the rounding of the products.
      return (matrix(600, 16) { row, _ in Double(row % 5) * 1000 + random.normal() * 0.01 }, labels(600))
    case .farOutlier:
      return (matrix(500, 6) { row, _ in row == 77 ? 1e12 : random.normal() }, labels(500))
    case .large: return Core.clouds(rows: 1300, columns: 5, classes: 2, distance: 0.2)
    case .allAlike: return (matrix(300, 4) { _, _ in 2 }, labels(300))
    case .highDimensional: return Core.clouds(rows: 200, columns: 700, classes: 2, distance: 0.1)
    }
  }

  /// All distances of a row, sorted: what the search must give exactly.
  static func bruteForce(
    _ features: DenseMatrix, _ row: Int, k: Int, among: (Int) -> Bool
  ) -> (indices: [Int32], distances: [Float]) {
    var found: [(distance: Float, index: Int)] = []
    for other in 0..<features.rows where other != row && among(other) {
      found.append((Distance.squared(features.row(row), features.row(other)), other))
    }
    found.sort { ($0.distance, $0.index) < ($1.distance, $1.index) }
    let best = found.prefix(k)
    let padding = [Int32](repeating: -1, count: max(0, k - best.count))
    return (best.map { Int32($0.index) } + padding, best.map { $0.distance.squareRoot() })
  }

  @Test(arguments: Shape.allCases)
  func findsWhatBruteForceFinds(shape: Shape) throws {
    let (features, labels) = Self.data(shape)
    let excluded: Set<Int> = [3, 50]
    let found = try NeighborSearch.run(
      features: features, labels: labels, k: 20, classK: 6, excluding: excluded, workers: Workers(threads: 2))
    #expect(found.all.k == 20)
    #expect(found.sameClass.k == 6)
    for row in 0..<features.rows where row % 3 == 0 || row == 77 || row < 8 {
      let all = Self.bruteForce(features, row, k: 20) {
        !excluded.contains(row) && !excluded.contains($0)
      }
      #expect(Array(found.all.indices[row * 20..<(row + 1) * 20]) == all.indices, "row \(row)")
      let distances = found.all.distances[row * 20..<(row + 1) * 20].filter { !$0.isNaN }
      #expect(distances == all.distances)
      let sameClass = Self.bruteForce(features, row, k: 6) {
        !excluded.contains(row) && !excluded.contains($0) && labels[row] >= 0 && labels[$0] == labels[row]
      }
      #expect(Array(found.sameClass.indices[row * 6..<(row + 1) * 6]) == sameClass.indices, "row \(row)")
    }
  }

  /// A scan searches once for features and input where they are one: each has what a search of its own finds, also where
  /// there are fewer samples than neighbors.
  @Test(arguments: [40, 80, 150]) func theFewNeighborsAreTheFirstOfTheMany(count: Int) throws {
    let input = try ScanInput.prepare(
      try Planted.table(count, seed: 3) { row, cells in
        if row % 3 == 1 { cells = cells.map { $0.rounded() } }
        return nil
      })
    #expect(input.features === input.inputFeatures)
    for (table, k) in [(input.neighbors, 50), (input.inputNeighbors, 100)] {
      let own = try NeighborSearch.run(
        features: input.features, labels: input.labels, k: k, classK: 10, workers: Core.one)
      #expect(table.k == own.all.k)
      #expect(Array(table.indices) == Array(own.all.indices))
      #expect(table.distances.map(\.bitPattern) == own.all.distances.map(\.bitPattern))
      #expect(Array(input.classNeighbors.indices) == Array(own.sameClass.indices))
    }
  }

  @Test func threadsDoNotChangeTheResult() throws {
    let (features, labels) = Self.data(.large)
    let results = try [1, 2, 5].map { threads in
      try NeighborSearch.run(
        features: features, labels: labels, k: 50, classK: 10, workers: Workers(threads: threads))
    }
    for result in results.dropFirst() {
      #expect(result.all.indices == results[0].all.indices)
      #expect(result.all.distances == results[0].all.distances)
      #expect(result.sameClass.indices == results[0].sameClass.indices)
    }
  }

  @Test(arguments: 0...3)
  func fewRows(count: Int) throws {
    let features = DenseMatrix(rows: count, columns: 2, values: (0..<count * 2).map { Float($0) })
    let found = try NeighborSearch.run(
      features: features, labels: [Int](repeating: 0, count: count), k: 50, classK: 10, workers: Core.one)
    #expect(found.all.k == max(0, count - 1))
    for row in 0..<count { #expect(Set(found.all.neighbors(of: row)) == Set(0..<count).subtracting([row])) }
  }

  @Test func aSearchCanBeCancelled() {
    let (features, labels) = Self.data(.clouds)
    #expect(throws: CancellationError.self) {
      try NeighborSearch.run(
        features: features, labels: labels, k: 5, classK: 5, workers: Core.one,
        checkCancellation: { throw CancellationError() })
    }
  }
}
