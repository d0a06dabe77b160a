/// The objects of a file of JSON one by one, in whichever form they are held.
struct JSONRecords {
  struct Item {
    /// From 1.
    let line: Int
    /// From its beginning to that of the next.
    let bytes: Range<Int>
    /// The value itself.
    let content: Range<Int>
  }

  private let bytes: UnsafeRawBufferPointer
  private let form: JSONForm
  private var lines: JSONLines
  private var cursor: JSONCursor
  private var counted = 0
  private var line = 1
  private var isAtEnd = false

  init(_ bytes: UnsafeRawBufferPointer, layout: JSONLayout) {
    self.bytes = bytes
    form = layout.form
    lines = JSONLines(bytes: bytes, start: layout.start)
    cursor = JSONCursor(bytes, in: layout.start..<bytes.count, allowsNonFinite: true)
    guard form == .array || form == .objects else { return }
    cursor.skipSpaces()
    isAtEnd = cursor.next == nil || (form == .array && cursor.next == UInt8(ascii: "]"))
  }

  /// - Throws: where an object that is not on a line of its own does not end; nothing behind it can be read then.
  mutating func next() throws(JSONCursor.Problem) -> Item? {
    if form == .lines {
      return lines.next().map { Item(line: $0.number, bytes: $0.bytes, content: $0.content) }
    }
    guard !isAtEnd else { return nil }
    let start = cursor.position
    let line = lineNumber(of: start)
    try cursor.skipValue()
    let end = cursor.position
    cursor.skipSpaces()
    if form == .array {
      if cursor.take(UInt8(ascii: ",")) {
        cursor.skipSpaces()
        // A comma behind the last element, as people write it by hand.
        if cursor.next == UInt8(ascii: "]") { isAtEnd = true }
      } else {
        guard cursor.next == UInt8(ascii: "]") else { throw cursor.problem("',' or ']' is expected") }
        isAtEnd = true
      }
    } else if cursor.next == nil {
      isAtEnd = true
    }
    return Item(
      line: line, bytes: start..<(isAtEnd && form == .array ? end : cursor.position), content: start..<end)
  }

  /// Of objects that stand on a line each.
  var linesRead: Int? { form == .lines ? lines.linesRead : nil }

  /// Lines are counted as the places rise.
  mutating func lineNumber(of place: Int) -> Int {
    let place = min(place, bytes.count)
    if place > counted {
      line += bytes[counted..<place].count { $0 == UInt8(ascii: "\n") }
      counted = place
    }
    return line
  }
}
