import Compression
import Testing

/// Whole files: what was written is read again, and what is not whole is refused by what is wrong with it.
@Suite struct StreamTests {
  static func sample(_ count: Int, seed: UInt64 = 7) -> [UInt8] {
    var state = seed
    return (0..<count).map { index in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return index % 5 < 3 ? UInt8(ascii: "a") + UInt8(index % 7) : UInt8(truncatingIfNeeded: state >> 56)
    }
  }

  static func compressed(_ bytes: [UInt8], _ format: StreamFormat) throws -> [UInt8] {
    let compressor = try Compressor(format)
    var result: [UInt8] = []
    var position = 0
    while position < bytes.count {
      let end = min(bytes.count, position + 70_001)
      result += try compressor.append(Array(bytes[position..<end]))
      position = end
    }
    return result + (try compressor.finish())
  }

  static func read(_ bytes: [UInt8], _ format: StreamFormat, limit: Int = 10_000_000) throws -> [UInt8] {
    try bytes.withUnsafeBytes { try Decompressor(format, outputLimit: limit).decompressed($0) }
  }

  static func failure(_ bytes: [UInt8], _ format: StreamFormat, limit: Int = 10_000_000)
    -> CompressionError.Kind?
  {
    do {
      _ = try read(bytes, format, limit: limit)
      return nil
    } catch {
      return (error as? CompressionError)?.kind
    }
  }

  @Test(arguments: StreamFormat.allCases, [0, 1, 1000, 1_000_000])
  func whatIsWrittenIsReadAgain(format: StreamFormat, count: Int) throws {
    let bytes = Self.sample(count)
    let packed = try Self.compressed(bytes, format)
    #expect(try Self.read(packed, format) == bytes)
    #expect(packed.withUnsafeBytes { StreamFormat(beginningOf: $0) } == format)
  }

  @Test(arguments: StreamFormat.allCases)
  func unitsFollowEachOther(format: StreamFormat) throws {
    let first = Self.sample(5000)
    let second = Self.sample(300_000, seed: 3)
    let packed = try Self.compressed(first, format) + Self.compressed(second, format)
    #expect(try Self.read(packed, format) == first + second)
  }

  @Test func skippableFramesOfZstdAreSkipped() throws {
    let bytes = Self.sample(5000)
    let frame: [UInt8] = [0x53, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 9, 9, 9]
    let packed = try Self.compressed(bytes, .zstd)
    #expect(try Self.read(frame + packed + frame + packed + frame, .zstd) == bytes + bytes)
  }

  @Test func paddingIsWhatTheFormatsAllow() throws {
    let bytes = Self.sample(5000)
    let zeros = [UInt8](repeating: 0, count: 512)
    #expect(try Self.read(Self.compressed(bytes, .gzip) + zeros, .gzip) == bytes)
    #expect(try Self.read(Self.compressed(bytes, .xz) + zeros, .xz) == bytes)
    #expect(Self.failure(try Self.compressed(bytes, .zstd) + zeros, .zstd) == .trailingBytes)
    #expect(Self.failure(try Self.compressed(bytes, .xz) + [0, 0, 0], .xz) == .trailingBytes)
  }

  @Test(arguments: StreamFormat.allCases)
  func everyCutIsAnError(format: StreamFormat) throws {
    let packed = try Self.compressed(Self.sample(3000), format)
    for length in 0..<packed.count {
      let kind = Self.failure(Array(packed[..<length]), format)
      #expect(kind == .truncated || kind == .corrupt, "\(length) of \(packed.count)")
    }
    #expect(Self.failure(Array(packed[..<(packed.count - 1)]), format) == .truncated)
  }

  @Test(arguments: StreamFormat.allCases)
  func garbageBehindIsAnError(format: StreamFormat) throws {
    let packed = try Self.compressed(Self.sample(3000), format)
    let kind = Self.failure(packed + Array("garbage!".utf8), format)
    #expect(kind == .trailingBytes)
  }

  @Test(arguments: StreamFormat.allCases)
  func theLimitHoldsForBombs(format: StreamFormat) throws {
    let packed = try Self.compressed([UInt8](repeating: 0, count: 20_000_000), format)
    #expect(packed.count < 100_000)
    var most = 0
    let decompressor = Decompressor(format, outputLimit: 1_000_000)
    #expect(throws: CompressionError(.outputLimit, "\(format): holds more than 1000000 bytes")) {
      try packed.withUnsafeBytes { bytes in
        try decompressor.run(bytes) { chunk in
          most += chunk.count
          return true
        }
      }
    }
    #expect(most <= 1_000_000)
    #expect(try Self.read(packed, format, limit: 20_000_000).count == 20_000_000)
  }

  @Test(arguments: StreamFormat.allCases)
  func theCallerCanStop(format: StreamFormat) throws {
    let packed = try Self.compressed([UInt8](repeating: 0, count: 5_000_000), format)
    var chunks = 0
    let decompressor = Decompressor(format, outputLimit: .max)
    #expect(throws: CompressionError.self) {
      try packed.withUnsafeBytes { bytes in
        try decompressor.run(bytes) { _ in
          chunks += 1
          return chunks < 3
        }
      }
    }
    #expect(chunks == 3)
  }

  @Test func windowsAboveTheLimitAreRefused() throws {
    // A frame header alone that asks for a window of 2 GB: descriptor 0, window descriptor 21 << 3 (2^31).
    let frame: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD, 0x00, 21 << 3, 0x01, 0, 0]
    #expect(Self.failure(frame, .zstd) == .memoryLimit)
  }

  @Test(arguments: StreamFormat.allCases)
  func flippedBytesNeverGiveOtherContent(format: StreamFormat) throws {
    let bytes = Self.sample(2000)
    let packed = try Self.compressed(bytes, format)
    for index in packed.indices {
      var damaged = packed
      damaged[index] ^= 0x41
      let result = try? Self.read(damaged, format)
      #expect(result == nil || result == bytes, "byte \(index)")
    }
  }
}
