/// How the values of a tensor are stored, by its name in the header.
package enum TensorType: String, Sendable {
  case float64 = "F64"
  case float32 = "F32"
  case float16 = "F16"
  case bfloat16 = "BF16"
  // Of these only the size is known: no weight that is asked for has them.
  case int64 = "I64"
  case int32 = "I32"
  case int16 = "I16"
  case int8 = "I8"
  case uint64 = "U64"
  case uint32 = "U32"
  case uint16 = "U16"
  case uint8 = "U8"
  case bool = "BOOL"
  case float8e4m3 = "F8_E4M3"
  case float8e5m2 = "F8_E5M2"

  /// Bytes of a value.
  package var size: Int {
    switch self {
    case .float64, .int64, .uint64: 8
    case .float32, .int32, .uint32: 4
    case .float16, .bfloat16, .int16, .uint16: 2
    case .int8, .uint8, .bool, .float8e4m3, .float8e5m2: 1
    }
  }

  /// The values as Float, rounded to the nearest; nil where they are no floating-point numbers of 16 bits or more.
  func floats(_ bytes: UnsafeRawBufferPointer) -> [Float]? {
    func map<Bits: FixedWidthInteger & BitwiseCopyable>(
      _ type: Bits.Type, _ value: (Bits) -> Float
    ) -> [Float] {
      let width = MemoryLayout<Bits>.size
      return (0..<bytes.count / width).map {
        value(Bits(littleEndian: bytes.loadUnaligned(fromByteOffset: $0 * width, as: Bits.self)))
      }
    }
    return switch self {
    case .float64: map(UInt64.self) { Float(Double(bitPattern: $0)) }
    case .float32: map(UInt32.self) { Float(bitPattern: $0) }
    case .float16: map(UInt16.self) { Float(Float16(bitPattern: $0)) }
    case .bfloat16: map(UInt16.self) { Float(bitPattern: UInt32($0) << 16) }
    default: nil
    }
  }
}
