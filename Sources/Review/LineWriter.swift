import Model

/// One line of a journal while it is written: a JSON object, member after member.
struct LineWriter {
  private var bytes = [UInt8(ascii: "{")]

  /// The line without its line feed; `prev` is its last member.
  func finished(prev: Digest) -> [UInt8] {
    var line = self
    line.string("prev", prev.hex)
    line.bytes.append(UInt8(ascii: "}"))
    return line.bytes
  }

  /// Nothing for nil.
  mutating func string(_ name: String, _ value: String?) {
    guard let value else { return }
    member(name)
    quoted(value)
  }

  mutating func number(_ name: String, _ value: UInt64) {
    member(name)
    bytes += String(value).utf8
  }

  mutating func samples(_ samples: ArraySlice<Decision.SampleReference>) {
    member("samples")
    bytes.append(UInt8(ascii: "["))
    for (index, sample) in samples.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      bytes.append(UInt8(ascii: "{"))
      if let digest = sample.digest {
        bytes += "\"digest\":\"".utf8
        bytes += digest.hex.utf8
        bytes += "\",".utf8
      }
      bytes += "\"id\":".utf8
      quoted(sample.id)
      bytes.append(UInt8(ascii: "}"))
    }
    bytes.append(UInt8(ascii: "]"))
  }

  mutating func shown(_ shown: Decision.Shown) {
    // JSON has no NaN: without a suspicion nothing was shown.
    guard shown.suspicion.isFinite else { return }
    member("shown")
    bytes += "{\"rank\":\(shown.rank),\"suspicion\":\(shown.suspicion),\"version\":".utf8
    quoted(shown.version)
    bytes.append(UInt8(ascii: "}"))
  }

  mutating func settles(_ settled: [Decision.Settled]) {
    member("settles")
    bytes.append(UInt8(ascii: "["))
    for (index, opinion) in settled.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      var object = LineWriter()
      object.string("label", opinion.verdict.newLabel)
      object.string("reviewer", opinion.reviewer)
      object.string("verdict", opinion.verdict.word)
      bytes += object.bytes
      bytes.append(UInt8(ascii: "}"))
    }
    bytes.append(UInt8(ascii: "]"))
  }

  mutating func removed(_ removed: Decision.Removed) {
    member("removed")
    bytes += "{\"bytes\":\(removed.bytes),\"file\":".utf8
    quoted(removed.file)
    bytes += ",\"sha256\":\"\(removed.digest.hex)\"}".utf8
  }

  private mutating func member(_ name: String) {
    if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
    quoted(name)
    bytes.append(UInt8(ascii: ":"))
  }

  /// RFC 8259, section 7: what must be escaped is, the rest stays UTF-8.
  private mutating func quoted(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    var text = text
    text.withUTF8 { utf8 in
      if utf8.contains(where: { $0 < 0x20 || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") }) {
        utf8.forEach { escaped($0) }
      } else {
        bytes.append(contentsOf: utf8)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func escaped(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
    case 0x08: bytes += "\\b".utf8
    case 0x09: bytes += "\\t".utf8
    case 0x0A: bytes += "\\n".utf8
    case 0x0C: bytes += "\\f".utf8
    case 0x0D: bytes += "\\r".utf8
    case 0..<0x20: bytes += ("\\u00" + (byte < 16 ? "0" : "") + String(byte, radix: 16)).utf8
    default: bytes.append(byte)
    }
  }
}
