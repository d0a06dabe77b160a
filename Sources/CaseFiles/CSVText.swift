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
    let quote = UInt8(ascii: "\"")
    let isSpecial = { (byte: UInt8) in byte == quote || byte == UInt8(ascii: ",") || byte == 10 || byte == 13
    }
    guard bytes.contains(where: isSpecial) || bytes.first == 0x20 || bytes.last == 0x20 else { return bytes }
    return [quote] + bytes.flatMap { $0 == quote ? [quote, quote] : [$0] } + [quote]
  }

  /// Six decimals, enough to tell ten million ranks' neighbors apart where it matters; empty for NaN and infinities.
  static func append(_ value: Float, to line: inout [UInt8]) {
    guard value.isFinite, value.magnitude < 1e12 else { return }
    let scaled = Int((Double(value) * 1_000_000).rounded())
    if scaled < 0 { line.append(UInt8(ascii: "-")) }
    let (whole, fraction) = scaled.magnitude.quotientAndRemainder(dividingBy: 1_000_000)
    line += String(whole).utf8
    line.append(UInt8(ascii: "."))
    var unit: UInt = 100_000
    while unit > 0 {
      line.append(UInt8(ascii: "0") + UInt8(fraction / unit % 10))
      unit /= 10
    }
  }

  static func number(_ value: Float) -> String {
    var digits: [UInt8] = []
    append(value, to: &digits)
    return String(decoding: digits, as: UTF8.self)
  }
}
