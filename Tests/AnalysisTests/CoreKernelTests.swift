import Numerics
import Testing

@Suite struct CoreKernelTests {
  @Test(arguments: [(1, 1, 1), (5, 3, 7), (64, 33, 17), (1500, 9, 4)])
  func productsAreThoseOfTheTripleLoop(m: Int, k: Int, n: Int) throws {
    var random = SeededRandom(seed: 3)
    let a = DenseMatrix(rows: m, columns: k, values: (0..<m * k).map { _ in Float(random.normal()) })
    let b = DenseMatrix(rows: k, columns: n, values: (0..<k * n).map { _ in Float(random.normal()) })
    let turned = DenseMatrix(rows: n, columns: k, values: (0..<n * k).map { b[$0 % k, $0 / k] })
    let product = try Products.multiply(a, b, workers: Workers(threads: 2))
    let same = try Products.multiply(a, turned, transposeB: true, workers: Core.one)
    for i in 0..<m {
      for j in 0..<n {
        let expected = (0..<k).reduce(0.0) { $0 + Double(a[i, $1]) * Double(b[$1, j]) }
        #expect(abs(Double(product[i, j]) - expected) < 1e-4)
        #expect(abs(Double(same[i, j]) - expected) < 1e-4)
      }
    }
  }

  @Test(arguments: 0...100)
  func lanesAgreeWithTheStrictLoop(count: Int) {
    var random = SeededRandom(seed: UInt64(count))
    let a = (0..<count).map { _ in Float(random.normal()) }
    let b = (0..<count).map { _ in Float(random.normal()) }
    let strict = Distance.strictSquared(a[...], b[...])
    #expect(abs(Distance.squared(a[...], b[...]) - strict) <= 1e-5 * max(1, strict))
    a.withUnsafeBufferPointer { x in
      b.withUnsafeBufferPointer { y in
        guard let x = x.baseAddress, let y = y.baseAddress else { return }
        let dot = Distance.strictDot(a[...], b[...])
        #expect(abs(Distance.dot(x, y, count: count) - dot) <= 1e-4)
      }
    }
  }

  @Test(arguments: [1, 2, 7, 40])
  func eigenpairsRebuildTheMatrix(size: Int) {
    var random = SeededRandom(seed: 5)
    var matrix = [Double](repeating: 0, count: size * size)
    for i in 0..<size {
      for j in 0...i {
        matrix[i * size + j] = random.normal()
        matrix[j * size + i] = matrix[i * size + j]
      }
    }
    let pairs = Eigen.symmetric(matrix, size: size)
    #expect(pairs.values == pairs.values.sorted(by: >))
    for i in 0..<size {
      for j in 0..<size {
        let rebuilt = (0..<size).reduce(0.0) {
          $0 + pairs.values[$1] * pairs.vectors[$1 * size + i] * pairs.vectors[$1 * size + j]
        }
        #expect(abs(rebuilt - matrix[i * size + j]) < 1e-9)
      }
    }
  }

  @Test func aMatrixThatIsNotFiniteHasNoDirectionThatStandsOut() {
    let pairs = Eigen.symmetric([1, .nan, .nan, 1], size: 2)
    #expect(pairs.values == [0, 0])
    #expect(Eigen.symmetric([], size: 0).values.isEmpty)
  }

  @Test(arguments: [(200, 6), (6, 200)])
  func theTopSingularVectorIsThePlantedOne(rows: Int, columns: Int) {
    var random = SeededRandom(seed: 8)
    var planted = (0..<columns).map { _ in Float(random.normal()) }
    let norm = Distance.strictDot(planted[...], planted[...]).squareRoot()
    planted = planted.map { $0 / norm }
    let weights = (0..<rows).map { _ in Float(random.normal() * 10) }
    let matrix = (0..<rows * columns).map {
      weights[$0 / columns] * planted[$0 % columns] + Float(random.normal() * 0.01)
    }
    let top = Eigen.topSingularVectors(matrix, rows: rows, columns: columns, count: 2)
    let length = Distance.strictDot(weights[...], weights[...]).squareRoot()
    #expect(abs(top.values[0] - Double(length)) < 0.05 * Double(length))
    #expect(abs(Distance.strictDot(top.vectors[0][...], planted[...])) > 0.999)
    #expect(top.values[1] < 0.05 * top.values[0])
  }

  @Test func splitMixGivesItsPublishedNumbers() {
    var random = SplitMix64(state: 1_234_567)
    #expect(random.next() == 6_457_827_717_110_365_317)
    #expect(random.next() == 3_203_168_211_198_807_973)
  }

  @Test func seededNumbersRepeatAndStreamsDiffer() {
    var a = SeededRandom(seed: 9)
    var b = SeededRandom(seed: 9)
    var c = SeededRandom(seed: 9, stream: 1)
    let first = (0..<100).map { _ in a.next() }
    #expect(first == (0..<100).map { _ in b.next() })
    #expect(first != (0..<100).map { _ in c.next() })
    var counts = [Int](repeating: 0, count: 7)
    for _ in 0..<70_000 { counts[a.below(7)] += 1 }
    // Five deviations of a binomial.
    #expect(counts.allSatisfy { abs($0 - 10_000) < 465 })
    let normals = (0..<50_000).map { _ in a.normal() }
    let mean = normals.reduce(0, +) / 50_000
    #expect(abs(mean) < 0.025)
    #expect(abs(normals.reduce(0) { $0 + $1 * $1 } / 50_000 - 1) < 0.04)
  }

  @Test(arguments: [1, 2, 3])
  func classSumsAreThoseOfTheLoopWhateverTheThreads(threads: Int) throws {
    let (features, labels) = Core.clouds(rows: 9000, columns: 3, classes: 3, distance: 2)
    let workers = Workers(threads: threads)
    let means = try ClassSums.means(of: features, labels: labels, classCount: 4, workers: workers)
    #expect(means.counts == [3000, 3000, 3000, 0])
    let alone = try ClassSums.means(of: features, labels: labels, classCount: 4, workers: Core.one)
    #expect(means.values == alone.values)
    for label in 0..<3 {
      let rows = labels.indices.filter { labels[$0] == label }
      let expected = rows.reduce(0.0) { $0 + Double(features[$1, 1]) } / Double(rows.count)
      #expect(abs(Double(means.mean(of: label).dropFirst().first ?? .nan) - expected) < 1e-5)
    }
    let covariance = try ClassSums.covariance(
      of: features, rows: Array(labels.indices), centers: means.values, centerOfRow: { labels[$0] },
      workers: workers)
    for i in 0..<3 {
      for j in 0..<3 { #expect(abs(covariance[i * 3 + j] - (i == j ? 1 : 0)) < 0.06) }
    }
  }

  @Test func blocksMergeInOrder() throws {
    var seen: [Int] = []
    try Workers(threads: 3).reduce(count: 23, blockSize: 2, into: &seen) {
      Array($0)
    } merge: {
      $0 += $1
    }
    #expect(seen == Array(0..<23))
  }
}
