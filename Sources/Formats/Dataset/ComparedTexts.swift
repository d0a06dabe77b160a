import Model

/// The texts of samples as a scan compares them: of a very long one the beginning, as the rest would take as long as thousands of
/// other samples. What people see, and what verdicts are about, stays whole.
struct ComparedTexts {
  let texts: StringColumn
  /// What a person should know of it; nil where all are whole.
  let note: String?

  /// In bytes.
  private static let maxBytes = 1 << 20

  init(_ whole: StringColumn) {
    let long = whole.indices.filter { row in whole.withUTF8(at: row) { $0.count > Self.maxBytes } }
    guard !long.isEmpty else {
      (texts, note) = (whole, nil)
      return
    }
    var builder = StringColumn.Builder()
    for row in whole.indices {
      whole.withUTF8(at: row) { bytes in
        var end = min(bytes.count, Self.maxBytes)
        // No character is cut.
        while end < bytes.count, end > 0, bytes[end] & 0xC0 == 0x80 { end -= 1 }
        builder.append(utf8: UnsafeBufferPointer(rebasing: bytes[..<end]))
      }
    }
    texts = builder.finish()
    note =
      "\(counted(long.count, "text is", "texts are")) longer than \(Self.maxBytes >> 20) MB; what lies behind that is not scored (\(rowList(long)))"
  }
}
