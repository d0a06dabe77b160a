import Foundation
import Formats
import Model
import TestSupport
import Testing

/// Columns of Arrow are read as they lie; what comes out is what the same rows give as JSON Lines.
@Suite struct ColumnarTests {
  private let fixture: ReadingFixture

  init() throws { fixture = try ReadingFixture() }

  private struct Row {
    var id: String
    var double: Double?
    var float: Float?
    var whole: Int64?
    var flag: Bool?
    var name: String?
    var label: Int64
  }

  private static let classes = ["cat", "dog", "emu"]

  private static func rows(_ count: Int) -> [Row] {
    var draws = Draws(seed: 7)
    let odd: [Double] = [
      0.1, -0, 1e-300, .leastNonzeroMagnitude, 123_456_789.123_456_78, .nan, .infinity, -.infinity, 1e22,
    ]
    return (0..<count).map { row in
      let double = Double(Int64(bitPattern: draws.next())) / 1e19
      return Row(
        id: "s\(row)", double: row % 7 == 3 ? nil : row % 11 == 5 ? draws.choice(odd) : double,
        float: row % 13 == 1 ? nil : row % 5 == 0 ? 0.1 : Float(double) * 1e6,
        whole: row % 9 == 2 ? nil : row % 4 == 0 ? 9_007_199_254_740_993 : Int64(row) - 50,
        flag: row % 8 == 0 ? nil : row % 3 == 0,
        name: row % 10 == 4 ? nil : draws.choice(["a \"quoted\" one", "é\n", "plain", "\\", "\u{1}"]),
        // One number that stands for no class.
        label: row == 20 ? 7 : Int64(draws.number(below: 3)))
    }
  }

  private static func string(_ text: String) -> String {
    let list = String(decoding: (try? JSONEncoder().encode([text])) ?? Data(), as: UTF8.self)
    return String(list.dropFirst().dropLast())
  }

  private static func number(_ value: Double?, _ text: (Double) -> String) -> String {
    guard let value else { return "null" }
    guard value.isFinite else {
      return value.isNaN ? "\"NaN\"" : value < 0 ? "\"-Infinity\"" : "\"Infinity\""
    }
    return text(value)
  }

  private static func lines(_ rows: [Row], withIDs: Bool) -> String {
    rows.map { row in
      let members = [
        withIDs ? "\"id\":\(string(row.id))" : nil, "\"x\":" + number(row.double) { $0.description },
        "\"y\":" + (row.float.map(\.description) ?? "null"),
        "\"n\":" + (row.whole.map(\.description) ?? "null"),
        "\"flag\":" + (row.flag.map(\.description) ?? "null"), "\"name\":" + (row.name.map(string) ?? "null"),
        "\"label\":" + (classes.indices.contains(Int(row.label)) ? string(classes[Int(row.label)]) : "null"),
      ]
      return "{" + members.compactMap { $0 }.joined(separator: ",") + "}\n"
    }.joined()
  }

  private static func bits(_ values: [Bool]) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: (values.count + 7) / 8)
    for (place, value) in values.enumerated() where value { bytes[place / 8] |= 1 << UInt8(place % 8) }
    return bytes
  }

  private static func stream(_ rows: [Row], withIDs: Bool) -> [UInt8] {
    let names = classes.map { "\"\($0)\"" }.joined(separator: ",")
    let metadata = #"{"info":{"features":{"label":{"names":[\#(names)],"_type":"ClassLabel"}}}}"#
    func real(_ name: String, _ precision: UInt64) -> ArrowStream.Field {
      .init(name, 3, [.init(slot: 0, size: 2, value: precision)])
    }
    var stream = ArrowStream(
      (withIDs ? [.utf8("id")] : []) + [
        real("x", 2), real("y", 1), .int64("n"), .init("flag", 6), .utf8("name"), .int64("label"),
      ], metadata: [("huggingface", metadata)])
    for batch in [rows.prefix(300), rows.dropFirst(300)].map(Array.init) {
      var nodes: [(Int64, Int64)] = []
      var buffers: [[UInt8]] = []
      func column(_ isThere: [Bool], _ data: [UInt8]...) {
        nodes.append((Int64(batch.count), Int64(isThere.count { !$0 })))
        buffers += [bits(isThere)] + data
      }
      func texts(_ texts: [String?]) {
        let strings = ArrowStream.strings(texts.map { Array(($0 ?? "").utf8) })
        column(texts.map { $0 != nil }, strings.ends, strings.bytes)
      }
      if withIDs { texts(batch.map(\.id)) }
      column(
        batch.map { $0.double != nil }, batch.flatMap { ArrowStream.little(($0.double ?? 3).bitPattern) })
      column(batch.map { $0.float != nil }, batch.flatMap { ArrowStream.little(($0.float ?? 3).bitPattern) })
      column(batch.map { $0.whole != nil }, batch.flatMap { ArrowStream.little($0.whole ?? 3) })
      column(batch.map { $0.flag != nil }, bits(batch.map { $0.flag ?? true }))
      texts(batch.map(\.name))
      column(batch.map { _ in true }, batch.flatMap { ArrowStream.little($0.label) })
      stream.append(rows: Int64(batch.count), nodes: nodes, buffers: buffers)
    }
    return stream.bytes
  }

  @Test(arguments: [true, false]) func columnsAreReadAsTheSameRowsOfJSONLinesAre(withIDs: Bool) throws {
    // Rows of the same content get ids by their records.
    let rows = Self.rows(900) + Self.rows(900).prefix(withIDs ? 0 : 30)
    let lines = try fixture.load("data.jsonl", Self.lines(rows, withIDs: withIDs).utf8)
    let columns = try fixture.load("data.arrow", Self.stream(rows, withIDs: withIDs)) { $0.threads = 2 }
    #expect(columns.ids.elementsEqual(lines.ids))
    #expect(columns.labelNames == lines.labelNames && columns.classes == Self.classes)
    #expect(columns.labels[20] == -1)
    #expect(columns.table.map(\.name) == ["x", "y", "n", "flag", "name"])
    for (own, other) in zip(columns.table, lines.table) {
      switch (own.values, other.values) {
      case (.numbers(let own), .numbers(let other)):
        #expect(own.map { $0.isNaN ? 1 : $0.bitPattern } == other.map { $0.isNaN ? 1 : $0.bitPattern })
      case (.categories(let own), .categories(let other)):
        #expect(own.codes == other.codes && own.names == other.names)
      default: Issue.record("\(own.name) is of another kind")
      }
    }
    func told(_ notes: [String]) -> [String] { notes.map { String($0.drop { $0 != ":" }) } }
    #expect(told(columns.notes) == told(lines.notes) && !lines.notes.isEmpty)
    #expect(columns.reading.files[0].columns == lines.reading.files[0].columns)
    for row in rows.indices {
      #expect(columns.payloads.payload(at: row) == lines.payloads.payload(at: row))
      let digest = lines.payloads.contentDigest(at: row)
      #expect(columns.payloads.contentDigest(at: row) == digest)
    }
    // A case keeps what it takes to open them without reading.
    let index = try #require(columns.records?.index)
    let later = try DatasetLoader.openPayloads(
      fixture.path("data.arrow"), options: DatasetOptions(), recordOffsets: nil, index: index,
      labelName: { columns.labelNames[$0] })
    for row in [0, 299, 300, rows.count - 1] {
      #expect(later.payload(at: row) == lines.payloads.payload(at: row))
      #expect(later.contentDigest(at: row) == lines.payloads.contentDigest(at: row))
    }
    guard case .failure = later.payload(at: rows.count) else {
      Issue.record("a row behind the last")
      return
    }
  }

  /// Structures, lists and maps are the columns that the same rows of nested JSON have.
  @Test func nestedColumnsAreReadAsTheSameRowsOfJSONLinesAre() throws {
    let lines = try fixture.load("nested.jsonl", NestedArrow.lines.utf8)
    let columns = try fixture.load("nested.arrow", NestedArrow.stream.bytes) { $0.threads = 2 }
    #expect(columns.ids.elementsEqual(lines.ids) && columns.labelNames == lines.labelNames)
    let (texts, expected) = try (#require(columns.texts), #require(lines.texts))
    #expect(texts.elementsEqual(expected) && texts[2].contains("2"))
    #expect(columns.reading.files[0].columns == lines.reading.files[0].columns)
    let (matrix, other) = try (#require(columns.features), #require(lines.features))
    for row in 0..<NestedArrow.count {
      #expect(matrix.row(row).map(\.bitPattern) == other.row(row).map(\.bitPattern))
      #expect(columns.payloads.payload(at: row) == lines.payloads.payload(at: row))
      #expect(columns.payloads.contentDigest(at: row) == lines.payloads.contentDigest(at: row))
    }
    #expect(columns.notes.count == lines.notes.count && matrix.row(3).allSatisfy(\.isNaN))
  }

  /// Words that were told stand for empty cells, in columns of numbers too.
  @Test func wordsForMissingCellsCountInColumnsOfNumbers() throws {
    let rows = Self.rows(60)
    let columns = try fixture.load("data.arrow", Self.stream(rows, withIDs: true)) { $0.missing = ["-4"] }
    guard case .numbers(let wholes) = columns.table[2].values else {
      Issue.record("n is no column of numbers")
      return
    }
    #expect(rows[46].whole == -4 && wholes[46].isNaN && wholes[45] == -5)
  }

  @Test func aBrokenColumnIsToldByItsFile() throws {
    var bytes = Self.stream(Self.rows(60), withIDs: true)
    bytes.removeLast(200)
    #expect(fixture.problem("data.arrow", bytes).hasPrefix("data.arrow: "))
  }
}
