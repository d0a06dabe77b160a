import Numerics
import Testing

/// What the others predict of a row, against weights that are fitted anew without it.
@Suite struct RidgeRegressionTests {
  private static let width = 3

  /// Weights of `rows` by Gaussian elimination on the normal equations, the constant last.
  private static func weights(_ x: DenseMatrix, _ y: DenseMatrix, _ rows: [Int], target: Int) -> [Double] {
    let n = width + 1
    func value(_ row: Int, _ j: Int) -> Double { j < width ? Double(x[row, j]) : 1 }
    var system = (0..<n).map { i in
      (0..<n).map { j in
        rows.reduce(i == j ? RidgeRegression.penalty : 0) { $0 + value($1, i) * value($1, j) }
      } + [rows.reduce(0) { $0 + value($1, i) * Double(y[$1, target]) }]
    }
    for pivot in 0..<n {
      for other in 0..<n where other != pivot {
        let factor = system[other][pivot] / system[pivot][pivot]
        for j in pivot...n { system[other][j] -= factor * system[pivot][j] }
      }
    }
    return (0..<n).map { system[$0][n] / system[$0][$0] }
  }

  @Test(arguments: [1, 2]) func leavingOneOutIsFittingWithoutIt(threads: Int) throws {
    var random = SeededRandom(seed: 3)
    let count = 40
    let x = DenseMatrix(
      rows: count, columns: Self.width, values: (0..<count * Self.width).map { _ in Float(random.normal()) })
    let y = DenseMatrix(rows: count, columns: 2, values: (0..<count * 2).map { _ in Float(random.normal()) })
    let rows = (0..<count).filter { $0 % 7 != 2 }
    let predicted = try RidgeRegression.leaveOneOut(
      x, targets: y, rows: rows, workers: Workers(threads: threads))
    for (index, row) in rows.enumerated() {
      for target in 0..<2 {
        let weights = Self.weights(x, y, rows.filter { $0 != row }, target: target)
        let expected = (0..<Self.width).reduce(weights[Self.width]) { $0 + weights[$1] * Double(x[row, $1]) }
        #expect(abs(Double(predicted[index, target]) - expected) < 1e-5)
      }
    }
  }
}
