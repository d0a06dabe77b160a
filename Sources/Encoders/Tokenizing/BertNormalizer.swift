import Foundation

/// The normalization of BERT (Devlin et al., 2019): control characters are left out, every space is a blank, CJK
/// ideographs are words by themselves, and where asked for accents and capitals go.
struct BertNormalizer: Sendable, Equatable {
  var cleans = true
  var separatesIdeographs = true
  var stripsAccents = true
  var lowercases = true

  func apply(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return ascii(text) }
    var result = text
    if cleans || separatesIdeographs { result = cleaned(result) }
    if stripsAccents { result = Normalizer.withoutMarks(result.decomposedStringWithCanonicalMapping) }
    return lowercases ? Normalizer.lowercased(result) : result
  }

  private func ascii(_ text: String) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    for byte in text.utf8 {
      switch byte {
      case 0x09, 0x0A, 0x0D: bytes.append(cleans ? 0x20 : byte)
      case 0x0B, 0x0C, 0..<0x20, 0x7F: if !cleans { bytes.append(byte) }
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): bytes.append(lowercases ? byte | 0x20 : byte)
      default: bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private func cleaned(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      var scalar = scalar
      if cleans {
        if TextClasses.isControl(scalar) { continue }
        if scalar.properties.isWhitespace { scalar = " " }
      }
      if separatesIdeographs, TextClasses.isIdeograph(scalar) {
        result.append(contentsOf: [" ", scalar, " "])
      } else {
        result.append(scalar)
      }
    }
    return String(result)
  }
}
