import Model
import Values

/// What is judged of the rows of a chunk, with columns of numbers taken whole: to make a value of each would take longer than
/// all else.
struct JudgedRows: Sendable {
  private let judged: JudgedContent
  private let chunk: ChunkRows
  /// By the judged columns; nil of those that are read value by value.
  private let numbers: [ColumnNumbers?]

  init(_ judged: JudgedContent, of chunk: ChunkRows) {
    self.judged = judged
    self.chunk = chunk
    numbers = judged.columns.map { chunk.plain($0)?.numbers() }
  }

  func append(_ row: Int, to content: ColumnBuilder<UInt8>) throws(FormatError) {
    if judged.text != nil {
      var record = Record()
      try chunk.read(row, into: &record)
      return judged.append(record, to: content)
    }
    for (position, column) in judged.columns.enumerated() {
      if let numbers = numbers[position] {
        append(numbers, row - chunk.rows.lowerBound, position, to: content)
      } else {
        try chunk.cell(column, at: row).bytes.withUnsafeBytes {
          judged.append($0, ofColumn: position, to: content)
        }
      }
    }
  }

  private func append(_ numbers: ColumnNumbers, _ row: Int, _ position: Int, to content: ColumnBuilder<UInt8>)
  {
    var text = ""
    if numbers.validity?[row] ?? true {
      text =
        switch numbers.values {
        case .doubles(let values): ColumnarCell.text(values[row])
        case .floats(let values): ColumnarCell.text(values[row])
        case .wholes(let values): String(values[row])
        }
    }
    text.withUTF8 { judged.append(UnsafeRawBufferPointer($0), ofColumn: position, to: content) }
  }
}
