/// Finds text in bytes without regard to the case of ASCII letters.
struct CaselessNeedle: Sendable {
  private let bytes: [UInt8]

  init(_ text: String) { bytes = text.utf8.map(lowered) }

  /// The empty needle is in everything.
  func isIn(_ text: String) -> Bool {
    var copy = text
    return copy.withUTF8 { isIn($0) }
  }

  func isIn(_ haystack: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = bytes.first else { return true }
    guard haystack.count >= bytes.count else { return false }
    var at = 0
    let last = haystack.count - bytes.count
    while at <= last {
      if lowered(haystack[at]) == first {
        var offset = 1
        while offset < bytes.count, lowered(haystack[at + offset]) == bytes[offset] { offset += 1 }
        if offset == bytes.count { return true }
      }
      at += 1
    }
    return false
  }
}

func lowered(_ byte: UInt8) -> UInt8 {
  byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
}
