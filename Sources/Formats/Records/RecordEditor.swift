import Model

/// Writes records of a CSV, TSV or JSONL file again with some of their cells changed, all else byte for byte.
package struct RecordEditor {
  package let columns: [String]
  package let id: String?
  package let label: String?
  package let text: String?
  package let source: String?
  package let time: String?
  private let format: RecordFile.Format
  private let name: String

  /// - Throws: `FormatError` where the columns cannot be told.
  package init(_ records: RecordFile, name: String, options: DatasetOptions) throws(FormatError) {
    let scan = try RecordScan(path: records.path, name: name, format: records.format)
    let roles = try ColumnRoles(columns: scan.columns, options: options, file: name)
    let columns = scan.columns
    self.columns = columns
    func column(_ index: Int?) -> String? { index.map { columns[$0] } }
    (id, label, text) = (column(roles.id), column(roles.label), column(roles.text))
    (source, time) = (column(roles.source), column(roles.time))
    format = records.format
    self.name = name
  }

  /// `record` with new cells, and with a line end even if it had none.
  /// - Parameter cells: by column; columns that the file does not have are passed over.
  package func edited(_ record: UnsafeRawBufferPointer, _ cells: [String: String]) throws(FormatError)
    -> [UInt8]
  {
    let ending = record.reversed().prefix { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }.count
    let content = UnsafeRawBufferPointer(rebasing: record[0..<record.count - ending])
    var bytes = Array(content)
    if !cells.isEmpty { bytes = try format == .jsonl ? object(content, cells) : fields(content, cells) }
    return bytes + (ending > 0 ? Array(record.suffix(ending)) : [UInt8(ascii: "\n")])
  }

  /// The cell of a column as it stands in `record`; nil where it has none.
  package func cell(_ column: String, in record: UnsafeRawBufferPointer) -> String? {
    if format == .jsonl {
      let value = try? JSONParser.parse(record, in: 0..<record.count)[column]
      return value.flatMap(\.cell).map { String(decoding: $0, as: UTF8.self) }
    }
    var reader = CSVReader(bytes: record, delimiter: RecordScan.delimiter(format))
    var fields = CSVReader.Record()
    guard (try? reader.next(&fields)) == true, let place = columns.firstIndex(of: column),
      place < fields.count
    else { return nil }
    return fields.string(place)
  }

  private func fields(_ record: UnsafeRawBufferPointer, _ cells: [String: String]) throws(FormatError)
    -> [UInt8]
  {
    var reader = CSVReader(bytes: record, delimiter: RecordScan.delimiter(format))
    var fields = CSVReader.Record()
    guard (try? reader.next(&fields)) == true, fields.count == columns.count else {
      throw FormatError(name, "a record can no longer be read")
    }
    var line: [UInt8] = []
    for (place, column) in columns.enumerated() {
      if place > 0 { line.append(RecordScan.delimiter(format)) }
      line += quoted(cells[column].map { ArraySlice($0.utf8) } ?? fields.field(place))
    }
    return line
  }

  private func quoted(_ field: ArraySlice<UInt8>) -> [UInt8] {
    let quote = UInt8(ascii: "\"")
    let delimiter = RecordScan.delimiter(format)
    guard field.contains(where: { $0 == quote || $0 == delimiter || $0 == 10 || $0 == 13 }) else {
      return Array(field)
    }
    return [quote] + field.flatMap { $0 == quote ? [quote, quote] : [$0] } + [quote]
  }

  private func object(_ record: UnsafeRawBufferPointer, _ cells: [String: String]) throws(FormatError)
    -> [UInt8]
  {
    var changes: [(place: Range<Int>, value: [UInt8])] = []
    do throws(JSONParser.Problem) {
      for column in columns {
        guard let value = cells[column] else { continue }
        for place in try JSONParser.places(of: column, in: record) {
          let isText = record[place.lowerBound] == UInt8(ascii: "\"")
          changes.append((place, isText || Double(value) == nil ? Self.string(value) : Array(value.utf8)))
        }
      }
    } catch {
      throw FormatError(name, at: "byte \(error.byte)", error.message)
    }
    var bytes: [UInt8] = []
    var copied = 0
    for change in changes.sorted(by: { $0.place.lowerBound < $1.place.lowerBound }) {
      bytes += record[copied..<change.place.lowerBound]
      bytes += change.value
      copied = change.place.upperBound
    }
    return bytes + record[copied...]
  }

  private static func string(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = [UInt8(ascii: "\"")]
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
      case 0..<0x20:
        let hex = String(byte, radix: 16)
        bytes += Array(("\\u" + String(repeating: "0", count: 4 - hex.count) + hex).utf8)
      default: bytes.append(byte)
      }
    }
    return bytes + [UInt8(ascii: "\"")]
  }
}
