import Dispatch
import Model
import Synchronization
import Values

extension RecordColumns {
  /// Takes rows column by column: numbers and lists of numbers as they are stored, all else as the cells that they would be in
  /// JSON. Every value is looked at once, those of columns without a role too, so that what is broken is told.
  mutating func append(_ rows: ColumnarRows, _ scan: RecordScan, threads: Int) throws(FormatError) {
    // What a few bytes can claim is held against what a machine can hold first.
    try RowCounts.checkMemory(rows: rows.store.count, file: scan.name)
    for index in rows.store.chunks.indices {
      let chunk = try ChunkRows(try rows.store.take(index, threads: threads), rows.store, index)
      for column in scan.columns.indices { try append(column, of: chunk, scan) }
      if roles.textBuilder != nil { try appendTexts(chunk) }
      if areNamed { try appendContents(chunk, threads: threads) }
    }
    finishRows(rows.store.count)
  }

  private mutating func append(
    _ column: Int, of chunk: ChunkRows, _ scan: RecordScan
  ) throws(FormatError) {
    let feature = roles.features.firstIndex(of: column)
    if let feature, appendNumbers(chunk, column, feature) { return }
    if column == roles.embedding, appendLists(chunk, column) { return }
    let others = [roles.label, roles.id, roles.source, roles.split, roles.time, roles.embedding]
    guard feature != nil || others.contains(column) else { return try chunk.check(column) }
    try chunk.forEachCell(column) { (row, kind, cell) throws(FormatError) in
      try append(cell, kind, column, feature, line: row + 1, scan)
    }
  }

  /// - Returns: false where the feature's column is none of plain numbers.
  private mutating func appendNumbers(_ chunk: ChunkRows, _ column: Int, _ feature: Int) -> Bool {
    guard numbers[feature].style == nil, names[feature] == nil, !markers.areTold,
      let found = chunk.plain(column)?.numbers()
    else { return false }
    let first = chunk.rows.lowerBound + 1
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

  /// - Returns: false where the column holds no lists of plain numbers.
  private mutating func appendLists(_ chunk: ChunkRows, _ column: Int) -> Bool {
    guard embedding != nil, let found = chunk.plain(column)?.lists() else { return false }
    found.values.withUnsafeBufferPointer { values in
      for (place, row) in chunk.rows.enumerated() {
        if found.areWhole?[place] ?? true {
          let own = values[found.starts[place]..<found.starts[place + 1]]
          embedding?.append(UnsafeBufferPointer(rebasing: own), line: row + 1)
        } else {
          embedding?.append(nil, line: row + 1)
        }
      }
    }
    return true
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
      if kind == .list || kind == .object || cell.map(ListSpelling.isList) ?? false {
        let held = kind == .object ? "objects" : "lists"
        throw scan.labelHolds(held, String(decoding: cell ?? .empty, as: UTF8.self), column, line: line)
      }
      labels.append(cell)
    }
    if column == roles.id { ids.append(utf8: cell ?? .empty) }
    if column == roles.source { sources.append(cell) }
    if column == roles.split { splits.append(cell) }
    if column == roles.time { appendTime(cell) }
    if column == roles.embedding { embedding?.append(cell, line: line) }
  }

  private mutating func appendTexts(_ chunk: ChunkRows) throws(FormatError) {
    if let plainText, chunk.holdsTexts(plainText) {
      return try chunk.forEachCell(plainText) { (_, _, cell) throws(FormatError) in
        texts.append(utf8: cell ?? .empty)
      }
    }
    var record = Record()
    for row in chunk.rows {
      try chunk.read(row, into: &record, only: roles.text)
      appendText(record)
    }
  }

  private mutating func appendContents(_ chunk: ChunkRows, threads: Int) throws(FormatError) {
    let rows = chunk.rows
    let start = contents.count
    contents.append(repeating: 0, count: rows.count)
    nonisolated(unsafe) let digests = contents
    let problem = Mutex<FormatError?>(nil)
    let judged = JudgedRows(judged, of: chunk)
    let lanes = max(1, min(threads, rows.count / 1024))
    DispatchQueue.concurrentPerform(iterations: lanes) { lane in
      let share = (rows.count + lanes - 1) / lanes
      let own = rows.dropFirst(lane * share).prefix(share)
      var batch = DigestBatch()
      var place = start + own.startIndex - rows.lowerBound
      func takeDigests() {
        batch.takeDigests {
          digests[place] = $0.prefix
          place += 1
        }
      }
      do throws(FormatError) {
        for row in own {
          try judged.append(row, to: batch.bytes)
          batch.end()
          if batch.isFull { takeDigests() }
        }
        takeDigests()
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
