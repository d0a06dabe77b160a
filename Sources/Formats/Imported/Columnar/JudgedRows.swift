import Model
import Values

/// What is judged of the rows of a chunk, with columns of numbers taken whole: to make a value of each would take longer than
/// all else.
struct JudgedRows: Sendable {
  private let judged: JudgedContent
  private let chunk: any ColumnarChunk
  private let rows: ColumnarRows
  private let index: Int
  /// By the judged columns; nil of those that are read value by value.
  private let numbers: [ColumnNumbers?]

  init(_ judged: JudgedContent, of chunk: any ColumnarChunk, _ rows: ColumnarRows, _ index: Int) {
    self.judged = judged
    self.chunk = chunk
    self.rows = rows
    self.index = index
    let classes = rows.store.parts[rows.store.chunks[index].part].classes
    numbers = judged.columns.map { column in
      column < classes.count && !classes[column].areNamed ? chunk.numbers(column) : nil
    }
  }

  func append(_ row: Int, to content: ColumnBuilder<UInt8>) throws(FormatError) {
    if judged.text != nil {
      var record = Record()
      try rows.read(row, of: chunk, index, into: &record)
      return judged.append(record, to: content)
    }
    let place = rows.store.chunks[index]
    let part = rows.store.parts[place.part]
    let own = row - place.rows.lowerBound
    for (position, column) in judged.columns.enumerated() {
      if let numbers = numbers[position] {
        append(numbers, own, position, to: content)
        continue
      }
      let cell: ColumnarCell
      if column < part.classes.count {
        let value = try rows.store.told(place.part) { () throws(ColumnarError) in
          try chunk.value(column, at: own)
        }
        cell = ColumnarCell(value, part.classes[column])
      } else {
        cell = ColumnarCell(split: part.split)
      }
      cell.bytes.withUnsafeBytes { judged.append($0, ofColumn: position, to: content) }
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
