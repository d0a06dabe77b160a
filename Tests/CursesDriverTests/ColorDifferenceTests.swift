import CursesDriver
import Testing

@Suite struct ColorDifferenceTests {
  /// By CIEDE2000 of colors without hue, computed elsewhere.
  @Test(
    arguments: [
      (0, 255, 100.0), (119, 255, 36.5), (0, 16, 2.7), (100, 106, 2.3), (200, 206, 1.5),
    ] as [(UInt8, UInt8, Double)])
  func graysDifferAsPeopleSeeThem(_ a: UInt8, _ b: UInt8, _ wanted: Double) {
    #expect(abs(ColorDifference.between(a, b) - wanted) < 0.06, "\(ColorDifference.between(a, b))")
    #expect(ColorDifference.between(a, b) == ColorDifference.between(b, a))
    #expect(ColorDifference.between(a, a) == 0)
  }
}
