import Model

/// Writes records of a CSV, TSV or JSONL file again with some of their cells changed, all other bytes as they are.
package struct RecordEditor {
  package let columns: [String]
  package private(set) var id: String?
  package private(set) var label: String?
  package private(set) var text: String?
  package private(set) var source: String?
  package private(set) var time: String?
  private let format: RecordFile.Format
  private let name: String

  /// - Throws: `FormatError` where the columns cannot be told.
  package init(_ records: RecordFile, name: String, options: DatasetOptions) throws(FormatError) {
    let scan = try RecordScan(path: records.path, name: name, format: records.format)
    let roles = try ColumnRoles(columns: scan.columns, options: options, file: name)
    self.init(columns: scan.columns, format: records.format, name: name)
    func column(_ index: Int?) -> String? { index.map { scan.columns[$0] } }
    (id, label, text) = (column(roles.id), column(roles.label), column(roles.text))
    (source, time) = (column(roles.source), column(roles.time))
  }

  /// An editor of records with these columns, whatever they stand for.
  package init(columns: [String], format: RecordFile.Format, name: String) {
    self.columns = columns
    self.format = format
    self.name = name
  }

  /// `record` with new cells.
  /// - Parameter cells: by column; columns that the file does not have are passed over.
  package func edited(_ record: UnsafeRawBufferPointer, _ cells: [String: String]) throws(FormatError)
    -> [UInt8]
  {
    record.applying(format == .jsonl ? try members(record, cells) : try fields(record, cells))
  }

  /// The cell of a column as it stands in `record`; nil where it has none.
  package func cell(_ column: String, in record: UnsafeRawBufferPointer) -> String? {
    if format == .jsonl {
      let value = try? JSONParser.parse(record, in: 0..<record.count)[column]
      return value.flatMap(\.cell).map { String(decoding: $0, as: UTF8.self) }
    }
    var reader = CSVReader(record: record, delimiter: RecordScan.delimiter(format))
    var fields = CSVReader.Record()
    guard (try? reader.next(&fields)) == true, let place = columns.firstIndex(of: column),
      place < fields.count
    else { return nil }
    return fields.string(place)
  }

  private func fields(_ record: UnsafeRawBufferPointer, _ cells: [String: String]) throws(FormatError)
    -> [ByteEdit]
  {
    var reader = CSVReader(record: record, delimiter: RecordScan.delimiter(format))
    var fields = CSVReader.Record()
    guard (try? reader.next(&fields)) == true, fields.count == columns.count else {
      throw FormatError(name, "a record can no longer be read")
    }
    return columns.indices.compactMap { index in
      cells[columns[index]].map { text in
        let place = fields.place(index)
        let wasQuoted = !place.isEmpty && record[place.lowerBound] == UInt8(ascii: "\"")
        return ByteEdit(place, field(text, isQuoted: wasQuoted))
      }
    }
  }

  private func field(_ text: String, isQuoted: Bool) -> [UInt8] {
    let quote = UInt8(ascii: "\"")
    let delimiter = RecordScan.delimiter(format)
    let needsQuotes =
      text.utf8.contains { $0 == quote || $0 == delimiter || $0 == 10 || $0 == 13 }
      // A line of one empty cell would be a blank line.
      || (text.isEmpty && columns.count == 1)
    guard isQuoted || needsQuotes else { return Array(text.utf8) }
    return [quote] + text.utf8.flatMap { $0 == quote ? [quote, quote] : [$0] } + [quote]
  }

  /// A member that the object lacks is put at its end.
  private func members(_ record: UnsafeRawBufferPointer, _ cells: [String: String]) throws(FormatError)
    -> [ByteEdit]
  {
    var edits: [ByteEdit] = []
    var missing: [UInt8] = []
    do throws(JSONParser.Problem) {
      guard case .object(let members) = try JSONParser.parse(record, in: 0..<record.count),
        let end = record.lastIndex(of: UInt8(ascii: "}"))
      else { throw JSONParser.Problem(byte: 0, message: "a JSON object is expected") }
      for column in columns {
        guard let text = cells[column] else { continue }
        let places = try JSONParser.places(of: column, in: record)
        edits += places.map { ByteEdit($0, JSONText.value(text, like: record[$0.lowerBound])) }
        guard places.isEmpty else { continue }
        let separator = members.isEmpty && missing.isEmpty ? "" : ", "
        missing += Array(separator.utf8) + JSONText.string(column) + Array(": ".utf8)
        missing += JSONText.value(text, like: nil)
      }
      if !missing.isEmpty { edits.append(ByteEdit(end..<end, missing)) }
    } catch {
      throw FormatError(name, at: "byte \(error.byte)", error.message)
    }
    return edits
  }
}

extension RecordFile.Format {
  /// Whether another record may follow these bytes as they are.
  package func endsLine(_ bytes: some BidirectionalCollection<UInt8>) -> Bool {
    switch bytes.last {
    case UInt8(ascii: "\n"), nil: true
    // A lone CR ends a line of a table, and is a space to JSON.
    case UInt8(ascii: "\r"): self != .jsonl
    default: false
    }
  }
}
