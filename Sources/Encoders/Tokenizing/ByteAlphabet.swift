/// How GPT-2 writes bytes in its vocabulary: those that print in Latin-1 stand for themselves, the others for the
/// characters from U+0100 on, in their order.
enum ByteAlphabet {
  private static let bytes: [UInt32: UInt8] = {
    var bytes: [UInt32: UInt8] = [:]
    var next: UInt32 = 0x100
    for byte in UInt8.min...UInt8.max {
      switch byte {
      case 33...126, 161...172, 174...255: bytes[UInt32(byte)] = byte
      default:
        bytes[next] = byte
        next += 1
      }
    }
    return bytes
  }()

  /// The bytes that a token stands for; nil where it holds a character that stands for none.
  static func decode(_ token: String) -> [UInt8]? {
    var result: [UInt8] = []
    for scalar in token.unicodeScalars {
      guard let byte = bytes[scalar.value] else { return nil }
      result.append(byte)
    }
    return result
  }
}
