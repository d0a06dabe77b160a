// Counts as people read them: no locale, the same on every machine.

/// 1234567 as "1,234,567".
package func grouped(_ value: Int) -> String {
  let digits = String(value.magnitude)
  var result = value < 0 ? "-" : ""
  for (offset, digit) in digits.enumerated() {
    if offset > 0 && (digits.count - offset) % 3 == 0 { result += "," }
    result.append(digit)
  }
  return result
}

/// A count and what agrees with it: "1 sample", "2,000 samples"; "1 row is", "2 rows are".
/// - Parameter plural: nil where it is the singular with an s.
package func counted(_ count: Int, _ singular: String, _ plural: String? = nil) -> String {
  "\(grouped(count)) \(count == 1 ? singular : plural ?? singular + "s")"
}
