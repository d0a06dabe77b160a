import Formats
import Foundation
import Testing

@Suite struct Base64Tests {
  @Test func itIsThatOfFoundation() {
    for length in 0...70 {
      let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 * 89 + length * 31) }
      let text = Data(bytes).base64EncodedString()
      #expect(Base64.decoded(text.utf8) == bytes)
      #expect(Base64.decoded(text.filter { $0 != "=" }.utf8) == bytes, "without padding")
      let lines = Data(bytes).base64EncodedString(options: [
        .lineLength64Characters, .endLineWithCarriageReturn,
      ])
      #expect(Base64.decoded(lines.utf8) == bytes)
      let forURLs = text.replacing("+", with: "-").replacing("/", with: "_")
      #expect(Base64.decoded(forURLs.utf8) == bytes)
    }
  }

  @Test(arguments: ["A", "AAAAA", "AA=A", "AA===", "AAA==", "A A=", "AAAA=", "Ã", "=", "AA=", "*AAA"])
  func whatIsNoneIsNotRead(_ text: String) { #expect(Base64.decoded(text.utf8) == nil) }
}
