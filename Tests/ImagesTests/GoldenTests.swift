import Images
import Testing

@Suite struct GoldenTests {
  @Test func allOfThemAreRead() {
    #expect(Golden.all.count == 136)
    let formats = Set(Golden.all.compactMap { golden in golden.file.withUnsafeBytes { ImageFormat($0) } })
    #expect(formats == Set(ImageFormat.allCases))
  }

  @Test(arguments: Golden.all) func decodes(_ golden: Golden) throws {
    let image = try ImageDecoder.decode(golden.file)
    #expect(image.width == golden.width && image.height == golden.height)
    #expect(image.channels == golden.channels)
    #expect(greatestDifference(image.pixels, golden.pixels) <= golden.tolerance)
    #expect(!image.origin.isDamaged)
    #expect(image.origin.width == golden.width && image.origin.height == golden.height)
  }

  @Test(arguments: Golden.all) func headerTellsTheSizeWithoutDecoding(_ golden: Golden) throws {
    let header = try golden.file.withUnsafeBytes { bytes in try ImageHeader.read(bytes) }
    let sides =
      header.orientation.swapsSides ? [header.height, header.width] : [header.width, header.height]
    #expect(sides == [golden.width, golden.height])
  }

  @Test func orientationCanBeLeftAlone() throws {
    let options = DecodeOptions(turnsUpright: false)
    for kind in ["png", "webp", "jpeg"] {
      let stored = try ImageDecoder.decode(Golden.file("\(kind)-orientation-1"))
      for orientation in 2...8 {
        let image = try ImageDecoder.decode(Golden.file("\(kind)-orientation-\(orientation)"), options)
        #expect(image == stored)
      }
    }
  }

  @Test func opacityIsLeftOut() throws {
    let file = Golden.file("png-palette-trns-8")
    let plain = try ImageDecoder.decode(Golden.file("png-palette-8"))
    #expect(!plain.origin.isTranslucent)
    for name in [
      "png-rgba-8", "png-gray-alpha-16", "webp-rgba-lossless", "gif-transparent", "png-rgb-trns-8",
    ] {
      #expect(try ImageDecoder.decode(Golden.file(name)).origin.isTranslucent)
    }
    #expect(try ImageDecoder.decode(file).channels == 3)
    // By hand: red at opacity 0, 100 and 255.
    let rgba: [UInt8] = [255, 0, 0, 0, 255, 0, 0, 100, 255, 0, 0, 255]
    let bmp = bitmap(width: 3, rgba)
    let image = try ImageDecoder.decode(bmp)
    #expect(image.pixels == [255, 0, 0, 255, 0, 0, 255, 0, 0])
    #expect(image.origin.isTranslucent)
  }

  /// A bitmap of one row with masks for red, green, blue and opacity in this order.
  private func bitmap(width: Int, _ rgba: [UInt8]) -> [UInt8] {
    func four(_ value: UInt32) -> [UInt8] {
      (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * UInt32($0))) }
    }
    var file: [UInt8] = [0x42, 0x4D] + four(0) + four(0) + four(70)
    file += four(56) + four(UInt32(width)) + four(1) + [1, 0, 32, 0] + four(3)
    file += [UInt8](repeating: 0, count: 20)
    file += four(0xFF) + four(0xFF00) + four(0xFF_0000) + four(0xFF00_0000)
    return file + rgba
  }

  @Test func targetGivesSizeAndChannels() throws {
    let target = ImageTarget(width: 4, height: 6, channels: 3)
    let gray = try ImageDecoder.decode(Golden.file("png-gray-8"), DecodeOptions(target: target))
    #expect([gray.width, gray.height, gray.channels] == [4, 6, 3])
    #expect([gray.origin.width, gray.origin.height] == [11, 9])
    let colors = try ImageDecoder.decode(Golden.file("png-rgb-8"))
    let luma = try ImageDecoder.decode(
      Golden.file("png-rgb-8"), DecodeOptions(target: ImageTarget(width: 11, height: 9, channels: 1)))
    for (pixel, level) in luma.pixels.enumerated() {
      let exact =
        0.299 * Double(colors.pixels[pixel * 3]) + 0.587 * Double(colors.pixels[pixel * 3 + 1])
        + 0.114 * Double(colors.pixels[pixel * 3 + 2])
      #expect(abs(Double(level) - exact) < 0.51)
    }
  }
}
