import Model

extension TableScan {
  struct Walk: RecordWalk {
    let table: TableScan
    var reader: CSVReader
    /// Where the next part begins; rows from there on are not of this walk.
    var end = Int.max

    init(table: TableScan, reader: CSVReader) {
      self.table = table
      self.reader = reader
    }

    mutating func next(
      _ record: inout Record, _ bad: inout BadLines, file: String
    ) throws(FormatError) -> Bool {
      reader.position < end && table.next(&reader, &record, &bad)
    }

    var linesRead: Int? { reader.position == end ? reader.line - table.startLine : nil }
  }

  /// The next row that has as many cells as there are columns; lines that have not are bad.
  fileprivate func next(_ reader: inout CSVReader, _ record: inout Record, _ bad: inout BadLines) -> Bool {
    while true {
      do throws(CSVReader.Problem) {
        guard try reader.next(&record) else { return false }
        if record.count == columns.count {
          guard reader.line > record.line + 1, let lines = swallowed?.lines(in: record) else { return true }
          throw CSVReader.Problem(line: lines.opened, message: Self.swallowing(lines))
        }
        // Delimiters at the end of a line give empty cells that no column holds.
        if record.count > columns.count,
          (columns.count..<record.count).allSatisfy({ record.place($0).isEmpty })
        {
          record.fields.removeLast(record.count - columns.count)
          return true
        }
        let wanted = "\(columns.count) fields as in the \(headerStart != nil ? "header" : "first line")"
        bad.append(line: record.line, "expected \(wanted), found \(record.count)")
      } catch {
        bad.append(line: error.line, error.message)
        reader.skipLine(of: record)
      }
    }
  }

  private static func swallowing(_ lines: (opened: Int, closed: Int)) -> String {
    "a quote opens here and closes on line \(lines.closed), and the lines from one to the other are rows of their own; "
      + "--quote none takes quotes for text, --quote '\"' takes all of it for one cell"
  }
}
