/// A share in percent with two decimals.
func percent(_ share: Double) -> String { decimal(share * 100, 2) + " %" }

/// Rounded, without an exponent where it is of everyday size; "-" for NaN.
func decimal(_ value: Double, _ places: Int = 3) -> String {
  guard !value.isNaN else { return "-" }
  let scale = (0..<places).reduce(1.0) { scale, _ in scale * 10 }
  let rounded = (value * scale).rounded() / scale
  return rounded.isFinite ? "\(rounded)" : "\(value)"
}

/// The first names, and how many there are beyond.
func shortList(_ names: [String], limit: Int = 8) -> String {
  let head = names.prefix(limit).map { $0.count > 60 ? $0.prefix(60) + "…" : $0[...] }
  return head.joined(separator: ", ") + (names.count > limit ? " and \(names.count - limit) more" : "")
}
