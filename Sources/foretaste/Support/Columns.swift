/// Aligned columns for people, in plain text.
extension Int {
  func formatted(width: Int) -> String {
    let digits = String(self)
    return String(repeating: " ", count: Swift.max(0, width - digits.count)) + digits
  }
}

extension String {
  func leftAligned(_ width: Int) -> String {
    self + String(repeating: " ", count: Swift.max(0, width - count))
  }
  func rightAligned(_ width: Int) -> String {
    String(repeating: " ", count: Swift.max(0, width - count)) + self
  }
}

extension Double {
  /// Fixed decimals; "-" for NaN.
  func fixed(_ decimals: Int) -> String {
    guard isFinite else { return isNaN ? "-" : (self > 0 ? "inf" : "-inf") }
    let scale = (0..<decimals).reduce(1.0) { value, _ in value * 10 }
    let scaled = (magnitude * scale).rounded()
    guard scaled < 1e15 else { return "\(self)" }
    let digits = String(Int(scaled))
    let padded = String(repeating: "0", count: Swift.max(0, decimals + 1 - digits.count)) + digits
    let sign = self < 0 && scaled > 0 ? "-" : ""
    guard decimals > 0 else { return sign + padded }
    return sign + padded.dropLast(decimals) + "." + padded.suffix(decimals)
  }
}
