import Foundation
import Model
import TestSupport
import Testing
import Workbench

/// Numbers as they are shown, against what Foundation writes or against the value itself.
@Suite struct NumberTests {
  @Test(arguments: 0...4)
  func fixedIsTheNearestWithSoManyDigits(_ decimals: Int) throws {
    var random = SeededGenerator(UInt64(decimals) + 1)
    let unit = pow(10, -Double(decimals))
    for _ in 0..<2000 {
      let value =
        Double.random(in: -1...1, using: &random) * pow(10, Double.random(in: -6...9, using: &random))
      let text = fixed(value, decimals)
      let read = try #require(Double(text))
      #expect(abs(read - value) <= unit * 0.500_000_01 + abs(value) * 1e-15, "\(value) as \(text)")
      let digits = text.split(separator: ".", omittingEmptySubsequences: false)
      #expect(digits.count == (decimals == 0 ? 1 : 2))
      if decimals > 0 { #expect(digits[1].count == decimals) }
      #expect(!(read == 0 && text.hasPrefix("-")), "no negative zero: \(text)")
    }
  }

  @Test(
    arguments: [
      (0.5, 0, "1"), (-0.5, 0, "-1"), (0.125, 2, "0.13"), (-0.001, 2, "0.00"), (999.995, 1, "1000.0"),
      (1e20, 2, "inf"),
      (-.infinity, 1, "-inf"), (.nan, 3, "-"), (0, 3, "0.000"),
    ] as [(Double, Int, String)])
  func fixedAtItsEdges(_ value: Double, _ decimals: Int, _ text: String) {
    #expect(fixed(value, decimals) == text)
  }

  @Test func groupedHasACommaBeforeEveryThreeDigits() {
    var random = SeededGenerator(5)
    func drawn() -> Int { .random(in: -1_000_000_000_000...1_000_000_000_000, using: &random) }
    let formatter = NumberFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.numberStyle = .decimal
    formatter.usesGroupingSeparator = true
    formatter.groupingSeparator = ","
    formatter.groupingSize = 3
    let edges = [0, 1, 12, 123, 999, 1000, 99_999, 100_000, 999_999, 1_000_000, -1, -999, -1000]
    for value in edges + (0..<500).map({ _ in drawn() }) {
      #expect(grouped(value) == formatter.string(from: NSNumber(value: value)))
    }
    #expect(grouped(.min) == "-9,223,372,036,854,775,808")
  }

  @Test func compactHasFourCharactersAndTheNearestValue() throws {
    var random = SeededGenerator(6)
    let edges = [
      0, 999, 1000, 9949, 9950, 999_499, 999_500, 9_949_999, 9_950_000, 999_499_999, 999_500_000,
    ]
    let drawn = (0..<3000).map { _ in Int(exp2(Double.random(in: 0...31, using: &random))) }
    for value in edges + drawn {
      let text = compact(value)
      #expect(text.count <= 4, "\(value) as \(text)")
      let unit: Double = ["k": 1e3, "M": 1e6, "G": 1e9][String(text.suffix(1))] ?? 1
      let digits = unit == 1 ? text : String(text.dropLast())
      let read = try #require(Double(digits)) * unit
      // Two digits at least.
      #expect(abs(read - Double(value)) <= 0.05 * Double(value), "\(value) as \(text)")
    }
  }

  @Test func percentAndProbability() {
    #expect(percent(21, of: 1000) == "2.1%")
    #expect(percent(0, of: 0) == "-")
    #expect(percent(7, of: 7) == "100.0%")
    for (value, text) in [
      (0.0, "0"), (1, "1.000"), (0.0312, "0.031"), (0.001, "0.001"), (0.000_999, "1e-3"), (3.2e-12, "3e-12"),
      (9.6e-8, "1e-7"), (.leastNonzeroMagnitude, "5e-324"), (.nan, "-"), (-1, "-"),
    ] as [(Double, String)] {
      #expect(probability(value) == text)
    }
  }

  @Test func roughLogarithmIsWithinATenth() {
    var random = SeededGenerator(8)
    for _ in 0..<1000 {
      let value = Double.random(in: 1...1e9, using: &random)
      #expect(abs(roughLog2(value) - log2(value)) < 0.09)
    }
    #expect(roughLog2(0) == 0)
    #expect(roughLog2(.infinity) == 0)
  }
}
