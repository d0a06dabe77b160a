import Model

/// Writes records of a file again with some of their cells changed, all other bytes as they are.
package struct RecordEditor {
  package let columns: [String]
  package let id: String?
  package let label: String?
  /// Nil also where several columns make the text.
  package let text: String?
  package let source: String?
  package let time: String?
  private let scan: RecordScan
  private let name: String
  private let isJoined: Bool

  /// - Throws: `FormatError` where the columns cannot be told.
  package init(_ records: RecordFile, name: String, options: DatasetOptions) throws(FormatError) {
    scan = try RecordScan(path: records.path, name: name, format: records.format, options: options)
    let roles = try ColumnRoles(scan, options: options)
    let columns = scan.columns
    self.columns = columns
    func column(_ index: Int?) -> String? { index.map { columns[$0] } }
    (id, label) = (column(roles.id), column(roles.label))
    text = roles.text.count == 1 ? columns[roles.text[0]] : nil
    (source, time) = (column(roles.source), column(roles.time))
    self.name = name
    isJoined = records.isJoined
  }

  /// `record` with new cells.
  /// - Parameters:
  ///   - record: bytes of the file, in its encoding.
  ///   - cells: by column; columns that the record does not have are passed over.
  package func edited(_ record: UnsafeRawBufferPointer, _ cells: [String: String]) throws(FormatError)
    -> [UInt8]
  {
    guard !cells.isEmpty else { return Array(record) }
    let encoding = scan.text.encoding
    guard !encoding.isUTF8 else { return try changed(record, cells) }
    let text = try Self.converted(Array(record), from: encoding.name, to: "UTF-8", name)
    let heap = HeapBytes(text)
    let edited = try changed(heap.bytes, cells)
    return try Self.converted(edited, from: "UTF-8", to: encoding.name, name)
  }

  /// A record with what has to stand between it and the next, even if it was the last of the file.
  package func separated(_ record: [UInt8]) -> [UInt8] {
    let separator: String = isJoined ? ",\n" : "\n"
    let encoding = scan.text.encoding
    let bytes =
      encoding.isUTF8
      ? Array(separator.utf8)
      : (try? Self.converted(Array(separator.utf8), from: "UTF-8", to: encoding.name, name)) ?? []
    let endsLine = record.reversed().starts(with: bytes.reversed()) || (encoding.isUTF8 && record.last == 13)
    return endsLine ? record : record + bytes
  }

  private static func converted(
    _ bytes: [UInt8], from: String, to: String, _ name: String
  ) throws(FormatError) -> [UInt8] {
    var target = [UInt8](repeating: 0, count: bytes.count * 4 + 16)
    let result = bytes.withUnsafeBytes { source in
      target.withUnsafeMutableBytes { target in
        Converter(from: from, to: to)?.convert(source, into: target)
      }
    }
    guard let result, result.read == bytes.count else {
      throw FormatError(name, "a new cell cannot be written in \(to)")
    }
    return Array(target[..<result.written])
  }

  private func changed(
    _ record: UnsafeRawBufferPointer, _ cells: [String: String]
  ) throws(FormatError) -> [UInt8] {
    var bytes: [UInt8] = []
    var copied = 0
    for change in try changes(record, cells).sorted(by: { $0.place.lowerBound < $1.place.lowerBound }) {
      bytes += record[copied..<change.place.lowerBound]
      bytes += change.value
      copied = change.place.upperBound
    }
    return bytes + record[copied...]
  }

  /// The cell of a column as it stands in `record`; nil where it has none.
  package func cell(_ column: String, in record: UnsafeRawBufferPointer) -> String? {
    let encoding = scan.text.encoding
    let utf8 = encoding.isUTF8 ? nil : try? Self.converted(Array(record), from: encoding.name, to: "UTF-8", name)
    let heap = utf8.map(HeapBytes.init)
    guard let place = columns.firstIndex(of: column), let record = parsed(heap?.bytes ?? record) else { return nil }
    return record.kind(place) == .missing ? nil : record.string(place)
  }

  private func parsed(_ bytes: UnsafeRawBufferPointer) -> Record? {
    var record = Record()
    switch scan.body {
    case .table(let table):
      var reader = CSVReader(bytes: bytes, dialect: table.dialect)
      guard (try? reader.next(&record)) == true, record.count >= columns.count else { return nil }
    case .objects(let objects):
      guard (try? objects.read(bytes, into: &record)) != nil else { return nil }
    }
    return record
  }

  private func changes(
    _ bytes: UnsafeRawBufferPointer, _ cells: [String: String]
  ) throws(FormatError) -> [(place: Range<Int>, value: [UInt8])] {
    guard let record = parsed(bytes) else { throw FormatError(name, "a record can no longer be read") }
    var changes: [(place: Range<Int>, value: [UInt8])] = []
    for (index, column) in columns.enumerated() {
      guard let text = cells[column] else { continue }
      let place = record.place(index)
      switch scan.body {
      case .table(let table):
        guard table.dialect.canHold(text.utf8) else {
          throw FormatError(name, "'\(text)' cannot be written without quotes")
        }
        let isQuoted = !place.isEmpty && bytes[place.lowerBound] == table.dialect.quote
        changes.append((place, table.dialect.written(text.utf8, isQuoted: isQuoted)))
      case .objects:
        // A member that is not there at all has no place.
        guard !place.isEmpty else { continue }
        let isText = record.kind(index) == .text || CellValue.number(text.utf8) == nil
        changes.append((place, isText ? JSONText.string(text) : Array(text.utf8)))
      }
    }
    return changes
  }
}
