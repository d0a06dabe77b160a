/// A decimal as people and programs write it, such as "-12.50e-3": up to 19 digits that count and a power of ten, which is
/// the number of nearly every cell.
struct DecimalNumber {
  private let digits: UInt64
  private let power: Int
  private let isNegative: Bool

  /// Nil for what is written otherwise, or longer: another reading tells whether that is a number.
  init?(_ bytes: UnsafeRawBufferPointer) {
    var position = 0
    let end = bytes.count
    guard end > 0, end <= 32 else { return nil }
    isNegative = bytes[0] == UInt8(ascii: "-")
    if isNegative || bytes[0] == UInt8(ascii: "+") { position = 1 }
    var digits: UInt64 = 0
    let first = position
    while position < end, bytes[position] &- 48 < 10 {
      digits = digits &* 10 &+ UInt64(bytes[position] &- 48)
      position += 1
    }
    var count = position - first
    guard count > 0 else { return nil }
    var power = 0
    if position < end, bytes[position] == UInt8(ascii: ".") {
      position += 1
      let start = position
      while position < end, bytes[position] &- 48 < 10 {
        digits = digits &* 10 &+ UInt64(bytes[position] &- 48)
        position += 1
      }
      power = start - position
      // A point needs digits on both sides.
      guard power < 0 else { return nil }
      count -= power
    }
    // Zeros before the first other digit do not count, but more digits than these may have run over.
    guard count <= 19 else { return nil }
    if position < end {
      guard let exponent = Self.exponent(bytes, from: position) else { return nil }
      power += exponent
    }
    self.digits = digits
    self.power = power
  }

  /// The whole number behind an "e", of at most four digits.
  private static func exponent(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
    guard bytes[start] | 0x20 == UInt8(ascii: "e") else { return nil }
    var position = start + 1
    guard position < bytes.count else { return nil }
    let isNegative = bytes[position] == UInt8(ascii: "-")
    if isNegative || bytes[position] == UInt8(ascii: "+") { position += 1 }
    guard position < bytes.count, bytes.count - position <= 4 else { return nil }
    var value = 0
    for byte in bytes[position...] {
      guard byte &- 48 < 10 else { return nil }
      value = value * 10 + Int(byte &- 48)
    }
    return isNegative ? -value : value
  }

  /// Those that a double holds exactly.
  static let powersOfTen: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
    1e19, 1e20,
    1e21, 1e22,
  ]

  /// The nearest double, ties to even; nil where the power is one that the tables do not have.
  var value: Double? {
    var result: Double
    if digits <= 1 << 53, power.magnitude <= 22 {
      // One operation on two exact doubles rounds once (Clinger, "How to read floating point numbers accurately").
      result = Double(digits)
      let factor = Self.powersOfTen[Int(power.magnitude)]
      result = power < 0 ? result / factor : result * factor
    } else if let found = PowersOfFive.nearest(digits, power) {
      result = found
    } else {
      return nil
    }
    return isNegative ? -result : result
  }
}

/// Lemire, "Number parsing at a gigabyte per second" (2021), with the proof that no fallback is needed by Mushtak and Lemire,
/// "Fast number parsing without fallback" (2023); for powers whose table takes a division of 128 bits to make.
private enum PowersOfFive {
  private static let range = -27...55

  /// The 128 bits of each power from the first that is set: exact from 0 on, below rounded up.
  private static let table: [UInt128] = range.map { exponent in
    let power = (0..<abs(exponent)).reduce(UInt128(1)) { power, _ in power * 5 }
    if exponent >= 0 { return power << UInt128(power.leadingZeroBitCount) }
    // 2^b / 5^q with 128 bits, b = 127 + the bits of 5^q.
    let bits = 128 - power.leadingZeroBitCount
    return power.dividingFullWidth((UInt128(1) << UInt128(bits - 1), 0)).quotient + 1
  }

  /// - Parameter digits: not 0 for a result that is not.
  static func nearest(_ digits: UInt64, _ power: Int) -> Double? {
    guard range.contains(power) else { return nil }
    guard digits != 0 else { return 0 }
    let zeros = digits.leadingZeroBitCount
    let whole = digits << UInt64(zeros)
    let factor = table[power - range.lowerBound]
    var (high, low) = UInt64(truncatingIfNeeded: factor >> 64).multipliedFullWidth(by: whole)
    if high & 0x1FF == 0x1FF {
      let second = UInt64(truncatingIfNeeded: factor).multipliedFullWidth(by: whole).high
      let (sum, carry) = low.addingReportingOverflow(second)
      low = sum
      if carry { high += 1 }
    }
    let upper = high >> 63
    var mantissa = high >> (upper + 9)
    let exponent = ((152_170 + 65_536) * power) >> 16 + 63 + Int(upper) - zeros + 1023
    // Within the table's powers no number is too small or too large for a normal one.
    if low <= 1, (-4...23).contains(power), mantissa & 3 == 1, mantissa << (upper + 9) == high {
      mantissa &= ~1
    }
    mantissa += mantissa & 1
    mantissa >>= 1
    let carried = mantissa >> 53
    return Double(
      bitPattern: UInt64(exponent + Int(carried)) << 52 | (carried == 0 ? mantissa & (1 << 52 - 1) : 0))
  }
}
