/// A residual net in Double with convolutions as they are defined: the oracle of the fast one.
struct NaiveResidualNet {
  let tensors: TensorWriter

  /// [channel][row][column]
  typealias Planes = [[[Double]]]
  typealias Names = (weight: String, norm: String)

  func start(_ planes: Planes, _ weight: String, _ norm: String) -> Planes {
    let x = positive(convolved(planes, (weight, norm), stride: 2))
    let half = (x[0].count + 1) / 2
    return x.map { plane in
      (0..<half).map { row in
        (0..<half).map { column in
          var top = -Double.infinity
          for y in 2 * row - 1...2 * row + 1 where plane.indices.contains(y) {
            for x in 2 * column - 1...2 * column + 1 where plane[y].indices.contains(x) {
              top = max(top, plane[y][x])
            }
          }
          return top
        }
      }
    }
  }

  func block(_ x: Planes, _ path: [Names], _ shortcut: Names, strided: Int, stride: Int) -> Planes {
    var y = x
    for (index, names) in path.enumerated() {
      y = convolved(y, names, stride: index == strided ? stride : 1)
      if index + 1 < path.count { y = positive(y) }
    }
    let added = tensors[shortcut.weight + ".weight"].isEmpty ? x : convolved(x, shortcut, stride: stride)
    return positive(zip(y, added).map { zip($0, $1).map { zip($0, $1).map { $0 + $1 } } })
  }

  func means(_ x: Planes) -> [Double] {
    x.map { plane in plane.joined().reduce(0, +) / Double(plane.count * plane[0].count) }
  }

  private func positive(_ x: Planes) -> Planes { x.map { $0.map { $0.map { max(0, $0) } } } }

  private func convolved(_ x: Planes, _ names: Names, stride: Int) -> Planes {
    let weight = tensors[names.weight + ".weight"]
    let (scale, shift) = (tensors[names.norm + ".weight"], tensors[names.norm + ".bias"])
    let (mean, variance) = (tensors[names.norm + ".running_mean"], tensors[names.norm + ".running_var"])
    let area = weight.count / (scale.count * x.count)
    let side = Int(Double(area).squareRoot())
    let size = (x[0].count + 2 * (side / 2) - side) / stride + 1
    return scale.indices.map { output in
      (0..<size).map { row in
        (0..<size).map { column in
          var sum = 0.0
          for channel in x.indices {
            for place in 0..<area {
              let y = row * stride + place / side - side / 2
              let z = column * stride + place % side - side / 2
              guard x[channel].indices.contains(y), x[channel][y].indices.contains(z) else { continue }
              sum += x[channel][y][z] * Double(weight[(output * x.count + channel) * area + place])
            }
          }
          let normed = (sum - Double(mean[output])) / (Double(variance[output]) + 1e-5).squareRoot()
          return normed * Double(scale[output]) + Double(shift[output])
        }
      }
    }
  }
}
