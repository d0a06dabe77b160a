import Model

/// Each row less its mean over its deviation, scaled and shifted (Ba, Kiros & Hinton, 2016).
struct LayerNorm: Sendable {
  let scale: Column<Float>
  let shift: Column<Float>
  /// Added to the variance.
  let epsilon: Float

  /// - Parameters:
  ///   - x: [rows, width]
  ///   - y: the same place, or another.
  func apply(_ x: UnsafePointer<Float>, rows: Int, to y: UnsafeMutablePointer<Float>) {
    let width = scale.count
    scale.withUnsafeBufferPointer { scale in
      shift.withUnsafeBufferPointer { shift in
        for row in 0..<rows {
          let source = x + row * width
          let target = y + row * width
          let mean = Self.sum(source, width) { $0 } / Float(width)
          let variance = Self.sum(source, width) { ($0 - mean) * ($0 - mean) } / Float(width)
          let factor = 1 / (variance + epsilon).squareRoot()
          for index in 0..<width {
            target[index] = (source[index] - mean) * factor * scale[index] + shift[index]
          }
        }
      }
    }
  }

  /// Eight sums side by side: one alone waits for each addition.
  @inline(__always)
  private static func sum(
    _ values: UnsafePointer<Float>, _ count: Int, _ term: (SIMD8<Float>) -> SIMD8<Float>
  ) -> Float {
    var lanes = SIMD8<Float>.zero
    var index = 0
    while index + 8 <= count {
      lanes += term(UnsafeRawPointer(values + index).loadUnaligned(as: SIMD8<Float>.self))
      index += 8
    }
    var sum = lanes.sum()
    while index < count {
      sum += term(SIMD8(repeating: values[index]))[0]
      index += 1
    }
    return sum
  }
}
