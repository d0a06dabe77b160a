import Formats
import Foundation
import Model
import Testing

/// Columns that a file of records gets: every record has them, all other bytes are those of before.
@Suite struct AddedColumnTests {
  /// A file, and what it is with a source and a time.
  struct Change: Sendable, CustomTestStringConvertible {
    let file: String
    let before: String
    let after: String
    var encoding = String.Encoding.utf8
    var testDescription: String { "\(file) \(before.debugDescription)" }
  }

  static let changes = [
    Change(
      file: "plain.csv", before: "id,label\na,x\nb,y\n",
      after: "id,label,source,ingested_at\na,x,s0,t0\nb,y,s1,t1\n"),
    Change(
      file: "ends.csv", before: "\u{FEFF}\"id\",\"label\" \r\n\"a\",\"x,\"\"\n\" \r\n\r\nb,y",
      after: "\u{FEFF}\"id\",\"label\" ,source,ingested_at\r\n\"a\",\"x,\"\"\n\" ,s0,t0\r\n\r\nb,y,s1,t1"),
    Change(
      file: "trailing.csv", before: "id,label\na,x,\nb,y,,\nc,,\n",
      after: "id,label,source,ingested_at\na,x,s0,t0,\nb,y,s1,t1,,\nc,,s2,t2,\n"),
    Change(
      file: "cr.csv", before: "id,label\ra,x\rb,y\r",
      after: "id,label,source,ingested_at\ra,x,s0,t0\rb,y,s1,t1\r"),
    Change(
      file: "one.csv", before: "label\nx\n\"\"\ny\n",
      after: "label,source,ingested_at\nx,s0,t0\n\"\",s1,t1\ny,s2,t2\n"),
    Change(
      file: "half.csv", before: "id;label;source\na;x;q\nb;y;\n",
      after: "id;label;source;ingested_at\na;x;s0;t0\nb;y;s1;t1\n"),
    Change(
      file: "tabs.tsv", before: "id\tlabel\na\tx\nb\t\n",
      after: "id\tlabel\tsource\tingested_at\na\tx\ts0\tt0\nb\t\ts1\tt1\n"),
    Change(
      file: "wide.csv", before: "\u{FEFF}id,label\r\na,é\r\nb,名\r\n",
      after: "\u{FEFF}id,label,source,ingested_at\r\na,é,s0,t0\r\nb,名,s1,t1\r\n", encoding: .utf16LittleEndian
    ),
    Change(
      file: "lines.jsonl", before: "{\"id\":\"a\",\"label\":1}\n{\"label\":2,\"source\":null}",
      after: "{\"id\":\"a\",\"label\":1, \"source\": \"s0\", \"ingested_at\": \"t0\"}\n"
        + "{\"label\":2,\"source\":\"s1\", \"ingested_at\": \"t1\"}"),
    Change(
      file: "array.json", before: "[\n {\"label\": 1},\n {\"label\": 2}\n]\n",
      after: "[\n {\"label\": 1, \"source\": \"s0\", \"ingested_at\": \"t0\"},\n"
        + " {\"label\": 2, \"source\": \"s1\", \"ingested_at\": \"t1\"}\n]\n"),
  ]

  @Test(arguments: changes) func everyRecordHasThemAndNothingElseDiffers(change: Change) throws {
    let fixture = try ReadingFixture()
    let bytes = [UInt8](try #require(change.before.data(using: change.encoding)))
    try fixture.write(change.file, bytes)
    let stored = try #require(try fixture.stored(change.file))
    let records = stored.places
    var editor = try stored.editor()
    for role in OriginRole.allCases where editor.column(of: role) == nil { try editor.addColumn(of: role) }
    func part(_ place: Range<UInt64>) -> [UInt8] {
      Array(bytes[Int(place.lowerBound)..<Int(place.upperBound)])
    }
    var result = try part(records.headerBytes).withUnsafeBytes { try editor.header($0) }
    for row in 0..<records.count {
      let cells = [
        try #require(editor.column(of: .source)): "s\(row)",
        try #require(editor.column(of: .time)): "t\(row)",
      ]
      result += try part(records.bytes(of: row)).withUnsafeBytes { try editor.edited($0, cells) }
      if row + 1 < records.count {
        result += part(records.bytes(of: row).upperBound..<records.bytes(of: row + 1).lowerBound)
      }
    }
    result += part(records.footerBytes)
    #expect(
      Data(result) == change.after.data(using: change.encoding),
      "\(String(data: Data(result), encoding: change.encoding) ?? "not text")")
  }

  @Test(arguments: [
    ("none.csv", "1.5,x\n2.5,y\n3.5,x\n4.5,y\n", "has no header that could name a column 'source'"),
    (
      "object.jsonl", "{\"label\":1,\"source\":{\"a\":1,\"b\":2}}\n",
      "has a column 'source' that is not the source"
    ),
    ("taken.csv", "source,label\na,x\nb,y\n", "has a column 'source' that is not the source"),
  ]) func whatAReaderWouldNotFindIsRefused(file: String, text: String, reason: String) throws {
    let fixture = try ReadingFixture()
    var options = DatasetOptions()
    if file == "taken.csv" { options.idColumn = "source" }
    if file == "none.csv" { options.hasHeader = false }
    try fixture.write(file, Array(text.utf8))
    var editor = try #require(try fixture.stored(file) { $0 = options }).editor()
    let error = #expect(throws: FormatError.self) { try editor.addColumn(of: .source) }
    #expect(error.map { "\($0)".contains(reason) } == true)
  }
}
