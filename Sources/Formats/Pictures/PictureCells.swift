import Images
import Model

/// Pictures in the cells of a column, written in Base64 (RFC 4648), with or without the head of a data URL.
struct PictureCells: Sendable {
  private let reader: RecordReader
  private let column: Int

  private static let looked = 20

  /// Nil where the cells of some rows hold no pictures.
  init?(_ reader: RecordReader, column: Int, count: Int) {
    self.reader = reader
    self.column = column
    let step = max(1, count / Self.looked)
    let isPicture = stride(from: 0, to: count, by: step).contains { row in
      bytes(at: row).map { bytes in bytes.withUnsafeBytes { ImageFormat($0) != nil } } ?? false
    }
    guard isPicture else { return nil }
  }

  /// Nil of an empty cell, and of what is no Base64.
  func bytes(at row: Int) -> [UInt8]? {
    var text = Substring(reader.cell(column, at: row)).utf8
    if text.starts(with: "data:".utf8), let comma = text.firstIndex(of: UInt8(ascii: ",")) {
      text = text[text.index(after: comma)...]
    }
    return text.isEmpty ? nil : Base64.decoded(text)
  }
}

/// Of the alphabets of RFC 4648, sections 4 and 5.
package enum Base64 {
  private static let values: [UInt8: UInt32] = {
    var values: [UInt8: UInt32] = [UInt8(ascii: "-"): 62, UInt8(ascii: "_"): 63]
    let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    for (value, letter) in alphabet.utf8.enumerated() { values[letter] = UInt32(value) }
    return values
  }()
  private static let table: [UInt32] = (0...255).map { values[UInt8($0)] ?? .max }

  /// Line ends within it are passed over.
  /// - Returns: nil of what is no Base64.
  package static func decoded(_ text: some Sequence<UInt8>) -> [UInt8]? {
    var result: [UInt8] = []
    var (bits, count, padding) = (UInt32(0), 0, 0)
    for letter in text {
      if letter == UInt8(ascii: "\n") || letter == UInt8(ascii: "\r") { continue }
      if letter == UInt8(ascii: "=") {
        padding += 1
        continue
      }
      let value = table[Int(letter)]
      guard value != .max, padding == 0 else { return nil }
      bits = bits << 6 | value
      count += 1
      if count == 4 {
        result += [
          UInt8(truncatingIfNeeded: bits >> 16), UInt8(truncatingIfNeeded: bits >> 8),
          UInt8(truncatingIfNeeded: bits),
        ]
        (bits, count) = (0, 0)
      }
    }
    switch count {
    case 0: return padding == 0 ? result : nil
    case 2: result.append(UInt8(truncatingIfNeeded: bits >> 4))
    case 3: result += [UInt8(truncatingIfNeeded: bits >> 10), UInt8(truncatingIfNeeded: bits >> 2)]
    default: return nil
    }
    return padding == 0 || padding == 4 - count ? result : nil
  }
}
