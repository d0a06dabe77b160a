/// A name of a class that is a plain decimal number. "1", "1.0", "1.", "1e0" and " 1" are one, and so are "0" and "-0";
/// "01" is another name, as codes with leading zeros are.
package struct NumericName {
  /// Without decimals that say nothing.
  package let name: String
  let value: Double
  /// The value of whole numbers, which may have more digits than a `Double` tells apart.
  let whole: Int64?

  package init?(_ text: String) {
    let trimmed = text.utf8.drop { $0 == 0x20 || $0 == 0x09 }.reversed().drop { $0 == 0x20 || $0 == 0x09 }
    let cell = Array(trimmed.reversed())
    guard let value = CellValue.number(cell) else { return nil }
    self.value = value
    name = Self.canonical(cell) ?? String(decoding: cell, as: UTF8.self)
    whole = Int64(name)
  }

  /// More places than this are moved by no exponent: "1e300" keeps its name.
  private static let exponentLimit = 30

  /// Nil where the number keeps its name as it is.
  private static func canonical(_ cell: [UInt8]) -> String? {
    let isNegative = cell.first == UInt8(ascii: "-")
    let unsigned = isNegative || cell.first == UInt8(ascii: "+") ? cell.dropFirst() : cell[...]
    let parts = unsigned.split(maxSplits: 1, omittingEmptySubsequences: false) { $0 == 0x65 || $0 == 0x45 }
    let numeral = parts[0].split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
    var before = Array(numeral[0])
    var behind = numeral.count > 1 ? Array(numeral[1]) : []
    guard before.count <= 1 || before[0] != 48 else { return nil }
    if parts.count > 1 {
      guard let exponent = Int(String(decoding: parts[1], as: UTF8.self)), abs(exponent) <= exponentLimit
      else { return nil }
      move(&before, &behind, by: exponent)
    }
    if behind.allSatisfy({ $0 == 48 }) { behind = [] }
    let isZero = behind.isEmpty && before.allSatisfy { $0 == 48 }
    let digits = before + (behind.isEmpty ? [] : [UInt8(ascii: ".")] + behind)
    return (isNegative && !isZero ? "-" : "") + String(decoding: digits, as: UTF8.self)
  }

  /// Moves the point of a number to the right, or with a negative exponent to the left.
  private static func move(_ before: inout [UInt8], _ behind: inout [UInt8], by exponent: Int) {
    if exponent >= 0 {
      behind += [UInt8](repeating: 48, count: max(0, exponent - behind.count))
      before += behind[..<exponent]
      behind = Array(behind[exponent...])
    } else {
      before = [UInt8](repeating: 48, count: max(0, 1 - exponent - before.count)) + before
      behind = before[(before.count + exponent)...] + behind
      before = Array(before[..<(before.count + exponent)])
      while behind.last == 48 { behind.removeLast() }
    }
    before = Array(before.drop { $0 == 48 })
    if before.isEmpty { before = [48] }
  }

  /// By value, then by name, so that the order is one whatever the rows.
  static func precedes(_ a: NumericName, _ b: NumericName) -> Bool {
    if a.value != b.value { return a.value < b.value }
    if let first = a.whole, let second = b.whole, first != second { return first < second }
    return a.name.utf8.lexicographicallyPrecedes(b.name.utf8)
  }
}
