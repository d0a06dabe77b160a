import Formats
import Model

/// One cell of a record is changed: it reads back as it was put in, all other bytes are those of before.
///
/// The first byte chooses format and column; then comes the new cell up to a zero byte, then the record.
func fuzzRecords(_ bytes: UnsafeRawBufferPointer) {
  let input = Array(bytes)
  guard let choice = input.first, let end = input.firstIndex(of: 0), end > 0 else { return }
  let text = String(decoding: input[1..<end], as: UTF8.self)
  let record = Array(input[(end + 1)...])
  switch choice % 3 {
  case 0: changeField(of: record, to: text, UInt8(ascii: ","), Int(choice / 3))
  case 1: changeField(of: record, to: text, UInt8(ascii: "\t"), Int(choice / 3))
  default: changeMember(of: record, to: text, Int(choice / 3))
  }
}

private func dialect(_ delimiter: UInt8) -> Dialect {
  var dialect = Dialect()
  dialect.delimiter = delimiter
  return dialect
}

private func fields(_ record: [UInt8], _ delimiter: UInt8) -> (cells: [[UInt8]], places: [Range<Int>])? {
  record.withUnsafeBytes { bytes in
    var reader = CSVReader(bytes: bytes, dialect: dialect(delimiter))
    var fields = Record()
    guard (try? reader.next(&fields)) == true, fields.bytes == 0..<bytes.count else { return nil }
    let columns = 0..<fields.count
    return (columns.map { Array(fields.field($0)) }, columns.map(fields.place))
  }
}

private func changeField(
  of record: [UInt8], to text: String, _ delimiter: UInt8, _ choice: Int
) {
  guard let before = fields(record, delimiter), before.cells.count < 1000 else { return }
  let column = choice % before.cells.count
  let columns = before.cells.indices.map { "c\($0)" }
  let editor = RecordEditor(
    columns: columns, syntax: TableSyntax(dialect(delimiter), columns: columns), name: "fuzz")
  guard let edited = record.withUnsafeBytes({ try? editor.edited($0, ["c\(column)": text]) }) else {
    preconditionFailure("a record that could be read cannot be changed")
  }
  let place = before.places[column]
  precondition(edited.starts(with: record[..<place.lowerBound]))
  precondition(edited.reversed().starts(with: record[place.upperBound...].reversed()))
  var expected = before.cells
  expected[column] = Array(text.utf8)
  precondition(fields(edited, delimiter)?.cells == expected)
}

private func changeMember(of record: [UInt8], to text: String, _ choice: Int) {
  func members(_ record: [UInt8]) -> [JSONValue.Member]? {
    let value = record.withUnsafeBytes { try? JSONParser.parse($0, in: 0..<$0.count) }
    if case .object(let members)? = value { return members } else { return nil }
  }
  guard let before = members(record) else { return }
  let names = before.map(\.name) + ["added"]
  let name = names[choice % names.count]
  let editor = RecordEditor(columns: [name], syntax: ObjectSyntax(columns: [name]), name: "fuzz")
  guard let edited = record.withUnsafeBytes({ try? editor.edited($0, [name: text]) }),
    let after = members(edited)
  else { preconditionFailure("a record that could be read cannot be changed") }
  precondition(edited.withUnsafeBytes { editor.cell(name, in: $0) } == text)
  precondition(after.filter { $0.name != name } == before.filter { $0.name != name })
}
