import Glibc

/// How different two grays look: CIEDE2000 (Sharma, Wu & Dalal, 2005), of which for grays the lightness alone is left.
package enum ColorDifference {
  /// A difference that is just noticed, side by side (Mahy, Van Eycken & Oosterlinck, 1994).
  package static let justNoticed = 2.3

  package static func areAlike(_ a: UInt8, _ b: UInt8) -> Bool { between(a, b) <= justNoticed }

  /// Of two grays of sRGB.
  package static func between(_ a: UInt8, _ b: UInt8) -> Double {
    let mean = (lightness[Int(a)] + lightness[Int(b)]) / 2 - 50
    let weight = 1 + 0.015 * mean * mean / (20 + mean * mean).squareRoot()
    return abs(lightness[Int(a)] - lightness[Int(b)]) / weight
  }

  /// L* of CIELAB (0 to 100) of each gray of sRGB (IEC 61966-2-1).
  private static let lightness: [Double] = (0...255).map { value in
    let part = Double(value) / 255
    let light = part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
    return light <= 216.0 / 24389 ? light * 24389 / 27 : 116 * cbrt(light) - 16
  }
}
