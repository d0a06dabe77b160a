import Encoders
import Glibc
import Testing

@Suite struct ActivationTests {
  @Test func approximationsAreNear() {
    let inputs = (-4000...4000).map { Float($0) / 400 } + [-1e30, 1e30, 0, -0.0]
    let oracles: [(Activation, (Double) -> Double)] = [
      (.gelu, NaiveTransformer.gelu), (.geluNew, NaiveTransformer.geluNew), (.relu, { max(0, $0) }),
      (.quickGelu, { $0 / (1 + exp(-1.702 * $0)) }),
    ]
    for (activation, oracle) in oracles {
      var values = inputs
      values.withUnsafeMutableBufferPointer { values in
        if let base = values.baseAddress { activation.apply(base, count: values.count) }
      }
      for (input, value) in zip(inputs, values) where abs(input) < 1e3 {
        #expect(abs(Double(value) - oracle(Double(input))) < 3e-6, "\(activation) of \(input)")
      }
      #expect(values[values.count - 4] == 0 && values[values.count - 3] == 1e30)
    }
    var nothing: [Float] = [.nan]
    nothing.withUnsafeMutableBufferPointer { values in
      if let base = values.baseAddress { Activation.gelu.apply(base, count: 1) }
    }
    #expect(nothing[0].isNaN)
  }
}
