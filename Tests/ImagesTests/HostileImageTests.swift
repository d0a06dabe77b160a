import Images
import Testing

@Suite struct HostileImageTests {
  private static let gray8 = Golden.file("png-gray-8")

  private func big(_ value: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * UInt32($0))) }
  }

  /// Every truncation of every file: an error or a picture, never a crash; and a file that lacks half is an error.
  @Test(arguments: Golden.all) func truncations(_ golden: Golden) {
    let step = max(1, golden.file.count / 400)
    for length in stride(from: 0, to: golden.file.count, by: step) {
      _ = failure([UInt8](golden.file[..<length]))
    }
    #expect(failure([UInt8](golden.file[..<(golden.file.count / 2)])) != nil)
  }

  /// Bytes turned over, one and several at a time: bounded time, never a crash.
  @Test(arguments: Golden.all) func changedBytes(_ golden: Golden) {
    let limits = DecodeOptions(limits: ImageLimits(maxPixels: 1 << 20))
    var numbers = SeededNumbers(UInt64(golden.file.count))
    let clock = ContinuousClock()
    let start = clock.now
    for round in 0..<400 {
      var file = golden.file
      for _ in 0...(round % 4) {
        let place = Int.random(in: 0..<file.count, using: &numbers)
        file[place] = round % 2 == 0 ? ~file[place] : .random(in: 0...255, using: &numbers)
      }
      _ = failure(file, limits)
    }
    #expect(clock.now - start < .seconds(30))
  }

  @Test func hugeSizesAreRefusedBeforeAnythingIsAllocated() {
    var png = Self.gray8
    png.replaceSubrange(16..<24, with: big(2_000_000_000) + big(2_000_000_000))
    #expect(failure(png) == .tooLarge)
    png.replaceSubrange(16..<24, with: big(65_535) + big(65_535))
    #expect(failure(png) == .tooLarge)
    var bmp = Golden.file("bmp-24-40")
    bmp.replaceSubrange(18..<26, with: [255, 255, 255, 127, 0, 0, 0, 128])
    #expect(failure(bmp) == .tooLarge)
    // Allowed by its size, but its pixels are not there: nothing is made for them.
    bmp.replaceSubrange(18..<26, with: [0x10, 0x27, 0, 0, 0x10, 0x27, 0, 0])
    #expect(failure(bmp) == .truncated)
    for text in ["P5 2000000000 2000000000 255\n", "P2 99999999999 1 255\n", "P3 70000 1 255\n"] {
      #expect(failure(Array(text.utf8)) == .tooLarge)
    }
    #expect(failure(Array("P5 10000 10000 255\n".utf8)) == .truncated)
    #expect(failure(Array("P3 10000 10000 255\n1 2 3".utf8)) == .truncated)
    var gif = Golden.file("gif-plain")
    gif.replaceSubrange(6..<10, with: [255, 255, 255, 255])
    #expect(failure(gif) == .tooLarge)
    var webp = Golden.file("webp-lossless")
    webp.replaceSubrange(21..<25, with: [255, 255, 255, 15])
    #expect(failure(webp) == .tooLarge)
  }

  /// 67 bytes that announce 81 million pixels: not even cleared memory is given to them.
  @Test func pixelsThatCannotBeThereAreNotMadeRoomFor() {
    var png = Self.gray8
    png.replaceSubrange(16..<24, with: big(9_000) + big(9_000))
    #expect(failure(png) == .truncated)
  }

  @Test func limitsAreTheCallers() throws {
    let small = DecodeOptions(limits: ImageLimits(maxPixels: 98))
    #expect(failure(Self.gray8, small) == .tooLarge)
    #expect(failure(Self.gray8, DecodeOptions(limits: ImageLimits(maxPixels: 99))) == nil)
    #expect(failure(Self.gray8, DecodeOptions(limits: ImageLimits(maxSide: 10))) == .tooLarge)
    let bytes = DecodeOptions(limits: ImageLimits(maxFileBytes: Self.gray8.count - 1))
    #expect(failure(Self.gray8, bytes) == .tooLarge)
  }

  /// A progressive picture whose last scan stands there thousands of times: each would cost a pass over all pixels.
  @Test func progressiveBombIsRefused() {
    let file = Golden.file("jpeg-progressive")
    let scans = file.indices.dropLast().filter { file[$0] == 0xFF && file[$0 + 1] == 0xDA }
    guard let last = scans.last else { return #expect(Bool(false)) }
    let scan = file[last..<(file.count - 2)]
    #expect(failure(file) == nil)
    let bomb = file[..<last] + Array(repeating: scan, count: 5_000).joined() + [0xFF, 0xD9]
    #expect(failure([UInt8](bomb)) == .tooLarge)
    let few = file[..<last] + Array(repeating: scan, count: 100 - scans.count).joined() + [0xFF, 0xD9]
    // Within the limit it is libjpeg that judges.
    #expect(failure([UInt8](few)) != .tooLarge)
    let scanLimit = DecodeOptions(limits: ImageLimits(maxScans: scans.count - 1))
    #expect(failure(file, scanLimit) == .tooLarge)
  }

  @Test func truncatedJPEGIsAnErrorAndNotGray() {
    let file = Golden.file("jpeg-444")
    #expect(failure([UInt8](file[..<(file.count - 40)])) == .truncated)
  }

  @Test func namesAndTextsDecideNothing() {
    #expect(failure([]) == .unknownFormat)
    #expect(failure(Array("GIF".utf8)) == .unknownFormat)
    #expect(failure(Array("P7 1 1".utf8)) == .unknownFormat)
    #expect(failure(Array("<svg/>".utf8)) == .unknownFormat)
    #expect(failure(Array("PK\u{3}\u{4}".utf8)) == .unknownFormat)
  }

  /// Metadata that lies says nothing of the pixels.
  @Test func damagedExifIsUpright() throws {
    let file = Golden.file("jpeg-orientation-6")
    guard
      let at = file.indices.dropLast(4).first(where: { Array(file[$0..<$0 + 4]) == [0x45, 0x78, 0x69, 0x66] })
    else { return #expect(Bool(false)) }
    var numbers = SeededNumbers(3)
    for _ in 0..<2_000 {
      var changed = file
      for _ in 0..<3 {
        changed[Int.random(in: at + 4..<at + 32, using: &numbers)] = .random(in: 0...255, using: &numbers)
      }
      let image = try ImageDecoder.decode(changed)
      #expect(image.width * image.height == 24 * 16)
    }
  }

  /// Files of the formats with a decoder of our own, from random headers: every length field and every branch is
  /// reached in time.
  @Test(arguments: [
    "bmp-24-40", "bmp-palette-4-40", "bmp-rle8", "bmp-rle4", "gif-plain", "gif-noise", "pnm-p3-7",
  ])
  func randomHeaders(_ name: String) {
    let limits = DecodeOptions(limits: ImageLimits(maxPixels: 1 << 16))
    let file = Golden.file(name)
    var numbers = SeededNumbers(11)
    let clock = ContinuousClock()
    let start = clock.now
    var decoded = 0
    for _ in 0..<20_000 where clock.now - start < .seconds(5) {
      var changed = file
      for _ in 0..<Int.random(in: 1...6, using: &numbers) {
        let place = Int.random(in: 2..<min(64, file.count), using: &numbers)
        let edges: [UInt8] = [0, 1, 3, 127, 128, 255, .random(in: 0...255, using: &numbers)]
        changed[place] = edges[Int.random(in: 0..<edges.count, using: &numbers)]
      }
      if failure(changed, limits) == nil { decoded += 1 }
    }
    #expect(decoded > 0)
  }
}
