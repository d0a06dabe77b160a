// Numbers as a page writes them: no locale, the same on every machine.

/// Rounded to `decimals` digits behind the point, 0 or more; "-" for NaN and infinities, and from 1e15 scaled units on as
/// Swift writes it.
func fixed(_ value: Double, _ decimals: Int) -> String {
  guard value.isFinite else { return "-" }
  let scale = (0..<decimals).reduce(1.0) { scale, _ in scale * 10 }
  let scaled = (value.magnitude * scale).rounded()
  guard scaled < 1e15 else { return "\(value)" }
  let digits = String(Int(scaled))
  let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
  let sign = value < 0 && scaled > 0 ? "-" : ""
  return decimals > 0 ? sign + padded.dropLast(decimals) + "." + padded.suffix(decimals) : sign + padded
}

/// With at most three digits behind the point and no zeros at the end.
func short(_ value: Double) -> String {
  var text = fixed(value, 3)
  guard text.contains("."), !text.contains("e") else { return text }
  while text.last == "0" { text.removeLast() }
  if text.last == "." { text.removeLast() }
  return text
}

/// The share as "6.2 %"; "-" where `whole` is 0.
func percent(_ part: Int, of whole: Int) -> String {
  whole > 0 ? fixed(Double(part) / Double(whole) * 100, 1) + " %" : "-"
}

/// A p-value or q-value, 0...1: three decimals from 0.001 on, below as "1.5e-7"; of 0, which is what is too small for a
/// Double, "< 1e-300".
func probability(_ value: Double) -> String {
  if value >= 0.001 { return fixed(value, 3) }
  guard value > 0 else { return "< 1e-300" }
  var exponent = 0
  var mantissa = value
  while mantissa < 1 {
    mantissa *= 10
    exponent += 1
  }
  return "\(fixed(mantissa, 1))e-\(exponent)"
}

extension String {
  /// The first characters and an ellipsis where there are more.
  func clipped(_ limit: Int) -> String {
    // Scalars: what one character holds has no limit.
    let scalars = unicodeScalars
    guard let end = scalars.index(scalars.startIndex, offsetBy: limit, limitedBy: scalars.endIndex),
      end < scalars.endIndex
    else { return self }
    return String(scalars[..<end]) + "…"
  }
}
