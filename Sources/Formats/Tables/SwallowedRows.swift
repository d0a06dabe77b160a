/// Tells a cell of several lines from rows that two stray quotes hold together: there each line, the quotes taken as
/// text, is a row of its own.
struct SwallowedRows {
  private let forms: [CellForm]
  private let delimiter: UInt8
  private let quote: UInt8
  private static let sampleRows = 200
  /// Of lines whose columns say nothing so many have to be rows.
  private static let minLines = 4

  /// Nil where no cell can hold several lines.
  /// - Parameters:
  ///   - reader: stands at the first row.
  ///   - columns: how many there are.
  init?(_ reader: CSVReader, columns: Int) {
    guard let quote = reader.dialect.quote, columns > 1 else { return nil }
    self.quote = quote
    delimiter = reader.dialect.delimiter
    var reader = reader
    var record = Record()
    var cells = [[[UInt8]]](repeating: [], count: columns)
    for _ in 0..<Self.sampleRows {
      guard (try? reader.next(&record)) == true else { break }
      guard record.count == columns, !Self.hasSeveralLines(record) else { continue }
      for column in 0..<columns {
        cells[column].append(record.withCell(column) { $0.map { Array($0.prefix(128)) } ?? [] })
      }
    }
    forms = cells.map(CellForm.init)
  }

  private static func hasSeveralLines(_ record: Record) -> Bool {
    record.text[record.fields[0].place.lowerBound..<record.end].dropLast(2).contains(10)
  }

  /// Where a cell of the record holds rows: the line in which its quote opens and the one in which it closes.
  func lines(in record: Record) -> (opened: Int, closed: Int)? {
    guard record.count == forms.count else { return nil }
    var line = record.line
    for column in forms.indices {
      let place = record.place(column)
      let breaks = record.text[place].count { $0 == 10 }
      defer { line += breaks }
      guard breaks > 0, record.text[place.lowerBound] == quote, holdsRows(record, column) else { continue }
      return (line, line + breaks)
    }
    return nil
  }

  private func holdsRows(_ record: Record, _ column: Int) -> Bool {
    let place = record.place(column)
    let lines = record.text[place].split(separator: 10)
    guard lines.count > 1 else { return false }
    var rows = 0
    var fitting = 0
    var open = 0
    for (index, line) in lines.enumerated() {
      let (isFirst, isLast) = (index == 0, index == lines.count - 1)
      let cells = Self.withoutCR(line).split(separator: delimiter, omittingEmptySubsequences: false)
      let missing = (isFirst ? column : 0) + (isLast ? forms.count - 1 - column : 0)
      guard cells.count + missing == forms.count else {
        // The lines at the ends have to be rows; of those between most.
        if isFirst || isLast { return false }
        continue
      }
      rows += 1
      switch fit(cells, from: isFirst ? column : 0, but: column) {
      case .yes: fitting += 1
      case .open: open += 1
      case .no: break
      }
    }
    guard 4 * rows >= 3 * lines.count else { return false }
    return fitting > 0 ? 2 * (fitting + open) > lines.count : open == lines.count && open >= Self.minLines
  }

  /// - Parameter own: the column that the quotes stand in, which says nothing.
  private func fit(_ cells: [Slice<UnsafeRawBufferPointer>], from first: Int, but own: Int) -> CellForm.Fit {
    var fit = CellForm.Fit.open
    for (offset, cell) in cells.enumerated() where first + offset != own {
      switch forms[first + offset].fit(cell) {
      case .no: return .no
      case .yes: fit = .yes
      case .open: break
      }
    }
    return fit
  }

  private static func withoutCR(_ line: Slice<UnsafeRawBufferPointer>) -> Slice<UnsafeRawBufferPointer> {
    line.last == 13 ? line.dropLast() : line
  }
}
