import CursesDriver
import Testing

@Suite struct ColorReductionTests {
  /// xterm's own 240 colors (256colres.h) come back as colors of the same value.
  @Test func theTerminalsOwnColorsAreExact() {
    let levels: [UInt8] = [0, 95, 135, 175, 215, 255]
    func value(_ index: Int) -> [UInt8] {
      if index >= 232 { return [UInt8](repeating: UInt8(8 + 10 * (index - 232)), count: 3) }
      let cube = index - 16
      return [levels[cube / 36], levels[cube / 6 % 6], levels[cube % 6]]
    }
    for index in 16..<256 {
      let color = value(index)
      #expect(value(ColorReduction.xterm256(color[0], color[1], color[2])) == color)
    }
  }

  @Test func everyColorMapsIntoTheFixedPart() {
    for red in stride(from: 0, through: 255, by: 17) {
      for green in stride(from: 0, through: 255, by: 5) {
        for blue in stride(from: 0, through: 255, by: 15) {
          #expect((16...255).contains(ColorReduction.xterm256(UInt8(red), UInt8(green), UInt8(blue))))
        }
      }
    }
  }

  /// A picture in grays has no colors of the terminal's making, and no gray is more than one step of the ramp off.
  @Test func graysStayGrays() {
    let levels = [0, 95, 135, 175, 215, 255]
    for value in 0...255 {
      let index = ColorReduction.xterm256(UInt8(value), UInt8(value), UInt8(value))
      let cube = index - 16
      let isGray = index >= 232 || (cube / 36 == cube / 6 % 6 && cube / 6 % 6 == cube % 6)
      #expect(isGray, "\(value) became \(index)")
      let shown = index >= 232 ? 8 + 10 * (index - 232) : levels[cube % 6]
      #expect(abs(shown - value) <= 10, "\(value) became \(shown)")
    }
  }

  @Test func dullGreenStaysGreen() { #expect(ColorReduction.xterm256(60, 100, 50) < 232) }

  @Test(arguments: [
    (255, 0, 0, 1), (0, 200, 0, 2), (220, 210, 10, 3), (20, 20, 250, 4), (250, 250, 250, 7), (90, 90, 90, 7),
  ])
  func eightColorsByTheirNames(_ red: Int, _ green: Int, _ blue: Int, _ name: Int) {
    #expect(ColorReduction.named8(UInt8(red), UInt8(green), UInt8(blue)) == name)
  }

  @Test func darkColorsAreTheTerminalsOwn() { #expect(ColorReduction.named8(20, 10, 30) == nil) }
}

@Suite struct ClipboardTests {
  /// The vectors of RFC 4648, section 10.
  @Test(arguments: [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
    ("foobar", "Zm9vYmFy"),
  ])
  func sequence(_ text: String, _ encoded: String) {
    #expect(Clipboard.sequence(text) == Array("\u{1B}]52;c;\(encoded)\u{7}".utf8))
  }

  @Test func longTextIsRefused() {
    #expect(Clipboard.sequence(String(repeating: "a", count: Clipboard.limit + 1)) == nil)
  }
}
