/// A path as a URI reference (RFC 3986): relative as it is, absolute as a `file` URI.
enum URIReference {
  static func of(path: String) -> String {
    var result = path.hasPrefix("/") ? "file://" : ""
    var path = path[...]
    while path.hasPrefix("./") { path = path.dropFirst(2) }
    for byte in path.utf8 {
      if isUnreserved(byte) {
        result.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        let hex = String(byte, radix: 16, uppercase: true)
        result += "%" + (hex.count < 2 ? "0" : "") + hex
      }
    }
    return result
  }

  /// What stands for itself in a path. A colon in the first part would make a scheme of it.
  private static func isUnreserved(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
      UInt8(ascii: "~"), UInt8(ascii: "/"):
      true
    default: false
    }
  }
}
