/// Whether bytes are well-formed UTF-8 (RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF).
enum UTF8Check {
  static func isValid(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var position = 0
    let count = bytes.count
    while position < count {
      // 32 bytes of ASCII at once, and eight: nearly all text.
      while position + 32 <= count {
        func word(_ place: Int) -> UInt64 {
          bytes.loadUnaligned(fromByteOffset: position + 8 * place, as: UInt64.self)
        }
        guard (word(0) | word(1) | word(2) | word(3)) & 0x8080_8080_8080_8080 == 0 else { break }
        position += 32
      }
      while position + 8 <= count,
        bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
      {
        position += 8
      }
      guard position < count else { return true }
      let first = bytes[position]
      if first < 0x80 {
        position += 1
        continue
      }
      let length: Int
      let second: ClosedRange<UInt8>
      switch first {
      case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
      case 0xE0: (length, second) = (3, 0xA0...0xBF)
      case 0xED: (length, second) = (3, 0x80...0x9F)
      case 0xE1...0xEF: (length, second) = (3, 0x80...0xBF)
      case 0xF0: (length, second) = (4, 0x90...0xBF)
      case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
      case 0xF4: (length, second) = (4, 0x80...0x8F)
      default: return false
      }
      guard position + length <= count, second.contains(bytes[position + 1]) else { return false }
      for index in position + 2..<position + max(2, length) where bytes[index] & 0xC0 != 0x80 { return false }
      position += length
    }
    return true
  }
}
