import Numerics

/// Tensors by name, and the file that holds them.
struct TensorWriter {
  private(set) var tensors: [(name: String, shape: [Int], values: [Float])] = []
  private var random = SeededRandom(seed: 5)

  subscript(name: String) -> [Float] { tensors.first { $0.name == name }?.values ?? [] }

  mutating func add(_ name: String, _ shape: [Int], _ values: [Float]) {
    tensors.append((name, shape, values))
  }

  /// Drawn at random round `mean`.
  mutating func add(_ name: String, _ shape: Int..., spread: Double = 0.5, mean: Double = 0) {
    let values = (0..<shape.reduce(1, *)).map { _ in Float(mean + spread * random.normal()) }
    add(name, shape, values)
  }

  /// `NAME.weight` and `NAME.bias`.
  mutating func addLinear(_ name: String, _ outputs: Int, _ inputs: Int) {
    add(name + ".weight", outputs, inputs, spread: 1 / Double(inputs).squareRoot())
    add(name + ".bias", outputs)
  }

  mutating func addNorm(_ name: String, _ width: Int) {
    add(name + ".weight", width, spread: 0.2, mean: 1)
    add(name + ".bias", width)
  }

  mutating func addConvolution(_ name: String, _ norm: String, _ outputs: Int, _ inputs: Int, _ side: Int) {
    add(name + ".weight", outputs, inputs, side, side, spread: 1 / Double(inputs * side * side).squareRoot())
    addNorm(norm, outputs)
    add(norm + ".running_mean", outputs, spread: 0.3)
    let spreads = (0..<outputs).map { Float($0 % 5) * 0.2 + 0.5 }
    add(norm + ".running_var", [outputs], spreads)
  }

  /// With `prefix` before all names, each value as `encode` writes it.
  func file(
    prefix: String = "", type: String = "F32", _ encode: (Float) -> [UInt8] = { little($0.bitPattern) }
  ) -> [UInt8] {
    var data: [UInt8] = []
    var members = [#""__metadata__":{"format":"pt"}"#]
    for tensor in tensors {
      let start = data.count
      for value in tensor.values { data += encode(value) }
      members.append(
        #""\#(prefix + tensor.name)":{"dtype":"\#(type)","shape":\#(tensor.shape),"data_offsets":[\#(start),\#(data.count)]}"#
      )
    }
    return safetensors(header: "{" + members.joined(separator: ",") + "}", data)
  }
}

func little(_ value: some FixedWidthInteger) -> [UInt8] {
  withUnsafeBytes(of: value.littleEndian) { Array($0) }
}

/// A file of a header, filled up with spaces to eight bytes, and data.
func safetensors(header: String, _ data: [UInt8]) -> [UInt8] {
  let text = header + String(repeating: " ", count: (8 - header.utf8.count % 8) % 8)
  return little(UInt64(text.utf8.count)) + Array(text.utf8) + data
}
