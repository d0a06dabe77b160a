import Formats
import Foundation
import Model
import Testing

/// Files in other encodings are read as what was written, and keep the places of their records.
@Suite struct EncodingTests {
  static let rows = (0..<80).map { row in
    [
      "r\(row)", "déjà vu \(row), \"thé\"" + (row % 3 == 0 ? "\nau lait" : ""),
      row % 2 == 0 ? "café" : "cafè",
    ]
  }
  static let text = DialectTests.written([["id", "text", "label"]] + rows, .init())

  struct Encoded: CustomTestStringConvertible {
    let name: String?
    let encoding: String.Encoding
    var mark: [UInt8] = []
    var testDescription: String { "\(name ?? "by looking") \(encoding) \(mark)" }
  }
  static let encodings = [
    Encoded(name: "latin1", encoding: .isoLatin1), Encoded(name: "cp1252", encoding: .windowsCP1252),
    Encoded(name: nil, encoding: .utf16LittleEndian, mark: [0xFF, 0xFE]),
    Encoded(name: nil, encoding: .utf16BigEndian, mark: [0xFE, 0xFF]),
    Encoded(name: nil, encoding: .utf16LittleEndian), Encoded(name: "UTF-16BE", encoding: .utf16BigEndian),
    Encoded(name: nil, encoding: .utf32LittleEndian, mark: [0xFF, 0xFE, 0, 0]),
    Encoded(name: nil, encoding: .utf8, mark: [0xEF, 0xBB, 0xBF]), Encoded(name: "utf-8", encoding: .utf8),
  ]

  static func bytes(_ text: String, _ encoded: Encoded) throws -> [UInt8] {
    encoded.mark + [UInt8](try #require(text.data(using: encoded.encoding)))
  }

  @Test(arguments: encodings)
  func whatIsWrittenIsReadAndKeepsItsPlaces(_ encoded: Encoded) throws {
    let fixture = try ReadingFixture()
    let bytes = try Self.bytes(Self.text, encoded)
    let data = try fixture.load("t.csv", bytes) { $0.encoding = encoded.name }
    #expect(Array(data.ids) == Self.rows.map { $0[0] })
    #expect(data.texts.map(Array.init) == Self.rows.map { $0[1] })
    #expect(data.classes == ["cafè", "café"])
    let records = try #require(try fixture.records("t.csv") { $0.encoding = encoded.name })
    for (row, cells) in Self.rows.enumerated() {
      let range = records.bytes(of: row)
      let record = String(
        data: Data(bytes[Int(range.lowerBound)..<Int(range.upperBound)]), encoding: encoded.encoding)
      #expect(record == DialectTests.written([cells], .init()))
    }
    let all = records.kept([0..<Self.rows.count], of: bytes)
    #expect(all == bytes)
  }

  /// Text of hardly any Latin letters has few zero bytes.
  @Test(
    arguments: [
      String.Encoding.utf16LittleEndian, .utf16BigEndian, .utf32LittleEndian, .utf32BigEndian,
    ], 0..<6)
  func wideTextWithoutAMarkIsFound(_ encoding: String.Encoding, _ seed: Int) throws {
    var draws = Draws(seed: UInt64(seed))
    let letters = Array(["这家餐厅一的菜很好吃服务", "これは日本語のテキスト", "우리는한국어를", "привет"][seed % 4]) + ["😀"]
    let rows = (0..<60).map { row in
      ["\(row)", String((0..<30).map { _ in draws.choice(letters) }), row % 2 == 0 ? "正" : "负"]
    }
    let bytes = [UInt8](
      try #require(DialectTests.written([["号", "text", "label"]] + rows, .init()).data(using: encoding)))
    let data = try ReadingFixture().load("t.csv", bytes)
    #expect(data.texts.map(Array.init) == rows.map { $0[1] })
    #expect(data.labelNames == rows.map { $0[2] })
  }

  /// Names that cannot be decoded would look alike: of samples and classes they are refused, of sources, values
  /// and columns it is said.
  @Test(arguments: ["id", "label", "source", "city"])
  func namesThatCannotBeDecodedAreRefusedOrSaid(_ column: String) throws {
    let names = ["id", "label", "source", "city"]
    let rows = (0..<30).map { row in
      names.map { $0 == column && row == 20 ? "caf\u{e9}" : "\($0)\(row % 3)" }.joined(separator: ",")
    }
    let text = (["id,label,source,city"] + rows).joined(separator: "\n")
    let fixture = try ReadingFixture()
    try fixture.write("t.csv", [UInt8](try #require(text.data(using: .isoLatin1))))
    do {
      let notes = try fixture.load("t.csv").notes
      #expect(["source", "city"].contains(column))
      #expect(notes.contains { $0.contains("column '\(column)' is not UTF-8 on line 22") })
    } catch {
      #expect(
        ["id", "label"].contains(column) && "\(error)".contains("line 22: column '\(column)' is not UTF-8"),
        "\(error)")
    }
    #expect(try fixture.load("t.csv") { $0.encoding = "latin1" }.count == 30)
    let header = "id,label,source,city,caf\u{e9}\na,x,s,c,1\nb,y,s,d,2\n"
    let data = try fixture.load("t.csv", [UInt8](try #require(header.data(using: .isoLatin1))))
    #expect(data.notes.contains { $0.contains("the header is not UTF-8 (line 1)") })
  }

  /// A relabel is written in the file's own encoding, and changes nothing else.
  @Test(arguments: encodings)
  func anEditedRecordStaysInItsEncoding(_ encoded: Encoded) throws {
    let fixture = try ReadingFixture()
    let bytes = try Self.bytes(Self.text, encoded)
    try fixture.write("t.csv", bytes)
    let stored = try #require(try fixture.stored("t.csv") { $0.encoding = encoded.name })
    let editor = try stored.editor()
    let range = stored.places.bytes(of: 3)
    let edited = try bytes[Int(range.lowerBound)..<Int(range.upperBound)].withUnsafeBytes {
      try editor.edited($0, ["label": "thé"])
    }
    var cells = Self.rows[3]
    cells[2] = "thé"
    #expect(String(data: Data(edited), encoding: encoded.encoding) == DialectTests.written([cells], .init()))
  }

  /// How a test writes what Foundation does not: bytes of the one character that is not ASCII.
  struct Script: CustomTestStringConvertible {
    let name: String
    let write: @Sendable (String) -> [UInt8]
    var testDescription: String { name }

    /// - Parameter shifts: what stands before and behind the character.
    static func iconv(_ name: String, _ character: [UInt8], shifts: ([UInt8], [UInt8]) = ([], [])) -> Script {
      Script(name: name) { text in
        text.unicodeScalars.flatMap { scalar -> [UInt8] in
          scalar.isASCII ? [UInt8(scalar.value)] : shifts.0 + character + shifts.1
        }
      }
    }

    static func foundation(_ name: String, _ encoding: String.Encoding) -> Script {
      Script(name: name) { [UInt8]($0.data(using: encoding) ?? Data()) }
    }
  }
  static let scripts = [
    Script.foundation("UTF-16LE", .utf16LittleEndian), .foundation("UTF-16BE", .utf16BigEndian),
    .foundation("UTF-32LE", .utf32LittleEndian), .iconv("GBK", [0xC3, 0xFB]),
    .iconv("SHIFT_JIS", [0x96, 0xBC]),
    .iconv("EUC-JP", [0xCC, 0xBE]),
    .iconv("ISO-2022-JP", [0x4C, 0x3E], shifts: ([0x1B, 0x24, 0x42], [0x1B, 0x28, 0x42])),
  ]

  /// Within a line of text the bytes of the file have to be counted by the characters that stand before them: here all
  /// records stand on one line, which is longer than what is converted at once, and is cut at another character for
  /// each begin.
  @Test(arguments: scripts, 0..<8) func recordsOfOneLineHaveTheirPlaces(_ script: Script, _ begin: Int) throws
  {
    let objects = (0..<300).map { row in
      let text = row == 0 ? String(repeating: "a", count: begin) : String(repeating: "名", count: row % 9)
      return "{\"id\": \"r\(row)\", \"text\": \"\(text)\", \"label\": \"\(row % 2)名\"}"
    }
    let bytes = script.write("[" + objects.joined(separator: ", ") + "]")
    let fixture = try ReadingFixture()
    try fixture.write("one.json", bytes)
    let records = try #require(try fixture.records("one.json") { $0.encoding = script.name })
    let cut = (0..<300).map { row in
      let place = records.bytes(of: row)
      return Array(bytes[Int(place.lowerBound)..<Int(place.upperBound)])
    }
    #expect(cut == objects.map(script.write))
    #expect(records.kept([0..<300], of: bytes) == bytes)
    #expect(
      records.kept([3..<5, 200..<201, 299..<300], of: bytes)
        == script.write("[\(objects[3]), \(objects[4]),\n\(objects[200]),\n\(objects[299])]"))
  }

  @Test func gbkIsReadByItsName() throws {
    // "你好" and "美食".
    let bytes =
      Array("id,label\na,".utf8) + [0xC4, 0xE3, 0xBA, 0xC3, 10] + Array("b,".utf8) + [
        0xC3, 0xC0, 0xCA, 0xB3, 10,
      ]
    let data = try ReadingFixture().load("t.csv", bytes) { $0.encoding = "gbk" }
    #expect(data.labelNames == ["你好", "美食"])
  }

  @Test func labelsThatDoNotDecodeAreRefusedByTheirLine() throws {
    let fixture = try ReadingFixture()
    let bytes = try Self.bytes(Self.text, Self.encodings[0])
    #expect(
      fixture.problem("t.csv", bytes).contains("t.csv: line 2: column 'label' is not UTF-8; give --encoding"))
    // A text is read, with a note.
    let texts = try #require("id,text,label\na,thé,x\nb,tea,y\n".data(using: .isoLatin1))
    let data = try fixture.load("t.csv", texts)
    #expect(data.notes.contains { $0.contains("1 record is not UTF-8 (first on line 2)") })
  }

  @Test func namesThatIconvDoesNotKnowAndBytesThatMeanNothingAreRefused() throws {
    let fixture = try ReadingFixture()
    let unknown = fixture.problem("t.csv", Self.text.utf8) { $0.encoding = "klingon" }
    #expect(unknown.contains("--encoding klingon: not known"))
    let wrong = fixture.problem("t.csv", Array("id,label\na,x\nb,".utf8) + [0xE9, 10]) {
      $0.encoding = "ascii"
    }
    #expect(wrong.contains("line 3: byte 15 means nothing in ASCII"), "\(wrong)")
  }

  /// Labels that only look alike stay two classes, and are pointed out.
  @Test func unicodeFormsStayApart() throws {
    let data = try ReadingFixture().load("t.csv", "id,label\na,cafe\u{301}\nb,caf\u{E9}\nc,tea\n".utf8)
    #expect(Array(data.labels) == [0, 1, 2] && data.classes.count == 3)
    #expect(data.notes.contains { $0.contains("'cafe<301>' and 'café'") })
  }
}
