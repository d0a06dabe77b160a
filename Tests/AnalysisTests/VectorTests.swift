import CVector
import Numerics
import Testing

/// The loops in C against the same sums one after the other, to the last bit where their order is said.
@Suite struct VectorTests {
  private static func values(_ count: Int, seed: UInt64) -> [Float] {
    var random = SeededRandom(seed: seed)
    return (0..<count).map { _ in Float(random.normal()) * 10 }
  }

  /// In the order that the header promises: two times sixteen lanes, then four, then one.
  private static func laned(_ terms: [Float]) -> Float {
    var lanes = [Float](repeating: 0, count: 32)
    let whole = terms.count / 32 * 32
    for index in 0..<whole { lanes[index % 32] += terms[index] }
    func halves(_ lanes: [Float]) -> Float {
      if lanes.count == 4 { return (lanes[0] + lanes[1]) + (lanes[2] + lanes[3]) }
      let half = lanes.count / 2
      return halves((0..<half).map { lanes[$0] + lanes[$0 + half] })
    }
    var sum = whole > 0 ? halves(lanes) : 0
    var four = [Float](repeating: 0, count: 4)
    let fours = whole + (terms.count - whole) / 4 * 4
    for index in whole..<fours { four[index % 4] += terms[index] }
    sum += halves(four)
    for index in fours..<terms.count { sum += terms[index] }
    return sum
  }

  @Test(arguments: [0, 1, 3, 4, 5, 31, 32, 33, 100, 768])
  func distancesAddInTheOrderThatIsPromised(count: Int) {
    let (a, b) = (Self.values(count, seed: 1), Self.values(count, seed: 2))
    let differences = zip(a, b).map { $0 - $1 }
    #expect(cvector_squared(a, b, count) == Self.laned(differences.map { $0 * $0 }))
    #expect(cvector_dot(a, b, count) == Self.laned(zip(a, b).map { $0 * $1 }))
    var target = a
    cvector_subtract(b, a, &target, count)
    #expect(target == differences)
  }

  @Test(arguments: [0, 1, 15, 16, 17, 250]) func whatIsBelowALimitIsFound(count: Int) {
    let (product, norms) = (Self.values(count, seed: 3), Self.values(count, seed: 4))
    for limit: Float in [-.infinity, -5, 0, 7, .infinity] {
      var hits = [Int32](repeating: -1, count: count + 1)
      let found = cvector_below(product, norms, count, limit, &hits)
      let expected = product.indices.filter { product[$0] + norms[$0] < limit }.map { Int32($0) }
      #expect(Array(hits.prefix(found)) == expected)
    }
    let sums = zip(product, norms).map { $0 + $1 }
    let least = sums.indices.min { (sums[$0], $0) < (sums[$1], $1) }
    #expect(cvector_least(product, norms, count) == least ?? 0)
  }

  @Test(arguments: [0, 1, 15, 16, 17, 250]) func theEndsOfWhatIsFiniteAreFound(count: Int) {
    var values = Self.values(count, seed: 6)
    for round in 0..<4 {
      let finite = values.filter(\.isFinite)
      let ends = values.withUnsafeBufferPointer { FiniteExtremes.of($0) }
      #expect(ends.low == finite.min() ?? .infinity && ends.high == finite.max() ?? -.infinity)
      for place in values.indices where place % 4 == round {
        values[place] = [.nan, .infinity, -.infinity][place % 3]
      }
    }
  }

  /// Against a look at every edge: values on edges and beside them, beyond the ends, no numbers, and edges that lie closer than
  /// numbers do.
  @Test(
    arguments: [(0, 1, 100), (-3, 4.5, 100), (1e6, 1_000_001, 100), (0.3, 0.300_001, 52), (-2e38, 3e38, 7)]
      as [(Float, Float, Int)])
  func valuesFallBetweenEdges(low: Float, high: Float, count: Int) {
    let edges = (0...count).map { place -> Float in
      let share = Double(place) / Double(count)
      return Float(Double(low) * (1 - share) + Double(high) * share)
    }
    let near = edges.flatMap { [$0.nextDown, $0, $0.nextUp] }
    let within = Self.values(500, seed: 7).map { low + (high / 2 - low / 2) * ($0 / 4).magnitude }
    let values =
      near + within + [.nan, .infinity, -.infinity, -.greatestFiniteMagnitude, .greatestFiniteMagnitude]
    let marks = values.indices.map { [Float(0.2), 0.5, .nan, 0.9][$0 % 4] }
    var cells = [UInt16](repeating: .max, count: values.count)
    cells.withUnsafeMutableBufferPointer { cells in
      values.withUnsafeBufferPointer { values in
        marks.withUnsafeBufferPointer {
          FloatBins(edges: edges).locate(values, marks: $0, threshold: 0.5, into: cells)
        }
      }
    }
    for (place, value) in values.enumerated() {
      let last = edges.dropLast().lastIndex { $0 <= value } ?? -1
      let cell =
        !value.isFinite ? count + 2 : value < edges[0] ? 0 : value > edges[count] ? count + 1 : last + 1
      #expect(Int(cells[place]) == 2 * cell + (marks[place] >= 0.5 ? 1 : 0), "\(value)")
    }
  }

  @Test func ofEqualSumsTheFirstIsTheLeast() {
    let product: [Float] = [3, 1, 1, 5] + [Float](repeating: 1, count: 40)
    #expect(cvector_least(product, [Float](repeating: 0, count: 44), 44) == 1)
    #expect(cvector_least([Float](repeating: 2, count: 33), [Float](repeating: 2, count: 33), 33) == 0)
  }

  /// Rows side by side are read beyond their end; each must be as if it stood alone.
  @Test(arguments: [1, 2, 10, 16, 23, 40]) func aRowOfASoftmaxDoesNotDependOnItsNeighbors(classes: Int) {
    let rows = 7
    let values = Self.values(rows * classes, seed: 5)
    var together = values
    let logSums = together.withUnsafeMutableBufferPointer { Softmax.apply($0, classes: classes) }
    let (_, sums) = values.withUnsafeBufferPointer { Softmax.sums(of: $0, classes: classes, scale: 0.5) }
    for row in 0..<rows {
      var alone = Array(values[row * classes..<(row + 1) * classes])
      let sum = alone.withUnsafeBufferPointer { Softmax.sum(of: $0, scale: 0.5).sum }
      let logSum = alone.withUnsafeMutableBufferPointer { Softmax.apply($0) }
      #expect(Array(together[row * classes..<(row + 1) * classes]) == alone)
      #expect(logSums[row] == logSum && sums[row] == sum)
    }
  }

  @Test(arguments: [1, 15, 16, 17, 70], [1, 3]) func columnsAreStandardisedAsOneAfterTheOther(
    columns: Int, threads: Int
  ) throws {
    let rows = 37
    var values = Self.values(rows * columns, seed: 6)
    for row in 0..<rows { values[row * columns] = 4 }  // a constant
    let matrix = DenseMatrix(rows: rows, columns: columns, values: values)
    let scale = try ColumnScale(matrix, rows: [0..<5, 6..<rows], workers: Workers(threads: threads))
    let order = [3, 5, 36, 0]
    let found = try scale.gathered(matrix, rows: order, excluding: [5], workers: Workers(threads: threads))
    for column in 0..<columns {
      let known = (0..<rows).filter { $0 != 5 }.map { Double(matrix[$0, column]) }
      let mean = known.reduce(0, +) / Double(known.count)
      let deviation = (known.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(known.count)).squareRoot()
      for (index, row) in order.enumerated() {
        let value = Double(matrix[row, column])
        let expected = row == 5 ? Float(value) : column == 0 ? 0 : Float((value - mean) * (1 / deviation))
        #expect(found[index, column] == expected)
      }
    }
  }

  @Test func aSelectedQuantileIsThatOfTheSortedValues() {
    for count in [1, 2, 3, 100, 1001] {
      let values = Self.values(count, seed: UInt64(count)).map { ($0 * 2).rounded() / 2 } + [.nan]
      for q in [0, 0.25, 0.5, 0.9, 1] {
        #expect(Statistics.quantile(values, q) == Statistics.quantiles(values, [q])[0])
      }
    }
    // Values for which the middle is a bad guess.
    let pipe = (0..<2000).map { Float($0 < 1000 ? $0 : 2000 - $0) }
    #expect(Selection.value(at: 700, of: pipe) == pipe.sorted()[700])
  }

  @Test func numbersOfTwiceTheLengthAreOrdered() {
    var random = SeededRandom(seed: 8)
    let odd: [Double] = [0, -0.0, .infinity, -.infinity, .nan, 1, 1]
    let values = odd + (0..<3000).map { _ in (random.normal() * 100).rounded() / 3 }
    let finite = values.indices.filter { values[$0].isFinite }
    let expected = finite.sorted {
      (values[$0], values[$0].sign == .minus ? 0 : 1, $0) < (
        values[$1], values[$1].sign == .minus ? 0 : 1, $1
      )
    }
    #expect(FloatOrder.risingFinite(values) == expected)
  }
}
