/// A row of a table: cells between delimiters, in quotes where they need them.
package struct TableSyntax: RecordSyntax {
  private let dialect: Dialect
  private let columns: [String]
  package let needsHeader = true

  package init(_ dialect: Dialect, columns: [String]) {
    self.dialect = dialect
    self.columns = columns
  }

  package func parsed(_ bytes: UnsafeRawBufferPointer) -> (record: Record, columns: [String])? {
    var record = Record()
    var reader = CSVReader(bytes: bytes, dialect: dialect)
    guard (try? reader.next(&record)) == true, record.count >= columns.count else { return nil }
    return (record, columns)
  }

  package func edits(
    _ bytes: UnsafeRawBufferPointer, _ cells: [String: String], adding added: [String], file: String
  ) throws(FormatError) -> [ByteEdit]? {
    guard let (record, _) = parsed(bytes) else { return nil }
    var edits: [ByteEdit] = []
    for (index, column) in columns.enumerated() {
      guard let text = cells[column] else { continue }
      try check(text, file)
      let place = record.place(index)
      let wasQuoted = !place.isEmpty && bytes[place.lowerBound] == dialect.quote
      // A line of one empty cell would be a blank line.
      let isBlank = text.isEmpty && columns.count == 1
      edits.append(ByteEdit(place, dialect.written(text.utf8, isQuoted: wasQuoted || isBlank)))
    }
    guard let last = columns.indices.last, !added.isEmpty else { return edits }
    var end = record.place(last).upperBound
    // Spaces behind a closing quote belong to no cell, and must not come behind a new one.
    while end < bytes.count, bytes[end] == 0x20, dialect.delimiter != 0x20 { end += 1 }
    var new: [UInt8] = []
    for column in added {
      let text = cells[column] ?? ""
      try check(text, file)
      new += [dialect.delimiter] + dialect.written(text.utf8)
    }
    return edits + [ByteEdit(end..<end, new)]
  }

  private func check(_ text: String, _ file: String) throws(FormatError) {
    guard dialect.canHold(text.utf8) else {
      throw FormatError(file, "'\(text)' cannot be written without quotes")
    }
  }

  package func isPart(_ column: String, of added: String) -> Bool { false }
}
