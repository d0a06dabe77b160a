import CVector
import Glibc

/// Softmax of rows of finite logits, sixteen at a time: with many samples a probe spends its time here.
package enum Softmax {
  /// Turns one row of logits into probabilities; returns log Σ exp.
  @discardableResult
  package static func apply(_ row: UnsafeMutableBufferPointer<Float>) -> Float {
    apply(row, classes: row.count).first ?? -.infinity
  }

  /// Turns rows of logits [rows, classes] into probabilities; returns log Σ exp of each.
  @discardableResult
  package static func apply(_ values: UnsafeMutableBufferPointer<Float>, classes: Int) -> [Float] {
    guard let base = values.baseAddress, classes > 0 else { return [] }
    let (tops, sums) = pair(values.count / classes) {
      cvector_softmax(base, values.count / classes, classes, $0, $1)
    }
    return zip(tops, sums).map { $0 + log($1) }
  }

  /// The greatest of the values, and Σ exp(scale · (value − greatest)), for a scale above 0.
  package static func sum(of row: UnsafeBufferPointer<Float>, scale: Float) -> (greatest: Float, sum: Float) {
    let (tops, sums) = sums(of: row, classes: row.count, scale: scale)
    return (tops.first ?? -.infinity, sums.first ?? 0)
  }

  /// The same of rows [rows, classes].
  package static func sums(
    of values: UnsafeBufferPointer<Float>, classes: Int, scale: Float
  ) -> (greatest: [Float], sums: [Float]) {
    guard let base = values.baseAddress, classes > 0 else { return ([], []) }
    return pair(values.count / classes) {
      cvector_softmax_sums(base, values.count / classes, classes, scale, $0, $1)
    }
  }

  /// Two numbers a row, which `fill` writes.
  private static func pair(
    _ rows: Int, _ fill: (UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>) -> Void
  ) -> ([Float], [Float]) {
    var first = [Float](repeating: 0, count: rows)
    var second = first
    first.withUnsafeMutableBufferPointer { first in
      second.withUnsafeMutableBufferPointer { second in
        guard let a = first.baseAddress, let b = second.baseAddress else { return }
        fill(a, b)
      }
    }
    return (first, second)
  }
}
