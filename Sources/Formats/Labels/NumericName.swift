/// A name of a class that is a plain decimal number. "1", "1.0" and "1." are one; "01" is another name, as codes with
/// leading zeros are.
struct NumericName {
  /// Without decimals that say nothing.
  let name: String
  let value: Double
  /// The value of whole numbers, which may have more digits than a `Double` tells apart.
  let whole: Int64?

  init?(_ text: String) {
    guard let value = CellValue.number(text.utf8), !text.utf8.contains(0x20) else { return nil }
    self.value = value
    var digits = text[...]
    if digits.first == "+" { digits = digits.dropFirst() }
    let unsigned = digits.first == "-" ? digits.dropFirst() : digits
    let hasLeadingZero = unsigned.utf8.count > 1 && unsigned.first == "0" && unsigned.dropFirst().first != "."
    if !hasLeadingZero, let point = digits.firstIndex(of: "."),
      digits[digits.index(after: point)...].allSatisfy({ $0 == "0" })
    {
      digits = digits[..<point]
    }
    name = hasLeadingZero ? text : String(digits)
    whole = Int64(digits)
  }

  /// By value, then by name, so that the order is one whatever the rows.
  static func precedes(_ a: NumericName, _ b: NumericName) -> Bool {
    if a.value != b.value { return a.value < b.value }
    if let first = a.whole, let second = b.whole, first != second { return first < second }
    return a.name.utf8.lexicographicallyPrecedes(b.name.utf8)
  }
}
