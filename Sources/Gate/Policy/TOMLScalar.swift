/// Words and escapes of TOML that need no place in the document.
enum TOMLScalar {
  /// A boolean, an integer or a float; nil for anything else, dates among it. NaN and infinities are no limits.
  static func value(_ word: String) -> TOMLValue? {
    if word == "true" { return .boolean(true) }
    if word == "false" { return .boolean(false) }
    let digits = [UInt8](word.utf8).filter { $0 != UInt8(ascii: "_") }
    guard isNumber(digits), !hasStrayUnderscore(word) else { return nil }
    let plain = String(decoding: digits, as: UTF8.self)
    if let integer = Int(plain) { return .integer(integer) }
    guard let number = Double(plain), number.isFinite else { return nil }
    return .float(number)
  }

  /// `Double` would read hexadecimal, "inf" and ".5", which are none of TOML's decimal numbers.
  private static func isNumber(_ digits: [UInt8]) -> Bool {
    guard let last = digits.last, isDigit(last) else { return false }
    let unsigned =
      digits.first == UInt8(ascii: "-") || digits.first == UInt8(ascii: "+")
      ? digits.dropFirst() : digits[...]
    guard let first = unsigned.first, isDigit(first) else { return false }
    return unsigned.allSatisfy { isDigit($0) || "eE.+-".utf8.contains($0) }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  /// An underscore stands between two digits only.
  private static func hasStrayUnderscore(_ word: String) -> Bool {
    let bytes = [UInt8](word.utf8)
    return bytes.indices.contains { index in
      guard bytes[index] == UInt8(ascii: "_") else { return false }
      guard index > 0, index + 1 < bytes.count else { return true }
      return !isDigit(bytes[index - 1]) || !isDigit(bytes[index + 1])
    }
  }

  /// The text between the quotes of a basic string; nil where an escape is unknown.
  static func unescaped(_ content: ArraySlice<UInt8>) -> String? {
    var text = String.UnicodeScalarView()
    var rest = String(decoding: content, as: UTF8.self).unicodeScalars[...]
    while let scalar = rest.popFirst() {
      guard scalar == "\\" else {
        text.append(scalar)
        continue
      }
      guard let escape = rest.popFirst() else { return nil }
      switch escape {
      case "\"", "\\": text.append(escape)
      case "b": text.append("\u{8}")
      case "t": text.append("\t")
      case "n": text.append("\n")
      case "f": text.append("\u{C}")
      case "r": text.append("\r")
      case "u", "U":
        let length = escape == "u" ? 4 : 8
        let hex = String(String.UnicodeScalarView(rest.prefix(length)))
        guard hex.utf8.count == length, let value = UInt32(hex, radix: 16), let named = Unicode.Scalar(value)
        else {
          return nil
        }
        text.append(named)
        rest = rest.dropFirst(length)
      default: return nil
      }
    }
    return String(text)
  }
}
