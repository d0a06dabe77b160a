import Glibc

/// A transformer as its papers have it, in Double, one place after the other: the oracle of the fast one.
struct NaiveTransformer {
  let tensors: TensorWriter
  let heads: Int
  let epsilon: Double
  let activation: (Double) -> Double

  typealias Rows = [[Double]]

  /// x Wᵀ + b.
  func linear(_ name: String, _ x: Rows) -> Rows {
    let bias = tensors[name + ".bias"]
    let weight = tensors[name + ".weight"]
    return x.map { row in
      bias.indices.map { output in
        row.indices.reduce(Double(bias[output])) { $0 + row[$1] * Double(weight[output * row.count + $1]) }
      }
    }
  }

  func norm(_ name: String, _ x: Rows) -> Rows {
    let (scale, shift) = (tensors[name + ".weight"], tensors[name + ".bias"])
    return x.map { row in
      let mean = row.reduce(0, +) / Double(row.count)
      let variance = row.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(row.count)
      return row.indices.map {
        (row[$0] - mean) / (variance + epsilon).squareRoot() * Double(scale[$0]) + Double(shift[$0])
      }
    }
  }

  func attention(_ query: Rows, _ key: Rows, _ value: Rows) -> Rows {
    let size = query[0].count / heads
    return query.indices.map { place in
      (0..<heads).flatMap { head -> [Double] in
        let own = head * size..<(head + 1) * size
        let scores = key.indices.map { other in
          own.reduce(0) { $0 + query[place][$1] * key[other][$1] } / Double(size).squareRoot()
        }
        let powers = scores.map { exp($0 - (scores.max() ?? 0)) }
        let sum = powers.reduce(0, +)
        return own.map { index in
          value.indices.reduce(0) { $0 + powers[$1] / sum * value[$1][index] }
        }
      }
    }
  }

  func sum(_ a: Rows, _ b: Rows) -> Rows { zip(a, b).map { zip($0, $1).map { $0 + $1 } } }

  /// Of BERT: normalised behind each half.
  func bertLayer(_ name: String, _ x: Rows) -> Rows {
    let own = "\(name).attention.self"
    let mixed = attention(linear(own + ".query", x), linear(own + ".key", x), linear(own + ".value", x))
    let middle = norm(
      "\(name).attention.output.LayerNorm", sum(x, linear("\(name).attention.output.dense", mixed)))
    let wide = linear("\(name).intermediate.dense", middle).map { $0.map(activation) }
    return norm("\(name).output.LayerNorm", sum(middle, linear("\(name).output.dense", wide)))
  }

  /// Of ViT: normalised before each half.
  func visionLayer(_ name: String, _ x: Rows) -> Rows {
    let own = "\(name).attention.attention"
    let y = norm("\(name).layernorm_before", x)
    let mixed = attention(linear(own + ".query", y), linear(own + ".key", y), linear(own + ".value", y))
    let middle = sum(x, linear("\(name).attention.output.dense", mixed))
    let wide = linear("\(name).intermediate.dense", norm("\(name).layernorm_after", middle)).map {
      $0.map(activation)
    }
    return sum(middle, linear("\(name).output.dense", wide))
  }

  func row(_ name: String, _ index: Int, width: Int) -> [Double] {
    tensors[name][index * width..<(index + 1) * width].map(Double.init)
  }

  static func gelu(_ x: Double) -> Double { 0.5 * x * (1 + erf(x / 2.0.squareRoot())) }
  static func geluNew(_ x: Double) -> Double {
    0.5 * x * (1 + tanh((2 / Double.pi).squareRoot() * (x + 0.044715 * x * x * x)))
  }
}
