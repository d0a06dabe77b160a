// Numbers as people read them on a screen. Written by hand because this room has neither Foundation nor Glibc.

/// `value` with `decimals` digits after the point, rounded half away from zero; "-" for NaN.
package func fixed(_ value: Double, _ decimals: Int) -> String {
  guard !value.isNaN else { return "-" }
  guard value.isFinite, value.magnitude < 1e15 else { return value < 0 ? "-inf" : "inf" }
  var scale = 1.0
  for _ in 0..<decimals { scale *= 10 }
  guard value.magnitude * scale < 9e18 else { return String(Int64(value)) }
  let scaled = UInt64((value.magnitude * scale).rounded())
  let sign = value < 0 && scaled > 0 ? "-" : ""
  guard decimals > 0 else { return sign + String(scaled) }
  let divisor = UInt64(scale)
  let fraction = String(scaled % divisor)
  return sign + String(scaled / divisor) + "." + String(repeating: "0", count: decimals - fraction.count)
    + fraction
}

/// At most four characters: 950, 9.5k, 48k, 7.2M.
package func compact(_ value: Int) -> String {
  switch value {
  case ..<1000: return String(value)
  case ..<9950: return fixed(Double(value) / 1e3, 1) + "k"
  case ..<999_500: return fixed(Double(value) / 1e3, 0) + "k"
  case ..<9_950_000: return fixed(Double(value) / 1e6, 1) + "M"
  case ..<999_500_000: return fixed(Double(value) / 1e6, 0) + "M"
  default: return fixed(Double(value) / 1e9, 1) + "G"
  }
}

/// A share as "2.1%"; "-" where there is nothing to divide by.
package func percent(_ part: Int, of whole: Int) -> String {
  whole > 0 ? fixed(100 * Double(part) / Double(whole), 1) + "%" : "-"
}

/// A probability: "0.031" or "3e-12".
package func probability(_ value: Double?) -> String {
  guard let value, value.isFinite, value >= 0 else { return "-" }
  if value >= 0.001 || value == 0 { return value == 0 ? "0" : fixed(value, 3) }
  var mantissa = value
  var exponent = 0
  while mantissa < 0.95 {
    mantissa *= 10
    exponent += 1
  }
  return fixed(mantissa, 0) + "e-" + String(exponent)
}

/// Base-2 logarithm, linear between the powers of two (at most 0.09 off): for the lengths of bars only.
package func roughLog2(_ value: Double) -> Double {
  guard value > 0, value.isFinite else { return 0 }
  return Double(value.exponent) + (value.significand - 1)
}

extension String {
  /// Padded with spaces on the right to `width` characters; never shortened. For ASCII text.
  func padded(_ width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
  /// Padded with spaces on the left to `width` characters; never shortened. For ASCII text.
  func leftPadded(_ width: Int) -> String { String(repeating: " ", count: max(0, width - count)) + self }
}

extension Comparable {
  func clamped(to range: ClosedRange<Self>) -> Self { min(max(self, range.lowerBound), range.upperBound) }
}

/// A score with as many digits as its size needs, in a form that `Double` reads back.
func scoreText(_ value: Double) -> String {
  switch value.magnitude {
  case 1000...: return fixed(value, 0)
  case 10...: return fixed(value, 2).trimmedZeros
  case 0.001..., 0: return fixed(value, 4).trimmedZeros
  default:
    // Small scores would all be 0.
    guard value.isFinite else { return fixed(value, 0) }
    var mantissa = value
    var exponent = 0
    while mantissa.magnitude < 1 {
      mantissa *= 10
      exponent += 1
    }
    return fixed(mantissa, 2).trimmedZeros + "e-" + String(exponent)
  }
}

extension String {
  /// "0.5000" as "0.5", "2.0000" as "2".
  fileprivate var trimmedZeros: String {
    var view = self[...]
    while view.last == "0" { view.removeLast() }
    if view.last == "." { view.removeLast() }
    return String(view)
  }
}
