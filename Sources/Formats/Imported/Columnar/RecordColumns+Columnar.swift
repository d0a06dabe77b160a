import Dispatch
import Model
import Synchronization
import Values

extension RecordColumns {
  /// Takes rows column by column: numbers as they are stored, all else as the cells that they would be in JSON. Every value is
  /// looked at once, those of columns without a role too, so that what is broken is told.
  mutating func append(_ rows: ColumnarRows, _ scan: RecordScan, threads: Int) throws(FormatError) {
    // What a few bytes can claim is held against what a machine can hold first.
    try RowCounts.checkMemory(rows: rows.store.count, file: scan.name)
    for (index, place) in rows.store.chunks.enumerated() {
      let chunk = try rows.store.take(index, threads: threads)
      for column in scan.columns.indices {
        let feature = roles.features.firstIndex(of: column)
        if let feature, appendNumbers(chunk, rows, place, feature) { continue }
        try forEachCell(column, of: chunk, rows, place) { (row, kind, cell) throws(FormatError) in
          try append(cell, kind, column, feature, line: row + 1, scan)
        }
      }
      try appendWholeRows(chunk, rows, index, threads: threads)
    }
    finishRows(rows.store.count)
  }

  /// - Returns: false where the feature's column is none of plain numbers.
  private mutating func appendNumbers(
    _ chunk: any ColumnarChunk, _ rows: ColumnarRows, _ place: ColumnarStore.Chunk, _ feature: Int
  ) -> Bool {
    let column = roles.features[feature]
    let classes = rows.store.parts[place.part].classes
    guard numbers[feature].style == nil, names[feature] == nil, !markers.areTold, column < classes.count,
      !classes[column].areNamed, let found = chunk.numbers(column)
    else { return false }
    let first = place.rows.lowerBound + 1
    switch found.values {
    case .doubles(let values):
      numbers[feature].append(values, found.validity, firstLine: first) { $0 }
    case .floats(let values):
      numbers[feature].append(values, found.validity, firstLine: first, Self.decimal)
    case .wholes(let values):
      // The nearest double, which their decimals would be read as.
      numbers[feature].append(values.map(Double.init), found.validity, firstLine: first) { $0 }
    }
    return true
  }

  /// The double that the shortest decimal of a float reads as: 0.1 and not 0.10000000149.
  private static func decimal(_ value: Float) -> Double {
    guard value.isFinite, value != value.rounded() || abs(value) > 16_777_216 else { return Double(value) }
    return CellValue.number(value.description.utf8) ?? .nan
  }

  /// - Parameter body: takes the row, and the bytes of its cell; nil where it is missing.
  private func forEachCell(
    _ column: Int, of chunk: any ColumnarChunk, _ rows: ColumnarRows, _ place: ColumnarStore.Chunk,
    _ body: (_ row: Int, Record.Kind, UnsafeRawBufferPointer?) throws(FormatError) -> Void
  ) throws(FormatError) {
    let part = rows.store.parts[place.part]
    func take(_ row: Int, _ cell: ColumnarCell) throws(FormatError) {
      try cell.bytes.withUnsafeBufferPointer { (bytes) throws(FormatError) in
        try body(row, cell.kind, cell.kind == .missing ? nil : UnsafeRawBufferPointer(bytes))
      }
    }
    func takeValue(_ row: Int) throws(FormatError) {
      let value = try rows.store.told(place.part) { () throws(ColumnarError) in
        try chunk.value(column, at: row - place.rows.lowerBound)
      }
      try take(row, ColumnarCell(value, part.classes[column]))
    }
    guard column < part.classes.count else {
      let split = ColumnarCell(split: part.split)
      for row in place.rows { try take(row, split) }
      return
    }
    let areTexts = try chunk.forEachText(column) { (row, bytes) throws(FormatError) in
      if let bytes, !UTF8Check.isValid(bytes) {
        try takeValue(place.rows.lowerBound + row)
      } else {
        try body(place.rows.lowerBound + row, bytes == nil ? .missing : .text, bytes)
      }
    }
    if !areTexts { for row in place.rows { try takeValue(row) } }
  }

  private mutating func append(
    _ cell: UnsafeRawBufferPointer?, _ kind: Record.Kind, _ column: Int, _ feature: Int?, line: Int,
    _ scan: RecordScan
  ) throws(FormatError) {
    if let feature {
      let told = cell.flatMap { markers.isTold($0) ? nil : $0 }
      numbers[feature].append(told, line: line)
      names[feature]?.append(told)
      return
    }
    if column == roles.label {
      if kind == .list || cell.map(ListSpelling.isList) ?? false {
        throw scan.labelHolds("lists", String(decoding: cell ?? .empty, as: UTF8.self), column, line: line)
      }
      labels.append(cell)
    }
    if column == roles.id { ids.append(utf8: cell ?? .empty) }
    if column == plainText { texts.append(utf8: cell ?? .empty) }
    if column == roles.source { sources.append(cell) }
    if column == roles.split { splits.append(cell) }
    if column == roles.time { appendTime(cell) }
    if column == roles.embedding { embedding?.append(cell, line: line) }
  }

  /// What takes several cells of a row: texts of several columns, and names by what is judged.
  private mutating func appendWholeRows(
    _ chunk: any ColumnarChunk, _ rows: ColumnarRows, _ index: Int, threads: Int
  ) throws(FormatError) {
    let place = rows.store.chunks[index]
    if roles.textBuilder != nil, plainText == nil {
      var record = Record()
      for row in place.rows {
        try rows.read(row, of: chunk, index, into: &record)
        appendText(record)
      }
    }
    guard areNamed else { return }
    let start = contents.count
    contents.append(repeating: 0, count: place.rows.count)
    nonisolated(unsafe) let digests = contents
    let problem = Mutex<FormatError?>(nil)
    let judged = JudgedRows(judged, of: chunk, rows, index)
    let lanes = max(1, min(threads, place.rows.count / 1024))
    DispatchQueue.concurrentPerform(iterations: lanes) { lane in
      let share = (place.rows.count + lanes - 1) / lanes
      let own = place.rows.dropFirst(lane * share).prefix(share)
      let content = ColumnBuilder<UInt8>()
      do throws(FormatError) {
        for row in own {
          content.truncate(to: 0)
          try judged.append(row, to: content)
          digests[start + row - place.rows.lowerBound] = SHA256.digest(of: content.bytes).prefix
        }
      } catch {
        problem.withLock { $0 = $0 ?? error }
      }
    }
    if let found = problem.withLock({ $0 }) { throw found }
  }
}

extension NumberColumnBuilder {
  /// Values of rows that follow each other.
  fileprivate mutating func append<Value: BinaryFloatingPoint>(
    _ values: [Value], _ validity: [Bool]?, firstLine: Int, _ double: (Value) -> Double
  ) {
    for (place, value) in values.enumerated() {
      if let validity, !validity[place] {
        append(nil, line: firstLine + place)
      } else {
        append(if: value.isFinite ? double(value) : nil, line: firstLine + place)
      }
    }
  }
}
