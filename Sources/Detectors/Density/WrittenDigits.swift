import Glibc

/// How finely the numbers of a column are written: to so many decimals, or to so many significant digits.
struct WrittenDigits: Sendable {
  private var decimals = 0
  private var significant = 1

  private static let maxDecimals = 12
  /// A number of single precision has no more.
  private static let maxSignificant = 7

  /// - Parameter values: those that are not finite say nothing.
  init(_ values: [Double]) {
    for value in values where value.isFinite && value != 0 {
      while decimals < Self.maxDecimals, !Self.isWhole(value * pow(10, Double(decimals))) { decimals += 1 }
      while significant < Self.maxSignificant, !Self.isWhole(value / unit(of: value)) { significant += 1 }
    }
  }

  private static func isWhole(_ value: Double) -> Bool { abs(value - value.rounded()) <= 1e-6 }

  /// What the last significant digit of a value is worth.
  private func unit(of value: Double) -> Double {
    value == 0 ? 0 : pow(10, floor(log10(abs(value))) - Double(significant - 1))
  }

  /// By how much the number that was rounded to a value may differ from it: half of the last digit that is written.
  func tolerance(of value: Double) -> Double { max(pow(10, -Double(decimals)), unit(of: value)) / 2 }
}
