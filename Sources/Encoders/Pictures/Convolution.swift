import Formats
import Model
import Numerics

/// Channels of values in rows and columns.
struct FeatureMap {
  var channels: Int
  var height: Int
  var width: Int
  var values: [Float]

  mutating func rectify() {
    for index in values.indices where values[index] < 0 { values[index] = 0 }
  }

  mutating func add(_ other: FeatureMap) {
    for index in values.indices { values[index] += other.values[index] }
  }

  /// The largest of each 3 x 3 places, every second of them.
  func pooled() -> FeatureMap {
    let (newHeight, newWidth) = ((height + 1) / 2, (width + 1) / 2)
    var result = FeatureMap(
      channels: channels, height: newHeight, width: newWidth,
      values: [Float](repeating: -.infinity, count: channels * newHeight * newWidth))
    for channel in 0..<channels {
      for row in 0..<newHeight {
        for column in 0..<newWidth {
          var top = -Float.infinity
          for y in max(0, 2 * row - 1)...min(height - 1, 2 * row + 1) {
            for x in max(0, 2 * column - 1)...min(width - 1, 2 * column + 1) {
              top = max(top, values[(channel * height + y) * width + x])
            }
          }
          result.values[(channel * newHeight + row) * newWidth + column] = top
        }
      }
    }
    return result
  }

  /// The mean of each channel.
  func means() -> [Float] {
    let size = height * width
    return (0..<channels).map { channel in
      values[channel * size..<(channel + 1) * size].reduce(0, +) / Float(size)
    }
  }
}

/// A convolution with the batch normalization behind it, which is folded into its weights: in use both are fixed.
struct Convolution: Sendable {
  /// [outputs, inputs * side * side]
  private let weight: [Float]
  private let bias: [Float]
  let inputs: Int
  let outputs: Int
  private let side: Int
  private let stride: Int

  /// - Parameters:
  ///   - name: of the tensor of weights, without ".weight"; `norm` likewise.
  ///   - inputs: channels that come in.
  init(_ weights: Weights, _ name: String, norm: String, inputs: Int, stride: Int) throws(FormatError) {
    guard let shape = weights.shape(name + ".weight"), shape.count == 4, shape[1] == inputs,
      shape[2] == shape[3], [1, 3, 5, 7].contains(shape[2]), (1...1 << 14).contains(shape[0])
    else {
      throw FormatError(
        "model.safetensors", at: name + ".weight", "is no convolution of \(inputs) channels, or not there")
    }
    let kernel = try weights.values(name + ".weight", shape[0], shape[1], shape[2], shape[3])
    (self.inputs, outputs, side, self.stride) = (inputs, shape[0], shape[2], stride)
    let scale = try weights.values(norm + ".weight", shape[0])
    let shift = try weights.values(norm + ".bias", shape[0])
    let mean = try weights.values(norm + ".running_mean", shape[0])
    let variance = try weights.values(norm + ".running_var", shape[0])
    // What PyTorch adds to the variance, which no configuration changes.
    let factors = (0..<shape[0]).map { scale[$0] / (variance[$0] + 1e-5).squareRoot() }
    let size = inputs * shape[2] * shape[3]
    weight = kernel.indices.map { kernel[$0] * factors[$0 / size] }
    bias = factors.indices.map { shift[$0] - mean[$0] * factors[$0] }
  }

  /// Padded with zeros so that a stride of 1 keeps the size.
  func apply(_ map: FeatureMap) -> FeatureMap {
    let pad = side / 2
    let height = (map.height + 2 * pad - side) / stride + 1
    let width = (map.width + 2 * pad - side) / stride + 1
    let places = height * width
    let columns = side == 1 && stride == 1 ? map.values : unfolded(map, height, width, pad)
    let values = [Float](unsafeUninitializedCapacity: outputs * places) { target, count in
      for output in 0..<outputs {
        for place in 0..<places { target[output * places + place] = bias[output] }
      }
      count = outputs * places
      let inner = inputs * side * side
      weight.withUnsafeBufferPointer { weight in
        columns.withUnsafeBufferPointer { columns in
          guard let a = weight.baseAddress, let b = columns.baseAddress, let c = target.baseAddress else {
            return
          }
          BLAS.gemm(
            m: outputs, n: places, k: inner, a, lda: inner, b, ldb: places, beta: 1, c, ldc: places)
        }
      }
    }
    return FeatureMap(channels: outputs, height: height, width: width, values: values)
  }

  /// [inputs * side * side, places]: what each weight meets at each place.
  private func unfolded(_ map: FeatureMap, _ height: Int, _ width: Int, _ pad: Int) -> [Float] {
    var columns = [Float](repeating: 0, count: inputs * side * side * height * width)
    var start = 0
    for channel in 0..<inputs {
      for down in 0..<side {
        for across in 0..<side {
          for row in 0..<height {
            let y = row * stride + down - pad
            guard y >= 0, y < map.height else { continue }
            let line = (channel * map.height + y) * map.width
            for column in 0..<width {
              let x = column * stride + across - pad
              if x >= 0, x < map.width { columns[start + row * width + column] = map.values[line + x] }
            }
          }
          start += height * width
        }
      }
    }
    return columns
  }
}
