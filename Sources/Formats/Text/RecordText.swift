import Model

/// The text of a file of records as UTF-8: the mapped file itself, or what was made of a file in another encoding,
/// which knows where each byte came from.
final class RecordText: @unchecked Sendable {
  // Unchecked: nothing is written after it is made.
  /// As it is read: decompressed where it is compressed.
  let file: MappedFile
  let encoding: TextEncoding
  /// UTF-8, without a byte-order mark where the file was converted.
  let bytes: UnsafeRawBufferPointer
  /// Where the text begins in `bytes`: behind a byte-order mark.
  let start: Int
  private let converted: UnsafeMutableRawBufferPointer?
  /// Places that are known in both: rising, for every line and, where characters mean the same anywhere, every few
  /// thousand bytes between.
  private var marks: [(text: Int, file: Int)] = []

  /// - Throws: `FormatError` when the file is empty, or holds bytes that mean nothing in its encoding, by their line.
  init(path: String, name: String, encoding told: String?) throws(FormatError) {
    file = try MappedFile.content(path: path, name: name)
    guard file.bytes.count > 0 else { throw FormatError(name, "file is empty") }
    encoding = try TextEncoding.found(in: file.bytes, told: told, file: name)
    guard !encoding.isUTF8 else {
      bytes = file.bytes
      start = encoding.markLength
      converted = nil
      return
    }
    // No encoding that iconv knows takes more than three bytes of UTF-8 for one of its own.
    let (capacity, overflow) = (file.bytes.count - encoding.markLength).multipliedReportingOverflow(by: 3)
    guard !overflow, capacity <= Self.limit else {
      throw FormatError(
        name, "too large to be read in \(encoding.name); convert it: iconv -f \(encoding.name) -t UTF-8")
    }
    let target = UnsafeMutableRawBufferPointer.allocate(byteCount: max(capacity, 16), alignment: 1)
    converted = target
    start = 0
    var filled = 0
    do throws(FormatError) {
      try Self.convert(file.bytes, encoding, into: target, &filled, &marks, name: name)
    } catch {
      target.deallocate()
      throw error
    }
    bytes = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(target)[..<filled])
  }

  /// UTF-8 that this program has written.
  init(_ file: MappedFile) {
    self.file = file
    encoding = .utf8
    bytes = file.bytes
    start = 0
    converted = nil
  }

  deinit { converted?.deallocate() }

  private static let limit = 24 << 30
  private static let pieceSize = 4096

  private static func convert(
    _ source: UnsafeRawBufferPointer, _ encoding: TextEncoding, into target: UnsafeMutableRawBufferPointer,
    _ filled: inout Int, _ marks: inout [(text: Int, file: Int)], name: String
  ) throws(FormatError) {
    guard let converter = Converter(from: encoding.name, to: "UTF-8") else {
      throw FormatError(name, "\(encoding.name) cannot be converted")
    }
    var position = encoding.markLength
    var line = 1
    while position < source.count {
      // Where characters are shifted into another set, only a line begins as a file does.
      let isLineStart = filled == 0 || target[filled - 1] == UInt8(ascii: "\n")
      if isLineStart || !encoding.isStateful { marks.append((filled, position)) }
      let end = pieceEnd(in: source, from: position, encoding)
      let piece = UnsafeRawBufferPointer(rebasing: source[position..<end])
      let result = converter.convert(piece, into: UnsafeMutableRawBufferPointer(rebasing: target[filled...]))
      guard !result.isIllFormed, result.read > 0 else {
        throw FormatError(
          name, at: "line \(line)", "byte \(position + result.read) means nothing in \(encoding.name)")
      }
      position += result.read
      filled += result.written
      if filled > 0, target[filled - 1] == UInt8(ascii: "\n") { line += 1 }
    }
  }

  /// Behind the next line feed, or some thousand bytes on.
  private static func pieceEnd(
    in source: UnsafeRawBufferPointer, from start: Int, _ encoding: TextEncoding
  ) -> Int {
    let unit = encoding.unitSize
    let limit = min(source.count, start + pieceSize)
    let low = encoding.isBigEndian ? unit - 1 : 0
    var position = start
    while position + unit <= limit {
      if source[position + low] == UInt8(ascii: "\n"),
        (0..<unit).allSatisfy({ $0 == low || source[position + $0] == 0 })
      {
        return position + unit
      }
      position += unit
    }
    return limit
  }

  /// Where byte `offset` of the text lies in the file; `offset` is the beginning of a character or the end.
  func filePlace(of offset: Int) -> Int {
    guard converted != nil else { return offset }
    guard offset < bytes.count else { return file.bytes.count }
    let mark = marks[max(1, marks.partitioningIndex { $0.text > offset }) - 1]
    guard mark.text < offset, let converter = Converter(from: encoding.name, to: "UTF-8") else {
      return mark.file
    }
    // As much of the file as fills the text up to the offset.
    var buffer = [UInt8](repeating: 0, count: offset - mark.text)
    let rest = UnsafeRawBufferPointer(rebasing: file.bytes[mark.file...])
    let read = buffer.withUnsafeMutableBytes { converter.convert(rest, into: $0).read }
    return mark.file + read
  }
}
