import Numerics
import Testing

@Suite struct GradientHistogramTests {
  @Test func sumsAreThoseOfAPlainLoop() {
    var random = SeededRandom(seed: 2)
    let bins = (0..<60).map { _ in UInt8(random.below(64)) }
    let gradients = (0..<20).map { _ in Float(random.normal()) }
    let curvatures = (0..<20).map { _ in Float(random.uniform()) }
    func histogram(_ rows: [Int32]) -> GradientHistogram {
      GradientHistogram(
        bins, width: 3, rows: rows, columns: [0, 2], gradients: gradients, curvatures: curvatures)
    }
    let all = histogram((0..<20).map { Int32($0) })
    let even = histogram((0..<10).map { Int32(2 * $0) })
    let odd = histogram((0..<10).map { Int32(2 * $0 + 1) })
    for column in 0..<3 {
      for bin in 0..<64 {
        var expected = GradientHistogram.Sum()
        for row in 0..<20 where column != 1 && bins[row * 3 + column] == bin {
          expected.gradient += Double(gradients[row])
          expected.curvature += Double(curvatures[row])
          expected.rows += 1
        }
        let sum = all.sum(column, bin)
        #expect(sum.rows == expected.rows)
        #expect(
          abs(sum.gradient - expected.gradient) < 1e-9 && abs(sum.curvature - expected.curvature) < 1e-9)
        let rest = all.minus(even).sum(column, bin)
        #expect(rest.rows == odd.sum(column, bin).rows)
        #expect(abs(rest.gradient - odd.sum(column, bin).gradient) < 1e-9)
      }
    }
  }
}
