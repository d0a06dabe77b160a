/// True colors brought down to what a terminal has.
package enum ColorReduction {
  private static let levels: [Int] = [0, 95, 135, 175, 215, 255]

  /// The nearest of xterm's 6x6x6 cube (16...231) and grey ramp (232...255). The first 16 are left out: their
  /// values are the user's own.
  ///
  /// "Nearest" is by Riemersma's weighted distance ("Colour metric", compuphase.com/cmetric.htm), which keeps the
  /// hue of dark and dull colors where the plain squared distance turns them grey.
  package static func xterm256(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> Int {
    let wanted = (Int(red), Int(green), Int(blue))
    let grey = min(23, max(0, ((wanted.0 + wanted.1 + wanted.2) / 3 - 3) / 10))
    let value = 8 + 10 * grey
    var best = (index: 232 + grey, distance: distance(wanted, (value, value, value)))
    for r in neighbors(wanted.0) {
      for g in neighbors(wanted.1) {
        for b in neighbors(wanted.2) {
          let distance = distance(wanted, (levels[r], levels[g], levels[b]))
          // At equal distance the cube wins: it has pure black and white.
          if distance <= best.distance { best = (16 + 36 * r + 6 * g + b, distance) }
        }
      }
    }
    return best.index
  }

  /// How bright a gray of the cube or of the ramp is; nil of colors, and of the first 16.
  package static func gray(_ index: UInt8) -> UInt8? {
    if index >= 232 { return 8 + 10 * (index - 232) }
    // 43 apart all three channels are the same.
    guard index >= 16, (index - 16) % 43 == 0 else { return nil }
    return UInt8(levels[Int(index - 16) / 43])
  }

  /// One of the eight named colors, by which channels are near the strongest; nil where the color is so dark that
  /// the terminal's default serves better than black on black.
  package static func named8(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> Int? {
    let strongest = max(red, green, blue)
    guard strongest >= 48 else { return nil }
    let bar = Int(strongest) * 2 / 3
    return (Int(red) >= bar ? 1 : 0) | (Int(green) >= bar ? 2 : 0) | (Int(blue) >= bar ? 4 : 0)
  }

  /// The palette of xterm's first 16, for terminals that take true colors and nothing else above 7.
  package static let bright: [(UInt8, UInt8, UInt8)] = [
    (127, 127, 127), (255, 0, 0), (0, 255, 0), (255, 255, 0), (92, 92, 255), (255, 0, 255), (0, 255, 255),
    (255, 255, 255),
  ]

  /// The levels of the cube at and around a value.
  private static func neighbors(_ value: Int) -> ClosedRange<Int> {
    let above = levels.firstIndex { $0 >= value } ?? 5
    return (levels[above] == value ? above : max(0, above - 1))...above
  }

  private static func distance(_ a: (Int, Int, Int), _ b: (Int, Int, Int)) -> Int {
    let mean = (a.0 + b.0) / 2
    let (r, g, b) = (a.0 - b.0, a.1 - b.1, a.2 - b.2)
    return ((512 + mean) * r * r) / 256 + 4 * g * g + ((767 - mean) * b * b) / 256
  }
}
