import Encoders

private final class Unowned {}

/// The tensors of a file that is taken fill it without a gap, and each can be read, or is of whole numbers.
func fuzzSafetensors(_ bytes: UnsafeRawBufferPointer) {
  guard let file = try? SafetensorsFile(bytes, owner: Unowned(), name: "fuzz") else { return }
  var covered = 0
  for (name, tensor) in file.tensors {
    precondition(tensor.bytes.lowerBound >= 8 && tensor.bytes.upperBound <= bytes.count)
    precondition(tensor.shape.reduce(tensor.type.size, *) == tensor.bytes.count)
    covered += tensor.bytes.count
    guard let values = try? file.floats(name, shape: tensor.shape) else { continue }
    precondition(values.count * tensor.type.size == tensor.bytes.count)
    _ = values.reduce(0, +)
  }
  let header = bytes.loadUnaligned(as: UInt64.self).littleEndian
  precondition(covered == bytes.count - 8 - Int(header))
}
