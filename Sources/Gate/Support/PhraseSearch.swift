/// Whether a text holds one of some phrases, without regard to the case of ASCII letters and to how words are spaced.
struct PhraseSearch {
  /// By their first byte.
  private let phrases: [[[UInt8]]]

  init(_ phrases: [String]) {
    var byFirst = [[[UInt8]]](repeating: [], count: 256)
    for phrase in phrases {
      var phrase = phrase
      let bytes = phrase.withUTF8(Self.normalised)
      if let first = bytes.first, bytes != [0x20] { byFirst[Int(first)].append(bytes) }
    }
    self.phrases = byFirst
  }

  func isFound(in text: UnsafeBufferPointer<UInt8>) -> Bool {
    Self.normalised(text).withUnsafeBufferPointer { text in
      text.indices.contains { place in
        phrases[Int(text[place])].contains { text[place...].starts(with: $0) }
      }
    }
  }

  private static func normalised(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    for byte in text {
      switch byte {
      case 0x09...0x0D, 0x20: if result.last != 0x20 { result.append(0x20) }
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): result.append(byte | 0x20)
      default: result.append(byte)
      }
    }
    return result
  }
}
