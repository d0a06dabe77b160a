import Dispatch
import Model

extension RecordRows {
  /// Reads parts of the rows side by side and puts them together.
  /// - Parameter empty: columns without rows.
  /// - Returns: nil where the rows are too few to be worth it, or have to be read one after the other: a cell runs over the
  ///   end of a part, a line is bad, or a row has another column than those that are known.
  func readInParts(
    _ scan: RecordScan, threads: Int, empty: () -> RecordColumns
  ) -> RecordColumns? {
    let walks = parts(min(threads, (bytes.count - start) / RecordColumns.minPartBytes))
    guard walks.count > 1 else { return nil }
    typealias Part = (columns: RecordColumns, walk: Walk, isWhole: Bool)
    let slots = UnsafeMutableBufferPointer<Part>.allocate(capacity: walks.count)
    _ = slots.initialize(from: walks.map { (empty(), $0, false) })
    defer {
      slots.deinitialize()
      slots.deallocate()
    }
    // Each part is touched by one thread.
    nonisolated(unsafe) let parts = slots
    DispatchQueue.concurrentPerform(iterations: walks.count) { index in
      var bad = BadLines()
      var record = Record()
      do throws(FormatError) {
        while try parts[index].walk.next(&record, &bad, file: scan.name) {
          try parts[index].columns.append(record, scan)
        }
        parts[index].isWhole = bad.count == 0
      } catch {
        parts[index].isWhole = false
      }
    }
    var joined = parts[0].columns
    var lines = 0
    for index in parts.indices {
      guard parts[index].isWhole, let own = parts[index].walk.linesRead else { return nil }
      if index > 0 { joined.append(&parts[index].columns, linesBefore: lines) }
      lines += own
    }
    return joined
  }
}

extension RecordColumns {
  /// Bytes that are worth a thread.
  static let minPartBytes = 1 << 18

  /// Takes the rows of the part behind, which gives its memory up column by column.
  fileprivate mutating func append(_ next: inout RecordColumns, linesBefore lines: Int) {
    Self.append(next.ids, to: &ids)
    labels.append(next.labels)
    Self.append(next.texts, to: &texts)
    sources.append(next.sources)
    splits.append(next.splits)
    times.append(contentsOf: next.times.elements)
    offsets.append(contentsOf: next.offsets.elements)
    digestRows()
    next.digestRows()
    contents.append(contentsOf: next.contents.elements)
    for place in numbers.indices {
      numbers[place].append(next.numbers[place], linesBefore: lines)
      next.numbers[place] = NumberColumnBuilder(style: nil)
      if let others = next.names[place] { names[place]?.append(others) }
    }
    if let others = next.embedding { embedding?.append(others, linesBefore: lines) }
    appendCounts(next, linesBefore: lines)
  }

  private static func append(
    _ strings: consuming StringColumn.Builder, to builder: inout StringColumn.Builder
  ) {
    let strings = strings.finish()
    for row in strings.indices { strings.withUTF8(at: row) { builder.append(utf8: $0) } }
  }
}
