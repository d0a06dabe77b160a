/// Tells UTF-16 and UTF-32 without a byte-order mark by the line feeds, in text of scripts whose characters have no zero
/// bytes: one is written with zeros beside it, on the side that tells the order of the bytes.
enum WideLines {
  private struct Form {
    let name: String
    let unit: Int
    /// Where in a unit the low byte stands.
    let low: Int
  }
  private static let forms = [
    Form(name: "UTF-32LE", unit: 4, low: 0), Form(name: "UTF-32BE", unit: 4, low: 3),
    Form(name: "UTF-16LE", unit: 2, low: 0), Form(name: "UTF-16BE", unit: 2, low: 1),
  ]
  private static let sampleSize = 1 << 16

  /// Nil where the bytes are UTF-8, or text of one byte a character, in which no zeros stand.
  static func encoding(of bytes: UnsafeRawBufferPointer) -> String? {
    let sample = UnsafeRawBufferPointer(rebasing: bytes.prefix(sampleSize))
    guard sample.contains(0), !UTF8Check.isValid(sample) else { return nil }
    let counted = forms.map { form in (form, lineFeeds(sample, form)) }
    guard let best = counted.max(by: { $0.1 < $1.1 }), best.1 > 0,
      counted.count(where: { $0.1 == best.1 }) == 1 || best.0.unit == 4
    else { return nil }
    return bytes.count % best.0.unit == 0 ? best.0.name : nil
  }

  /// Units that are line feeds; none where a unit can be no character.
  private static func lineFeeds(_ sample: UnsafeRawBufferPointer, _ form: Form) -> Int {
    var count = 0
    var isPaired = false
    for start in stride(from: 0, through: sample.count - form.unit, by: form.unit) {
      var scalar: UInt32 = 0
      for byte in 0..<form.unit {
        scalar = scalar << 8 | UInt32(sample[start + (form.low == 0 ? form.unit - 1 - byte : byte)])
      }
      if isPaired {
        guard (0xDC00..<0xE000).contains(scalar) else { return 0 }
        isPaired = false
        continue
      }
      if form.unit == 2, (0xD800..<0xDC00).contains(scalar) { isPaired = true }
      guard scalar != 0, isPaired || Unicode.Scalar(scalar) != nil else { return 0 }
      if scalar == 10 { count += 1 }
    }
    return count
  }
}
