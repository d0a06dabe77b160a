// Numbers as a page writes them: no locale, the same on every machine.

/// Fixed decimals; "-" for what is no number.
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

/// A number with no more decimals than it needs, at most three.
func short(_ value: Double) -> String {
  var text = fixed(value, 3)
  guard text.contains("."), !text.contains("e") else { return text }
  while text.last == "0" { text.removeLast() }
  if text.last == "." { text.removeLast() }
  return text
}

/// "6.2 %"; "-" of nothing.
func percent(_ part: Int, of whole: Int) -> String {
  whole > 0 ? fixed(Double(part) / Double(whole) * 100, 1) + " %" : "-"
}

/// A probability as people read it: never 0, which it is not.
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
