import CDigest
import Model
import Testing

@Suite struct DigestTests {
  /// Every byte at every place of the digits: eight of them are read at once.
  @Test func onlyLowerCaseHexadecimalDigitsAreADigest() throws {
    let hex = "00112233445566778899aabbccddeeff0f1e2d3c4b5a69788796a5b4c3d2e1f0"
    let digest = try #require(Digest(hex: hex))
    #expect(digest.hex == hex && digest.bytes.prefix(3) == [0x00, 0x11, 0x22] && digest.bytes.last == 0xF0)
    for place in 0..<64 {
      var digits = Array(hex.utf8)
      for byte in UInt8.min...UInt8.max {
        digits[place] = byte
        let value = Array("0123456789abcdef".utf8).firstIndex(of: byte)
        let read = digits.withUnsafeBytes { Digest(hexDigits: $0) }
        let nibble = read.map { Int($0.bytes[place / 2] >> (place % 2 == 0 ? 4 : 0)) & 15 }
        #expect(nibble == value, "byte \(byte) at \(place)")
      }
    }
    #expect(Digest(hex: String(hex.dropLast())) == nil && Digest(hex: hex + "0") == nil)
  }

  /// Messages of all lengths about those at which one more block is needed, side by side with longer and shorter ones: each has
  /// the digest that it has alone, whether the processor has instructions for two at once or not.
  @Test func messagesTakenTogetherHaveTheirOwnDigests() {
    var state: UInt64 = 5
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    let lengths = Array(0..<200) + (0..<100).map { _ in next(4) == 0 ? next(5000) : next(150) } + [0]
    let messages = lengths.map { length in (0..<length).map { _ in UInt8(next(256)) } }
    let expected = messages.map { $0.withUnsafeBytes(SHA256.digest) }
    #expect(expected[0].hex == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    var batch = DigestBatch()
    for count in [messages.count, 0, 1, 2, 3] {
      for message in messages.suffix(count) {
        message.withUnsafeBytes { batch.bytes.append($0) }
        batch.end()
      }
      var found: [Digest] = []
      batch.takeDigests { found.append($0) }
      #expect(found == expected.suffix(count))
    }
    let bytes = messages.flatMap { $0 }
    var ends: [UInt64] = []
    for length in lengths { ends.append((ends.last ?? 0) + UInt64(length)) }
    let words = [(UInt64, UInt64, UInt64, UInt64)](unsafeUninitializedCapacity: lengths.count) {
      cdigest_sha256_plain(bytes, ends, lengths.count, $0.baseAddress)
      $1 = lengths.count
    }
    #expect(words.map(\.0) == expected.map(\.prefix))
  }
}
