import Numerics
import Testing

/// The loops in C against what they stand for.
@Suite struct CoreVectorTests {
  /// Where keys are drawn from: many alike in their first digits, one far out, everything.
  enum Keys: CaseIterable { case near, outlier, all }

  @Test(arguments: Keys.allCases) func theSmallestComeToTheFrontInTheirOrder(of kind: Keys) {
    var random = SeededRandom(seed: 1)
    for _ in 0..<300 {
      let count = 1 + random.below(200)
      let wanted = 1 + random.below(count)
      let keys = (0..<count).map { index -> UInt64 in
        let high =
          switch kind {
          case .near: random.below(3)
          case .outlier: random.below(20) == 0 ? Int(UInt32.max) - random.below(4) : random.below(1000)
          case .all: random.below(Int(UInt32.max))
          }
        return UInt64(high) << 32 | UInt64(index)
      }
      var sorted = keys
      let largest = sorted.withUnsafeMutableBufferPointer { keys in
        keys.baseAddress.map { Selection.smallest(wanted, of: $0, count: count) }
      }
      let expected = keys.sorted().prefix(wanted)
      #expect(largest == expected.last)
      let kept = Set(expected)
      #expect(Array(sorted.prefix(wanted)) == keys.filter(kept.contains))
    }
  }

  /// To the last bit what one row after the other gives, so that clusters do not depend on how they are found.
  @Test(arguments: [1, 3, 4, 10, 20, 31, 32, 35, 64, 101]) func theNearestCenterIsThatOfEachRow(width: Int) {
    var random = SeededRandom(seed: UInt64(width))
    func drawn(_ rows: Int) -> [[Float]] {
      (0..<rows).map { _ in (0..<width).map { _ in Float(random.normal()) } }
    }
    let (matrix, centers) = (drawn(70), drawn(5))
    let rows = InterleavedRows(rows: 70, width: width) { row, target in
      for (column, value) in matrix[row].enumerated() { target[column] = value }
    }
    for range in [0..<70, 16..<33, 64..<70] {
      // The last center is the first again: of two at one distance the first counts.
      let found = rows.nearest(of: (centers + centers.prefix(1)).flatMap { $0 }, to: range)
      for (place, row) in range.enumerated() {
        let squares = centers.map { Distance.squared(matrix[row][...], $0[...]) }
        let least = squares.indices.min { squares[$0] < squares[$1] } ?? 0
        #expect(Int(found.centers[place]) == least)
        #expect(found.squares[place] == squares[least])
      }
    }
  }

  @Test(arguments: [1, 2, 15, 16, 17, 40]) func sharesAreSummedOneRowAfterTheOther(classes: Int) {
    var random = SeededRandom(seed: UInt64(classes))
    let labels = (0..<90).map { _ in random.below(classes + 1) - 1 }
    let shares = (0..<90 * classes).map { _ in Float(random.uniform()) }
    let figures = (0..<90).map { _ in SIMD4<Float>((0..<4).map { _ in Float(random.uniform()) }) }
    let records = WeightedShares(labels: labels, shares: shares, classes: classes) { row, own in
      #expect(Array(own) == Array(shares[row * classes..<(row + 1) * classes]))
      return figures[row]
    }
    let rows = (0..<90).filter { _ in random.below(2) == 0 }.map(Int32.init)
    var sums = [Float](repeating: 7, count: 3 * records.width)
    let totals = rows.withUnsafeBufferPointer { records.sum($0, into: &sums) }
    var (expected, total) = ([Float](repeating: 0, count: 3 * classes), SIMD4<Float>.zero)
    for row in rows.map(Int.init) where labels[row] >= 0 {
      let weight = figures[row][0]
      total += figures[row]
      expected[labels[row]] += weight
      for label in 0..<classes {
        let share = shares[row * classes + label]
        expected[classes + label] += weight * share
        expected[2 * classes + label] += weight * (share * share)
      }
    }
    #expect(totals == total)
    for kind in 0..<3 {
      let own = sums[kind * records.width..<kind * records.width + classes]
      #expect(Array(own) == Array(expected[kind * classes..<(kind + 1) * classes]))
    }
  }

  @Test(arguments: [(1, 1), (3, 5), (17, 20), (31, 64), (700, 33)])
  func whatIsBelowALimitIsFound(rows: Int, width: Int) {
    var random = SeededRandom(seed: UInt64(rows))
    let matrix = (0..<rows).map { _ in (0..<width).map { _ in Float(random.normal()) } }
    let count = 7
    let queries = (0..<count).map { _ in (0..<width).map { _ in Float(random.normal()) } }
    let interleaved = InterleavedRows(rows: rows, width: width) { row, target in
      for (column, value) in matrix[row].enumerated() { target[column] = value }
    }
    let range = rows / 3..<rows - rows / 5
    var limits = (0..<count).map { Float(width) * (0.5 + Float($0) / 8) }
    var found = [[Int]](repeating: [], count: count)
    limits.withUnsafeMutableBufferPointer { limits in
      queries.flatMap { $0 }.withUnsafeBufferPointer { queries in
        guard let limits = limits.baseAddress, let queries = queries.baseAddress else { return }
        interleaved.scan(queries, count: count, range: range, limits: limits) { query, value, row in
          found[query].append(row)
          let exact = Self.value(queries + query * width, matrix[row])
          #expect(abs(value - exact) < 1e-3)
        }
      }
    }
    for query in 0..<count {
      let values = queries[query].withUnsafeBufferPointer { own in
        matrix.map { row in own.baseAddress.map { Self.value($0, row) } ?? .nan }
      }
      #expect(found[query] == range.filter { values[$0] < limits[query] })
    }
    for row in 0..<rows {
      let norm = matrix[row].reduce(0) { $0 + $1 * $1 }
      #expect(abs(interleaved.norm(row) - norm) < 1e-3 * max(1, norm))
    }
  }

  /// ‖row‖² + query · row.
  private static func value(_ query: UnsafePointer<Float>, _ row: [Float]) -> Float {
    row.indices.reduce(0) { $0 + row[$1] * row[$1] + query[$1] * row[$1] }
  }

  @Test(arguments: [0, 1, 15, 16, 17, 5000]) func rowsOfTwoCodesAreThoseOfTheLoop(count: Int) {
    var random = SeededRandom(seed: 2)
    let a = (0..<count).map { _ in UInt32(random.below(3)) }
    let b = (0..<count).map { _ in UInt32(random.below(4)) }
    let rows = RowLookup.rows(of: a, equalTo: 1, and: b, equalTo: 2)
    #expect(rows == a.indices.filter { a[$0] == 1 && b[$0] == 2 }.map { Int32($0) })
  }

  @Test func commonElementsAreThoseOfTheSets() {
    var random = SeededRandom(seed: 3)
    for _ in 0..<200 {
      let (a, b) = (0..<2).reduce(into: (Set<UInt32>(), Set<UInt32>())) { sets, index in
        for _ in 0..<random.below(60) {
          let value = UInt32(random.below(80)) << 25
          if index == 0 { sets.0.insert(value) } else { sets.1.insert(value) }
        }
      }
      let union = a.union(b).count
      let jaccard = union == 0 ? 0 : Double(a.intersection(b).count) / Double(union)
      a.sorted().withUnsafeBufferPointer { x in
        b.sorted().withUnsafeBufferPointer { y in
          #expect(SortedSets.common(x, y) == a.intersection(b).count)
          #expect(SortedSets.jaccard(x, y) == jaccard)
        }
      }
    }
  }

  @Test(arguments: [(1, 1), (16, 16), (5, 40), (33, 17)])
  func aTransposedMatrixIsTurned(rows: Int, columns: Int) {
    let values = (0..<rows * columns).map { Float($0) }
    var turned = [Float](repeating: -1, count: values.count)
    values.withUnsafeBufferPointer { from in
      turned.withUnsafeMutableBufferPointer { to in
        guard let from = from.baseAddress, let to = to.baseAddress else { return }
        Products.transpose(from, rows: rows, columns: columns, into: to)
      }
    }
    #expect(turned == (0..<rows * columns).map { values[$0 % rows * columns + $0 / rows] })
  }

  @Test(arguments: [1, 4, 19, 70]) func distancesToRowsAnywhereAreThoseOfTheLoop(width: Int) {
    var random = SeededRandom(seed: 4)
    let values = (0..<50 * width).map { _ in Float(random.normal()) }
    let rows = (0..<30).map { _ in Int32(random.below(50)) }
    var squares = [Float](repeating: .nan, count: rows.count)
    values.withUnsafeBufferPointer { values in
      rows.withUnsafeBufferPointer { rows in
        squares.withUnsafeMutableBufferPointer { squares in
          guard let x = values.baseAddress, let rows = rows.baseAddress, let target = squares.baseAddress
          else { return }
          Distance.squared(x, toRows: rows, of: x, count: squares.count, width: width, into: target)
        }
      }
    }
    for (row, square) in zip(rows, squares) {
      let other = values[Int(row) * width..<(Int(row) + 1) * width]
      #expect(square == Distance.squared(values[..<width], other))
    }
  }
}
