import Numerics

/// The words of a text, without regard to case, as hashes of 64 bits: two words of one are not to be expected.
enum WordSet {
  /// Rising, each once.
  static func hashes(_ text: String) -> [UInt64] {
    var text = text
    var words: [UInt64] = []
    let isPlain = text.withUTF8 { bytes in
      guard bytes.allSatisfy({ $0 < 0x80 }) else { return false }
      addPlain(bytes, to: &words)
      return true
    }
    if !isPlain {
      for word in text.lowercased().split(whereSeparator: { !$0.isLetter && !$0.isNumber }) {
        var word = word
        let isPlain = word.withUTF8 { bytes in
          guard bytes.allSatisfy({ $0 < 0x80 }) else { return false }
          addPlain(bytes, to: &words)
          return true
        }
        // The same letters may be written in several ways, of which the standard hash knows.
        if !isPlain { words.append(UInt64(truncatingIfNeeded: word.hashValue)) }
      }
    }
    words.sort()
    var count = 0
    for word in words where count == 0 || words[count - 1] != word {
      words[count] = word
      count += 1
    }
    words.removeSubrange(count...)
    return words
  }

  /// Letters and digits of ASCII, by FNV-1a (Fowler, Noll and Vo).
  private static func addPlain(_ bytes: UnsafeBufferPointer<UInt8>, to words: inout [UInt64]) {
    var hash = Hash.noBytes
    for byte in bytes {
      let lower = byte | 0x20
      let isLetter = lower >= UInt8(ascii: "a") && lower <= UInt8(ascii: "z")
      if isLetter || (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")) {
        Hash.append(isLetter ? lower : byte, to: &hash)
      } else if hash != Hash.noBytes {
        words.append(hash)
        hash = Hash.noBytes
      }
    }
    if hash != Hash.noBytes { words.append(hash) }
  }
}
