import Compression
import Testing

/// Pages: their size is announced, and nothing else may come out.
@Suite struct PageTests {
  static let written = PageCodec.allCases.filter { $0 != .lz4 }

  static func read(_ codec: PageCodec, _ bytes: [UInt8], _ size: Int) throws -> [UInt8] {
    try bytes.withUnsafeBytes { try codec.decompress($0, expectedSize: size) }
  }

  static func compressed(_ codec: PageCodec, _ bytes: [UInt8]) throws -> [UInt8] {
    try bytes.withUnsafeBytes { try codec.compress($0) }
  }

  static func bigEndian(_ value: Int) -> [UInt8] {
    (0..<4).reversed().map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  @Test(arguments: written, [0, 1, 77, 100_000])
  func whatIsWrittenIsReadAgain(codec: PageCodec, count: Int) throws {
    let bytes = StreamTests.sample(count)
    let packed = try Self.compressed(codec, bytes)
    #expect(try Self.read(codec, packed, count) == bytes)
    if count > 1 {
      #expect(throws: CompressionError.self) { try Self.read(codec, packed, count - 1) }
      #expect(throws: CompressionError.self) { try Self.read(codec, packed, count + 1) }
    }
  }

  @Test func membersOfGzipMakeOnePage() throws {
    let bytes = StreamTests.sample(9000)
    let packed =
      try Self.compressed(.gzip, Array(bytes[..<4000])) + Self.compressed(.gzip, Array(bytes[4000...]))
    #expect(try Self.read(.gzip, packed, 9000) == bytes)
  }

  @Test func lz4IsReadInAllItsForms() throws {
    let bytes = StreamTests.sample(9000)
    let raw = try Self.compressed(.lz4Raw, bytes)
    #expect(try Self.read(.lz4, raw, 9000) == bytes)
    let first = try Self.compressed(.lz4Raw, Array(bytes[..<4000]))
    let second = try Self.compressed(.lz4Raw, Array(bytes[4000...]))
    let hadoop =
      Self.bigEndian(4000) + Self.bigEndian(first.count) + first + Self.bigEndian(5000)
      + Self.bigEndian(second.count) + second
    #expect(try Self.read(.lz4, hadoop, 9000) == bytes)
    // A frame of one stored block: magic, FLG (version 1, independent), BD 4, header checksum, size with the top bit,
    // content, end mark.
    let content = Array("four score and seven".utf8)
    let frame: [UInt8] =
      [0x04, 0x22, 0x4D, 0x18, 0x60, 0x40, 0x82, UInt8(content.count), 0, 0, 0x80] + content + [0, 0, 0, 0]
    #expect(try Self.read(.lz4, frame, content.count) == content)
  }

  @Test(arguments: PageCodec.allCases)
  func damageIsAnErrorAndNothingWorse(codec: PageCodec) throws {
    let bytes = StreamTests.sample(600)
    let packed = try Self.compressed(codec.writable, bytes)
    for index in packed.indices {
      for change in [UInt8(1), 0x80, 0xFF] {
        var damaged = packed
        damaged[index] ^= change
        if let result = try? Self.read(codec, damaged, 600) { #expect(result.count == 600) }
      }
      _ = try? Self.read(codec, Array(packed[..<index]), 600)
    }
  }

  @Test func sumsAreThoseOfTheSpecification() {
    let bytes = Array("123456789".utf8)
    #expect(bytes.withUnsafeBytes { crc32([$0]) } == 0xCBF4_3926)
  }
}
