/// The formats of whole compressed files.
package enum StreamFormat: String, Sendable, CaseIterable {
  /// RFC 1952: members one after the other, each with a CRC-32.
  case gzip
  /// RFC 8878: frames one after the other, with skippable frames between them.
  case zstd
  /// The .xz file format 1.1: streams one after the other, with padding between them.
  case xz

  /// The format that the first bytes of a file name; nil where it is none of these.
  package init?(beginningOf bytes: UnsafeRawBufferPointer) {
    for format in Self.allCases where format.begins(bytes) {
      self = format
      return
    }
    return nil
  }

  /// Whether `bytes` begin with a unit (member, frame or stream) of this format.
  func begins(_ bytes: UnsafeRawBufferPointer) -> Bool {
    switch self {
    case .gzip: return bytes.starts(with: [0x1F, 0x8B])
    case .xz: return bytes.starts(with: [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00])
    case .zstd:
      if bytes.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) { return true }
      // Skippable frames, RFC 8878 section 3.1.2: 0x184D2A50 to 0x184D2A5F.
      return bytes.count >= 4 && bytes[0] & 0xF0 == 0x50
        && bytes.dropFirst().starts(with: [0x2A, 0x4D, 0x18])
    }
  }
}
