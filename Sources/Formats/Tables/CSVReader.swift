/// Records of delimited text, RFC 4180, read in one pass over bytes that lie in memory.
///
/// A field that begins with a quote runs to the closing one, after which only spaces may stand; doubled quotes stand for
/// one; line breaks inside quotes are data. Lines end with LF or CRLF; a lone CR is data, unless the file has no LF at
/// all. Blank lines between records are passed over and belong to the record before them. Fields stay bytes: what is not
/// UTF-8 is the caller's to judge.
package struct CSVReader {
  package struct Problem: Error, Equatable {
    package let line: Int
    package let message: String
  }

  /// More columns than this are a sign of something that is no table.
  package static let columnLimit = 100_000

  package let dialect: Dialect
  private let bytes: UnsafeRawBufferPointer
  private(set) var position: Int
  private(set) var line: Int
  /// What may end a cell without quotes, and what means something in one with quotes.
  private let plainStops: ByteStops
  private let quotedStops: ByteStops

  /// - Parameters:
  ///   - start: where to begin.
  ///   - line: the number of the line that begins there.
  package init(bytes: UnsafeRawBufferPointer, dialect: Dialect, start: Int = 0, line: Int = 1) {
    self.bytes = bytes
    self.dialect = dialect
    position = start
    self.line = line
    plainStops = ByteStops(dialect.delimiter, Self.lf, Self.cr)
    quotedStops = ByteStops(
      dialect.quote ?? Self.lf, Self.lf, dialect.endsLinesWithCR ? Self.cr : nil,
      dialect.escapesWithBackslash ? UInt8(ascii: "\\") : nil)
  }

  /// Reads text of this delimiter, whatever its line ends; a byte-order mark is skipped.
  package init(bytes: UnsafeRawBufferPointer, delimiter: UInt8 = UInt8(ascii: ",")) {
    var dialect = Dialect()
    dialect.delimiter = delimiter
    dialect.endsLinesWithCR = !bytes.contains(Self.lf)
    self.init(bytes: bytes, dialect: dialect, start: bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0)
  }

  private static let lf = UInt8(ascii: "\n")
  private static let cr = UInt8(ascii: "\r")

  /// Reads the next record into `record`; false at the end. After a problem `skipLine` goes on behind the line in which
  /// the record began, so that a stray quote never takes other lines with it.
  package mutating func next(_ record: inout Record) throws(Problem) -> Bool {
    skipBlankLines()
    guard position < bytes.count else { return false }
    let start = position
    record.begin(at: start, line: line)
    record.text = bytes
    while true {
      readPlainFields(into: &record)
      try readField(into: &record)
      guard record.fields.count <= Self.columnLimit else {
        throw Problem(line: record.line, message: "more than \(Self.columnLimit) columns")
      }
      guard position < bytes.count else { break }
      if bytes[position] == dialect.delimiter {
        position += 1
      } else {
        skipLineEnd()
        break
      }
    }
    record.end = position
    skipBlankLines()
    record.bytes = start..<position
    return true
  }

  /// Goes on behind the physical line in which `record` began.
  package mutating func skipLine(of record: Record) {
    position = record.bytes.lowerBound
    line = record.line
    while position < bytes.count, !isLineEnd(at: position) { position += 1 }
    if position < bytes.count { skipLineEnd() }
  }

  private static func field(_ place: Range<Int>) -> Record.Field {
    Record.Field(start: place.lowerBound, end: place.upperBound, place: place, kind: .text)
  }

  /// Reads the cells without quotes from here on that a delimiter ends, as nearly all are.
  @inline(__always)
  private mutating func readPlainFields(into record: inout Record) {
    guard !dialect.skipsInitialSpace, !dialect.endsLinesWithCR else { return }
    let delimiter = dialect.delimiter
    // No byte where there is none.
    let quote = dialect.quote.map(Int.init) ?? -1
    var start = position
    var block = position
    while block + 64 <= bytes.count, record.fields.count + 64 <= Self.columnLimit {
      var stops = plainStops.maskOfTwo(in: bytes, from: block)
      while stops != 0 {
        let stop = block &+ stops.trailingZeroBitCount
        guard bytes[stop] == delimiter, Int(bytes[start]) != quote else {
          position = start
          return
        }
        record.fields.append(Self.field(start..<stop))
        start = stop + 1
        stops &= stops - 1
      }
      block += 64
    }
    position = start
  }

  private mutating func readField(into record: inout Record) throws(Problem) {
    if dialect.skipsInitialSpace {
      while position < bytes.count, bytes[position] == 0x20 { position += 1 }
    }
    if position < bytes.count, let quote = dialect.quote, bytes[position] == quote {
      return try readQuoted(quote, into: &record)
    }
    let start = position
    position = plainEnd(from: start)
    record.fields.append(Self.field(start..<position))
  }

  /// Where the cell without quotes ends that begins at `start`.
  private func plainEnd(from start: Int) -> Int {
    if dialect.endsLinesWithCR { return plainStops.next(in: bytes, from: start, to: bytes.count) }
    let end = plainStops.nextOfTwo(in: bytes, from: start, to: bytes.count)
    // Before an LF, and at the end of the file, a CR belongs to the line end; any other is data.
    let endsLine = end == bytes.count || bytes[end] == Self.lf
    return endsLine && end > start && bytes[end - 1] == Self.cr ? end - 1 : end
  }

  private mutating func readQuoted(_ quote: UInt8, into record: inout Record) throws(Problem) {
    let opened = position
    let openedLine = line
    position += 1
    var start = position
    var field = Record.Field(start: start, kind: .text)
    while true {
      while true {
        position = quotedStops.next(in: bytes, from: position, to: bytes.count)
        guard position < bytes.count, bytes[position] != quote else { break }
        if dialect.escapesWithBackslash, bytes[position] == UInt8(ascii: "\\"), position + 1 < bytes.count {
          move(start..<position, into: &record, &field)
          start = position + 1
          position += 1
        }
        if bytes[position] == Self.lf || (dialect.endsLinesWithCR && bytes[position] == Self.cr) { line += 1 }
        position += 1
      }
      guard position < bytes.count else {
        throw Problem(line: openedLine, message: "a quote opens here and never closes")
      }
      let closing = position
      position += 1
      guard position < bytes.count, bytes[position] == quote else {
        finish(&field, start..<closing, in: &record)
        break
      }
      move(start..<closing + 1, into: &record, &field)
      position += 1
      start = position
    }
    field.place = opened..<position
    while position < bytes.count, bytes[position] == 0x20, dialect.delimiter != 0x20 { position += 1 }
    guard position == bytes.count || bytes[position] == dialect.delimiter || isLineEnd(at: position) else {
      let message =
        openedLine == line
        ? "text follows a closing quote"
        : "a quote opens here and closes on line \(line), where text follows it"
      throw Problem(line: openedLine, message: message)
    }
    record.fields.append(field)
  }

  /// What comes before a doubled or escaped quote goes to the scratch buffer.
  private func move(_ part: Range<Int>, into record: inout Record, _ field: inout Record.Field) {
    if !field.isInScratch {
      field.isInScratch = true
      field.start = record.scratch.count
    }
    record.scratch.append(contentsOf: bytes[part])
  }

  private func finish(_ field: inout Record.Field, _ part: Range<Int>, in record: inout Record) {
    guard field.isInScratch else {
      field.end = part.upperBound
      return
    }
    record.scratch.append(contentsOf: bytes[part])
    field.end = record.scratch.count
  }

  private func isLineEnd(at index: Int) -> Bool {
    let byte = bytes[index]
    if byte == Self.lf { return true }
    guard byte == Self.cr else { return false }
    return dialect.endsLinesWithCR || index + 1 == bytes.count || bytes[index + 1] == Self.lf
  }

  private mutating func skipLineEnd() {
    let isPair =
      bytes[position] == Self.cr && position + 1 < bytes.count && bytes[position + 1] == Self.lf
    position += isPair ? 2 : 1
    line += 1
  }

  private mutating func skipBlankLines() {
    while position < bytes.count, bytes[position] <= Self.cr, isLineEnd(at: position) { skipLineEnd() }
  }
}
