import Foundation
import Model

/// JSON for programs that is also safe to look at in a terminal.
enum JSONText {
  /// Pretty, with sorted keys so that two runs can be compared; NaN and infinities as strings.
  static func encode(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return escapeInvisible(String(decoding: try encoder.encode(value), as: UTF8.self)) + "\n"
  }

  static func quoted(_ text: String) -> String {
    let encoded = try? JSONEncoder().encode(text)
    return escapeInvisible(encoded.map { String(decoding: $0, as: UTF8.self) } ?? "\"\"")
  }

  /// JSON lets DEL, C1 controls and bidirectional overrides stand raw in strings; a terminal acts on them. As
  /// `\u` escapes they mean the same to a parser.
  private static func escapeInvisible(_ json: String) -> String {
    guard json.unicodeScalars.contains(where: isInvisible) else { return json }
    var result = ""
    for scalar in json.unicodeScalars {
      guard isInvisible(scalar) else {
        result.unicodeScalars.append(scalar)
        continue
      }
      for unit in String(scalar).utf16 {
        let hex = String(unit, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      }
    }
    return result
  }

  /// Below DEL the encoder has escaped what it must; the line feeds that are left are its own.
  private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value > 0x7E && scalar.movesOrHides
  }
}
