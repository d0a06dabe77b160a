/// True colors brought down to what a terminal has.
package enum ColorReduction {
  private static let levels: [Int] = [0, 95, 135, 175, 215, 255]

  /// The nearest of xterm's 6x6x6 cube (16...231) and grey ramp (232...255), by squared distance. The first 16
  /// are left out: their values are the user's own.
  package static func xterm256(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> Int {
    let (r, g, b) = (Int(red), Int(green), Int(blue))
    let (cr, cg, cb) = (cubeLevel(r), cubeLevel(g), cubeLevel(b))
    let cube = distance(r, g, b, levels[cr], levels[cg], levels[cb])
    let mean = (r + g + b) / 3
    let grey = min(23, max(0, (mean - 8 + 5) / 10))
    let value = 8 + 10 * grey
    return distance(r, g, b, value, value, value) < cube ? 232 + grey : 16 + 36 * cr + 6 * cg + cb
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

  private static func cubeLevel(_ value: Int) -> Int {
    value < 48 ? 0 : value < 115 ? 1 : min(5, (value - 35) / 40)
  }

  private static func distance(_ r: Int, _ g: Int, _ b: Int, _ x: Int, _ y: Int, _ z: Int) -> Int {
    (r - x) * (r - x) + (g - y) * (g - y) + (b - z) * (b - z)
  }
}
