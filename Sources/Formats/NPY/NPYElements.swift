extension NPYHeader {
  /// The bytes of one element of this type that holds `value`: rounded to the nearest that there is, clipped to the
  /// type's range; not a number is 0 where there is none.
  package func encoded(_ value: Double) -> [UInt8] {
    let bits: UInt64 =
      switch scalar {
      case .float(2): UInt64(Float16(value).bitPattern)
      case .float(4): UInt64(Float(value).bitPattern)
      case .float: value.bitPattern
      case .signed(let bytes): UInt64(bitPattern: Int64(clipped(value, bits: bytes * 8 - 1, isSigned: true)))
      case .unsigned(let bytes): UInt64(clipped(value, bits: bytes * 8, isSigned: false))
      case .bool: value == 0 || value.isNaN ? 0 : 1
      }
    let little = (0..<scalar.size).map { UInt8(truncatingIfNeeded: bits >> UInt64(8 * $0)) }
    return isBigEndian ? little.reversed() : little
  }

  /// Whether there is an element of this type that is just `value`.
  package func holds(_ value: Double) -> Bool {
    switch scalar {
    case .float(2): Double(Float16(value)) == value
    case .float(4): Double(Float(value)) == value
    case .float: !value.isNaN
    case .signed(let bytes): clipped(value, bits: bytes * 8 - 1, isSigned: true) == value
    case .unsigned(let bytes): clipped(value, bits: bytes * 8, isSigned: false) == value
    case .bool: value == 0 || value == 1
    }
  }

  /// Within what a double holds without a gap, which labels and grey levels are.
  private func clipped(_ value: Double, bits: Int, isSigned: Bool) -> Double {
    guard !value.isNaN else { return 0 }
    let maximum = Double(sign: .plus, exponent: min(bits, 53), significand: 1) - 1
    return min(maximum, max(isSigned ? -maximum - 1 : 0, value.rounded()))
  }
}
