import Model
import Numerics

/// y = x Wᵀ + b.
struct Linear: Sendable {
  /// [outputs, inputs]
  let weight: Column<Float>
  let bias: Column<Float>
  let inputs: Int
  let outputs: Int

  /// The same as several that read the same rows, side by side.
  init(joining parts: [Linear]) {
    weight = Column(parts.flatMap { Array($0.weight) })
    bias = Column(parts.flatMap { Array($0.bias) })
    inputs = parts[0].inputs
    outputs = parts.reduce(0) { $0 + $1.outputs }
  }

  init(weight: Column<Float>, bias: Column<Float>, inputs: Int, outputs: Int) {
    self.weight = weight
    self.bias = bias
    self.inputs = inputs
    self.outputs = outputs
  }

  /// - Parameters:
  ///   - x: [rows, inputs]
  ///   - y: [rows, outputs]
  ///   - adds: to what stands there; else it is overwritten.
  func apply(
    _ x: UnsafePointer<Float>, rows: Int, to y: UnsafeMutablePointer<Float>, adds: Bool = false
  ) {
    bias.withUnsafeBufferPointer { bias in
      for row in 0..<rows {
        let line = y + row * outputs
        for index in 0..<outputs { line[index] = adds ? line[index] + bias[index] : bias[index] }
      }
    }
    weight.withUnsafeBufferPointer { weight in
      guard let weight = weight.baseAddress else { return }
      BLAS.gemm(
        m: rows, n: outputs, k: inputs, x, lda: inputs, weight, ldb: inputs, transposeB: true, beta: 1, y,
        ldc: outputs)
    }
  }
}
