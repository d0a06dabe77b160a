/// Cells of the tables that are written, by RFC 4180. Nothing is changed to please a spreadsheet: what is read back is
/// what was put in.
package enum CSVText {
  package static func row(_ cells: [String]) -> [UInt8] {
    // One empty cell would be a blank line, which is no record.
    if cells == [""] { return Array("\"\"\n".utf8) }
    var line: [UInt8] = []
    for (index, cell) in cells.enumerated() {
      if index > 0 { line.append(UInt8(ascii: ",")) }
      line += field(Array(cell.utf8))
    }
    line.append(UInt8(ascii: "\n"))
    return line
  }

  /// Quoted where a comma, a quote or a line break stands in it, or a space that a reader might trim.
  static func field(_ bytes: [UInt8]) -> [UInt8] {
    var field: [UInt8] = []
    bytes.withUnsafeBufferPointer { append(field: $0, to: &field) }
    return field
  }

  static func append(field bytes: UnsafeBufferPointer<UInt8>, to line: inout [UInt8]) {
    let quote = UInt8(ascii: "\"")
    let isSpecial = { (byte: UInt8) in byte == quote || byte == UInt8(ascii: ",") || byte == 10 || byte == 13
    }
    guard bytes.contains(where: isSpecial) || bytes.first == 0x20 || bytes.last == 0x20 else {
      return line.append(contentsOf: bytes)
    }
    line.append(quote)
    for byte in bytes {
      if byte == quote { line.append(quote) }
      line.append(byte)
    }
    line.append(quote)
  }

  /// Rounded to six decimals; empty for NaN, infinities and magnitudes of 1e12 and above.
  static func append(_ value: Float, to line: inout [UInt8]) {
    guard value.isFinite, value.magnitude < 1e12 else { return }
    let scaled = Int((Double(value) * 1_000_000).rounded())
    if scaled < 0 { line.append(UInt8(ascii: "-")) }
    let (whole, fraction) = scaled.magnitude.quotientAndRemainder(dividingBy: 1_000_000)
    let zero = UInt8(ascii: "0")
    if whole < 10 { line.append(zero + UInt8(whole)) } else { line += String(whole).utf8 }
    // The digits of 100 times the fraction, eight at once; the last two are zeros.
    let digits = eightDigits(100 * UInt64(fraction))
    withUnsafeBytes(of: (UInt64(UInt8(ascii: ".")) | digits << 8)) { line.append(contentsOf: $0.prefix(7)) }
  }

  /// The digits of a number below 10⁸ in the order of the bytes, the first digit first: pairs of four, of two, of one, divided
  /// side by side in one word.
  private static func eightDigits(_ number: UInt64) -> UInt64 {
    let fours = number / 10_000 | (number % 10_000) << 32
    let hundreds = (fours * 10_486) >> 20 & 0x0000_007F_0000_007F
    let twos = hundreds | (fours - 100 * hundreds) << 16
    let tens = (twos * 103) >> 10 & 0x000F_000F_000F_000F
    return (tens | (twos - 10 * tens) << 8) + 0x3030_3030_3030_3030
  }

  static func number(_ value: Float) -> String {
    var digits: [UInt8] = []
    append(value, to: &digits)
    return String(decoding: digits, as: UTF8.self)
  }
}
