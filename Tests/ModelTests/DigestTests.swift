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
}
