/// Cells of the tables that are written, by RFC 4180. Nothing is changed to please a spreadsheet: what is read back is
/// what was put in.
enum CSVText {
  static func row(_ cells: [String]) -> [UInt8] {
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
  static func number(_ value: Float) -> String {
    guard value.isFinite, value.magnitude < 1e12 else { return "" }
    let scaled = Int((Double(value) * 1_000_000).rounded())
    let digits = String(scaled.magnitude)
    let padded = String(repeating: "0", count: max(0, 7 - digits.count)) + digits
    return (scaled < 0 ? "-" : "") + padded.dropLast(6) + "." + padded.suffix(6)
  }
}
