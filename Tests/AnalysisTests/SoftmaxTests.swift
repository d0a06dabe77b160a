import Foundation
import Numerics
import Testing

@Suite struct SoftmaxTests {
  /// Logits of several sizes around the sixteen that are taken at a time, with gaps beyond what Float can tell.
  static let rows: [[Float]] = {
    let sized = [1, 2, 15, 16, 17, 40, 1000].map { count in
      (0..<count).map { (i: Int) -> Float in Float((i * 7919) % 211) / 3 - 30 }
    }
    let special: [[Float]] = [[0, -200, -87, -88], [1e6, 999_999], [-3], [Float](repeating: 5, count: 33)]
    return sized + special
  }()

  private static func oracle(_ row: [Float], scale: Double = 1) -> (powers: [Double], sum: Double) {
    let top = Double(row.max() ?? 0)
    let powers = row.map { exp((Double($0) - top) * scale) }
    return (powers, powers.reduce(0, +))
  }

  @Test(arguments: rows) func probabilitiesAreThoseOfThePlainLoop(row: [Float]) {
    let (powers, sum) = Self.oracle(row)
    var values = row
    let logSum = values.withUnsafeMutableBufferPointer { Softmax.apply($0) }
    for (value, power) in zip(values, powers) { #expect(abs(Double(value) - power / sum) <= 1e-6) }
    for (value, power) in zip(values, powers) where power > 1e-30 {
      #expect(abs(Double(value) / (power / sum) - 1) <= 1e-5)
    }
    let expected = Double(row.max() ?? 0) + log(sum)
    #expect(abs(Double(logSum) - expected) <= 1e-6 * max(1, abs(expected)))
  }

  @Test(arguments: rows, [0.1, 1, 7]) func aScaledSumIsThatOfThePlainLoop(row: [Float], scale: Double) {
    let (greatest, sum) = row.withUnsafeBufferPointer { Softmax.sum(of: $0, scale: Float(scale)) }
    #expect(greatest == row.max())
    #expect(abs(Double(sum) / Self.oracle(row, scale: scale).sum - 1) <= 1e-5)
  }
}
