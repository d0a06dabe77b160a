import Formats
import Testing

@Suite struct RecordTests {
  static func records(_ text: String, delimiter: UInt8 = UInt8(ascii: ",")) throws -> [[String]] {
    try Array(text.utf8).withUnsafeBytes { bytes in
      var reader = CSVReader(bytes: bytes, delimiter: delimiter)
      var record = Record()
      var rows: [[String]] = []
      while try reader.next(&record) { rows.append((0..<record.count).map(record.string)) }
      return rows
    }
  }

  @Test(arguments: [
    ("a,b\n1,2\n", [["a", "b"], ["1", "2"]]), ("a,b\r\n1,2\r\n", [["a", "b"], ["1", "2"]]),
    ("a\r1\r2", [["a"], ["1"], ["2"]]), ("\u{FEFF}id\n1", [["id"], ["1"]]),
    ("\"x,\"\"y\"\"\nz\",2\n", [["x,\"y\"\nz", "2"]]), ("a,,\n\n\nb,,\n", [["a", "", ""], ["b", "", ""]]),
    ("", []), ("\n\r\n", []), ("a\0b,c\n", [["a\0b", "c"]]),
  ])
  func csvIsReadByRFC4180(_ text: String, _ expected: [[String]]) throws {
    #expect(try Self.records(text) == expected)
  }

  @Test func aQuoteThatNeverClosesIsNamedByTheLineWhereItOpens() {
    #expect(throws: CSVReader.Problem.self) { try Self.records("a\nb\n\"c\nd\n") }
    do {
      _ = try Self.records("a\nb\n\"c\nd\n")
    } catch let problem as CSVReader.Problem {
      #expect(problem.line == 3)
    } catch {
      Issue.record("\(error)")
    }
  }

  @Test func theBytesOfTheRecordsTileTheFile() throws {
    let text = "h1,h2\r\n\"a\nb\",1\n\n\nc,2\r\n\r\nd,3"
    try Array(text.utf8).withUnsafeBytes { bytes in
      var reader = CSVReader(bytes: bytes)
      var record = Record()
      var end = 0
      while try reader.next(&record) {
        #expect(record.bytes.lowerBound == end)
        end = record.bytes.upperBound
      }
      #expect(end == bytes.count)
    }
  }

  @Test(arguments: [
    ("1", 1.0), (" -2.5e3 ", -2500), ("nan", nil), ("inf", nil), ("0x10", nil), ("1e999", nil), ("", nil),
    ("１", nil), ("1,5", nil), ("1 2", nil),
  ])
  func aNumberTakesTheWholeCell(_ cell: String, _ expected: Double?) {
    #expect(CellValue.number(cell.utf8) == expected)
  }

  @Test(arguments: [
    ("1970-01-01", 0), ("2026-03-01T00:00:00Z", 1_772_323_200_000),
    ("2024-02-29 12:30:15.250", 1_709_209_815_250),
    ("2026-03-01T02:00:00+02:00", 1_772_323_200_000), ("1772323200", 1_772_323_200_000),
    ("1772323200000", 1_772_323_200_000), ("2026-02-29", nil), ("2026-13-01", nil), ("yesterday", nil),
    ("", nil),
    ("0000-00-00", nil), ("2026-03-01T00:00:00+99:99", nil), ("12", nil), ("9999999999999", nil),
  ])
  func aTimeIsUnderstoodOrMissing(_ cell: String, _ expected: Int64?) {
    #expect(CellValue.time(cell.utf8) == expected)
  }

  static func json(_ text: String) throws -> JSONValue {
    try Array(text.utf8).withUnsafeBytes { try JSONParser.parse($0, in: 0..<$0.count) }
  }

  @Test func jsonIsReadStrictly() throws {
    #expect(
      try Self.json(" [1, -2.5e1, \"\\u00e9\\ud83d\\ude00\", true, null] ")
        == .array([.number(1), .number(-25), .string("é😀"), .bool(true), .null]))
    #expect(try Self.json("\"\\ud800x\"") == .string("\u{FFFD}x"))
    #expect(try Self.json("{\"a\":1,\"a\":2}")["a"] == .number(2))
  }

  @Test(arguments: [
    "", "{", "[1,]", "01", "+1", "nul", "\"a", "\"\n\"", "1 2", "{\"a\" 1}", "\"\\x\"", "NaN", "[1}",
  ])
  func whatIsNoJSONIsRefused(_ text: String) {
    #expect(throws: JSONParser.Problem.self) { try Self.json(text) }
  }

  @Test func nestingIsBounded() throws {
    let deep = { String(repeating: "[", count: $0) + String(repeating: "]", count: $0) }
    _ = try Self.json(deep(JSONParser.nestingLimit))
    #expect(throws: JSONParser.Problem.self) { try Self.json(deep(JSONParser.nestingLimit + 1)) }
    #expect(throws: JSONParser.Problem.self) { try Self.json(String(repeating: "{\"a\":", count: 100_000)) }
  }
}
