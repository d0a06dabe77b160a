import Model

/// Samples that hold nothing: a text of spaces, a row without a cell, a picture of one color.
struct EmptyCheck: Check {
  let name = "empty"
  let summary = "empty samples"

  func run(on input: CheckInput) -> [CheckResult] {
    guard let rows = rows(input.data) else { return [notApplicable("the samples are numbers only")] }
    let share = Double(rows.count) / Double(max(input.data.count, 1))
    let sentence = "\(counted(rows.count, "sample")) without content (\(percent(share)))"
    return [share <= input.policy.content.maxEmpty ? pass(sentence) : broken(input, sentence, rows: rows)]
  }

  private func rows(_ data: Dataset) -> [Int]? {
    if let texts = data.texts {
      return texts.indices.filter { row in texts.withUTF8(at: row, Self.isBlank) }
    }
    if !data.table.isEmpty {
      var missing = [Int](repeating: 0, count: data.count)
      for column in data.table { for row in column.missingRows { missing[row] += 1 } }
      return missing.indices.filter { missing[$0] == data.table.count }
    }
    guard let images = data.images else { return nil }
    // Those that cannot be decoded are told of by themselves.
    let unreadable = Set(data.unreadableRows)
    return (0..<images.count).filter { row in
      !unreadable.contains(row)
        && images.withPixels(at: row) { pixels in pixels.allSatisfy { $0 == pixels[0] } }
    }
  }

  private static func isBlank(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    if text.allSatisfy({ $0 <= 0x20 }) { return true }
    // Spaces of other scripts begin with one of these bytes; for all others there is content.
    guard let first = text.first(where: { $0 > 0x20 }), [0xC2, 0xE1, 0xE2, 0xE3, 0xEF].contains(first) else {
      return false
    }
    return String(decoding: text, as: UTF8.self).unicodeScalars.allSatisfy {
      $0.properties.isWhitespace || $0.properties.isDefaultIgnorableCodePoint
    }
  }
}
