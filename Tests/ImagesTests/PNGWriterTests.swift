import Images
import Testing

@Suite struct PNGWriterTests {
  @Test(arguments: [(1, 1, 1), (7, 5, 1), (7, 5, 3), (300, 2, 3), (1, 500, 1)])
  func whatIsWrittenIsReadAgain(_ width: Int, _ height: Int, _ channels: Int) throws {
    var numbers = SeededNumbers(9)
    let pixels = numbers.bytes(width * height * channels)
    let file = try PNGWriter.encode(width: width, height: height, channels: channels, pixels: pixels)
    let image = try ImageDecoder.decode(file)
    #expect([image.width, image.height, image.channels] == [width, height, channels])
    #expect(image.pixels == pixels)
  }

  @Test func isTheSameEveryTime() throws {
    let image = try ImageDecoder.decode(Golden.file("webp-lossless"))
    #expect(try PNGWriter.encode(image) == PNGWriter.encode(image))
  }
}
