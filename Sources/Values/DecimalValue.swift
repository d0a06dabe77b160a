/// A decimal of any size: a whole number divided by a power of ten.
package struct DecimalValue: Sendable, Equatable, CustomStringConvertible {
  /// Two's complement, big-endian, as short as can be.
  package let unscaled: [UInt8]
  package let scale: Int

  /// - Parameter bytes: two's complement, big-endian, at least one.
  package init(_ bytes: some Collection<UInt8>, scale: Int) {
    var rest = bytes[...]
    while rest.count > 1, let first = rest.first, let second = rest.dropFirst().first,
      (first == 0 && second < 0x80) || (first == 0xFF && second >= 0x80)
    {
      rest = rest.dropFirst()
    }
    unscaled = [UInt8](rest)
    self.scale = scale
  }

  package init(_ value: Int64, scale: Int) {
    self.init((0..<8).reversed().map { UInt8(truncatingIfNeeded: value >> Int64(8 * $0)) }, scale: scale)
  }

  package var description: String { String(decoding: text, as: UTF8.self) }

  /// Such as "-12.50": as many digits behind the point as the type has.
  var text: [UInt8] {
    let isNegative = (unscaled.first ?? 0) >= 0x80
    var digits = Self.digits(isNegative ? Self.negated(unscaled) : unscaled)
    if digits.count <= scale { digits = [UInt8](repeating: 0x30, count: scale - digits.count + 1) + digits }
    if scale > 0 { digits.insert(UInt8(ascii: "."), at: digits.count - scale) }
    if scale < 0, digits != [0x30] { digits += [UInt8](repeating: 0x30, count: -scale) }
    return isNegative ? [UInt8(ascii: "-")] + digits : digits
  }

  private static func negated(_ bytes: [UInt8]) -> [UInt8] {
    var result = bytes.map { ~$0 }
    for index in result.indices.reversed() {
      result[index] &+= 1
      if result[index] != 0 { return result }
    }
    return result
  }

  /// The decimal digits of an unsigned number. Its length is bounded where values are made, so that this is quick.
  private static func digits(_ magnitude: [UInt8]) -> [UInt8] {
    var number = magnitude
    var digits: [UInt8] = []
    while number.contains(where: { $0 != 0 }) {
      var rest = 0
      for index in number.indices {
        let value = rest << 8 | Int(number[index])
        number[index] = UInt8(value / 10)
        rest = value % 10
      }
      digits.append(0x30 + UInt8(rest))
    }
    return digits.isEmpty ? [0x30] : digits.reversed()
  }
}
