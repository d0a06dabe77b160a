import Glibc

/// The function between the two layers of a block, by the names that configurations give it.
package enum Activation: String, Sendable {
  /// x Φ(x) (Hendrycks & Gimpel, 2016), Φ through erf.
  case gelu
  /// The same through tanh.
  case geluNew = "gelu_new"
  case geluTanh = "gelu_pytorch_tanh"
  case geluFast = "gelu_fast"
  case quickGelu = "quick_gelu"
  case relu

  /// Sixteen values at a time: a model spends as long here as in a small product otherwise.
  package func apply(_ values: UnsafeMutablePointer<Float>, count: Int) {
    switch self {
    case .gelu:
      let root = Float(0.5).squareRoot()
      Self.map(values, count) { x in (x * 0.5) * (Self.erf(x * root) + 1) }
    case .geluNew, .geluTanh, .geluFast:
      let root = Float(2 / Double.pi).squareRoot()
      Self.map(values, count) { x in
        let inner = (x * x * x) * 0.044_715 + x
        return (x * 0.5) * (Self.tanh(inner * root) + 1)
      }
    // The logistic function is a tanh of half of its argument.
    case .quickGelu: Self.map(values, count) { x in (x * 0.5) * (Self.tanh(x * 0.851) + 1) }
    case .relu: Self.map(values, count) { $0.replacing(with: 0, where: $0 .< 0) }
    }
  }

  @inline(__always)
  private static func map(
    _ values: UnsafeMutablePointer<Float>, _ count: Int, _ body: (SIMD16<Float>) -> SIMD16<Float>
  ) {
    var index = 0
    let bytes = UnsafeMutableRawPointer(values)
    while index + 16 <= count {
      let lanes = body(bytes.loadUnaligned(fromByteOffset: index * 4, as: SIMD16<Float>.self))
      bytes.storeBytes(of: lanes, toByteOffset: index * 4, as: SIMD16<Float>.self)
      index += 16
    }
    while index < count {
      values[index] = body(SIMD16(repeating: values[index]))[0]
      index += 1
    }
  }

  /// erf(x) within 4e-7: a quotient of polynomials that interpolates it on [-4, 4], beyond which it is ±1 in Float (the
  /// coefficients of Eigen's `generic_fast_erf_float`).
  @inline(__always)
  static func erf(_ value: SIMD16<Float>) -> SIMD16<Float> {
    let x = clamped(value, 4)
    let square = x * x
    var above = SIMD16<Float>(repeating: -2.726_142_258_013_06e-10)
    above = above * square + 2.770_681_424_959_02e-08
    above = above * square + -2.101_024_020_825_08e-06
    above = above * square + -5.692_506_394_623_46e-05
    above = above * square + -7.349_906_303_268_55e-04
    above = above * square + -2.954_599_808_540_25e-03
    above = above * square + -1.609_603_333_262_41e-02
    var below = SIMD16<Float>(repeating: -1.456_607_184_649_96e-05)
    below = below * square + -2.133_740_552_789_05e-04
    below = below * square + -1.682_826_974_382_03e-03
    below = below * square + -7.373_329_167_204_68e-03
    below = below * square + -1.426_473_905_141_89e-02
    return x * above / below
  }

  /// tanh(x) within 4e-7, likewise on [-7.9, 7.9] (Eigen's `generic_fast_tanh_float`).
  @inline(__always)
  static func tanh(_ value: SIMD16<Float>) -> SIMD16<Float> {
    let x = clamped(value, 7.905_311)
    let square = x * x
    var above = SIMD16<Float>(repeating: -2.760_768_477_423_55e-16)
    above = above * square + 2.000_187_904_824_77e-13
    above = above * square + -8.604_671_522_137_35e-11
    above = above * square + 5.122_297_090_371_14e-08
    above = above * square + 1.485_722_357_179_79e-05
    above = above * square + 6.372_619_288_754_36e-04
    above = above * square + 4.893_524_558_917_86e-03
    var below = SIMD16<Float>(repeating: 1.198_258_394_667_02e-06)
    below = below * square + 1.185_347_056_866_54e-04
    below = below * square + 2.268_434_632_439_00e-03
    below = below * square + 4.893_525_185_543_85e-03
    return x * above / below
  }

  @inline(__always)
  private static func clamped(_ x: SIMD16<Float>, _ bound: Float) -> SIMD16<Float> {
    x.replacing(with: bound, where: x .> bound).replacing(with: -bound, where: x .< -bound)
  }
}
