import Glibc

/// Which encoding a file of text is in: as it was told, else by its byte-order mark or its zero bytes, else UTF-8.
struct TextEncoding: Equatable {
  /// As iconv(3) knows it.
  let name: String
  /// Bytes of the byte-order mark.
  let markLength: Int
  /// How it was found.
  let why: String

  static let utf8 = TextEncoding(name: "UTF-8", markLength: 0, why: "")

  var isUTF8: Bool { name == "UTF-8" }
  /// Bytes of one code unit: where a line feed can stand.
  var unitSize: Int { name.hasPrefix("UTF-16") ? 2 : name.hasPrefix("UTF-32") ? 4 : 1 }
  /// Whether what bytes mean depends on escapes or shifts before them.
  var isStateful: Bool {
    ["ISO-2022", "ISO2022", "CSISO2022", "HZ", "UTF-7", "UTF7"].contains { name.hasPrefix($0) }
  }
  var isBigEndian: Bool { name.hasSuffix("BE") }

  /// Names that people use and iconv does not know.
  private static let aliases = [
    "UTF8": "UTF-8", "LATIN-1": "ISO-8859-1", "LATIN_1": "ISO-8859-1", "ANSI": "CP1252",
    "WINDOWS1252": "CP1252", "UTF16": "UTF-16", "UTF32": "UTF-32", "UTF-8-SIG": "UTF-8",
    "UTF16LE": "UTF-16LE", "UTF16BE": "UTF-16BE", "SHIFT-JIS": "SHIFT_JIS",
  ]

  private static let marks: [(bytes: [UInt8], name: String)] = [
    ([0xEF, 0xBB, 0xBF], "UTF-8"), ([0xFF, 0xFE, 0, 0], "UTF-32LE"), ([0, 0, 0xFE, 0xFF], "UTF-32BE"),
    ([0xFF, 0xFE], "UTF-16LE"), ([0xFE, 0xFF], "UTF-16BE"),
  ]

  /// - Throws: `FormatError` when iconv does not know the name that was given.
  static func found(in bytes: UnsafeRawBufferPointer, told: String?, file: String) throws(FormatError)
    -> TextEncoding
  {
    let mark = marks.first { bytes.starts(with: $0.bytes) }
    guard let told else {
      if let mark {
        return TextEncoding(name: mark.name, markLength: mark.bytes.count, why: "by its byte-order mark")
      }
      if let wide = wideName(bytes) {
        return TextEncoding(name: wide, markLength: 0, why: "by its zero bytes")
      }
      guard let wide = WideLines.encoding(of: bytes) else {
        return TextEncoding(name: "UTF-8", markLength: 0, why: "")
      }
      return TextEncoding(name: wide, markLength: 0, why: "by its line feeds; it is no UTF-8")
    }
    let upper = told.uppercased()
    var name = aliases[upper] ?? upper
    // Without a mark the order of the bytes has to be found too.
    if name == "UTF-16" || name == "UTF-32" {
      name =
        mark.map { $0.name.hasPrefix(name) ? $0.name : name + "LE" } ?? wideName(bytes)
        ?? WideLines.encoding(of: bytes).flatMap { $0.hasPrefix(name) ? $0 : nil } ?? name + "LE"
    }
    guard Converter.knows(name) else {
      throw FormatError(
        file, "--encoding \(told): not known; iconv -l lists the names, such as latin1, cp1252, utf-16, gbk")
    }
    let length = mark.map { $0.name == name ? $0.bytes.count : 0 } ?? 0
    return TextEncoding(name: name, markLength: length, why: "as told")
  }

  /// Text of few scripts in UTF-16 or UTF-32 has a zero in nearly every second byte, or three of four.
  private static func wideName(_ bytes: UnsafeRawBufferPointer) -> String? {
    let sample = bytes.prefix(4096)
    let units = sample.count / 4
    guard units >= 4 else { return nil }
    var zeros = [0, 0, 0, 0]
    for (index, byte) in sample.prefix(units * 4).enumerated() where byte == 0 { zeros[index % 4] += 1 }
    let often = zeros.map { $0 * 10 >= units * 6 }
    let seldom = zeros.map { $0 * 20 <= units }
    if often[1], often[2], often[3], seldom[0] { return "UTF-32LE" }
    if often[0], often[1], often[2], seldom[3] { return "UTF-32BE" }
    if often[1], often[3], seldom[0], seldom[2] { return "UTF-16LE" }
    if often[0], often[2], seldom[1], seldom[3] { return "UTF-16BE" }
    return nil
  }
}

extension TextEncoding {
  /// Bytes of a file as UTF-8.
  func decoded(_ bytes: UnsafeRawBufferPointer, _ file: String) throws(FormatError) -> [UInt8] {
    guard let text = Self.converted(bytes, from: name, to: "UTF-8") else {
      throw FormatError(file, "a record means nothing in \(name)")
    }
    return text
  }

  /// - Throws: `FormatError` where the encoding has no character for what stands there.
  func encoded(_ text: [UInt8], _ file: String) throws(FormatError) -> [UInt8] {
    guard let bytes = text.withUnsafeBytes({ Self.converted($0, from: "UTF-8", to: name) }) else {
      throw FormatError(file, "a cell cannot be written in \(name)")
    }
    return bytes
  }

  /// Nil where not all of it can be converted.
  private static func converted(_ bytes: UnsafeRawBufferPointer, from: String, to: String) -> [UInt8]? {
    var target = [UInt8](repeating: 0, count: bytes.count * 4 + 16)
    let result = target.withUnsafeMutableBytes { Converter(from: from, to: to)?.convert(bytes, into: $0) }
    guard let result, result.read == bytes.count else { return nil }
    return Array(target[..<result.written])
  }
}

/// A conversion by iconv(3), which the C library brings.
final class Converter {
  private let handle: iconv_t

  /// Nil where iconv does not know one of the names.
  init?(from: String, to: String) {
    guard let handle = iconv_open(to, from), Int(bitPattern: handle) != -1 else { return nil }
    self.handle = handle
  }
  deinit { iconv_close(handle) }

  static func knows(_ name: String) -> Bool { Converter(from: name, to: "UTF-8") != nil }

  /// Converts what it can of `source` into `target`.
  /// - Returns: how many bytes were read and written, and whether it stopped at bytes that mean nothing.
  func convert(_ source: UnsafeRawBufferPointer, into target: UnsafeMutableRawBufferPointer) -> (
    read: Int, written: Int, isIllFormed: Bool
  ) {
    guard let from = source.baseAddress, let to = target.baseAddress else { return (0, 0, false) }
    var input: UnsafeMutablePointer<CChar>? = UnsafeMutablePointer(
      mutating: from.assumingMemoryBound(to: CChar.self))
    var output: UnsafeMutablePointer<CChar>? = to.assumingMemoryBound(to: CChar.self)
    var left = source.count
    var room = target.count
    let result = iconv(handle, &input, &left, &output, &room)
    let isIllFormed = result == -1 && errno == EILSEQ
    return (source.count - left, target.count - room, isIllFormed)
  }
}
