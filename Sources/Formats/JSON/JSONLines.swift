import Glibc

/// The lines of a JSON Lines file that are not blank; LF or CRLF, the last one with or without an end.
package struct JSONLines {
  package struct Line {
    /// From 1.
    package let number: Int
    /// The record's bytes in the file, its line end and blank lines after it included.
    package let bytes: Range<Int>
    /// Without the line end.
    package let content: Range<Int>
  }

  private let bytes: UnsafeRawBufferPointer
  private var position: Int
  private var number = 1

  package init(bytes: UnsafeRawBufferPointer, start: Int = 0) {
    self.bytes = bytes
    position = start
    skipBlank()
  }

  package mutating func next() -> Line? {
    guard position < bytes.count else { return nil }
    let start = position
    let line = number
    let end = endOfLine(from: start)
    position = min(end + 1, bytes.count)
    number += 1
    skipBlank()
    return Line(number: line, bytes: start..<position, content: start..<end)
  }

  /// The lines that were passed, blank ones included.
  var linesRead: Int { number - 1 }

  private func endOfLine(from start: Int) -> Int {
    guard let base = bytes.baseAddress,
      let found = memchr(base + start, Int32(UInt8(ascii: "\n")), bytes.count - start)
    else { return bytes.count }
    return found - UnsafeMutableRawPointer(mutating: base)
  }

  private mutating func skipBlank() {
    // Hardly a line begins with a space, and what does not is not blank.
    while position < bytes.count, bytes[position] <= 0x20 {
      let end = endOfLine(from: position)
      guard bytes[position..<end].allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) else { return }
      position = min(end + 1, bytes.count)
      number += 1
    }
  }
}
