import Formats
import Foundation
import Model
import Testing

/// The first rows of a file tell how it is read; what they do not show is found all the same.
@Suite struct OnePassTests {
  private let fixture: ReadingFixture

  init() throws { fixture = try ReadingFixture() }

  private static func lines(_ count: Int, _ more: [Int: String] = [:]) -> String {
    (0..<count).map { more[$0] ?? #"{"x": \#($0).5, "label": "\#($0 % 2)"}"# }.joined(separator: "\n")
  }

  @Test func aColumnThatOnlyLateRowsHaveIsRead() throws {
    let late = #"{"x": 1, "label": "0", "user": {"age": 7}}"#
    let dataset = try fixture.load("a.jsonl", Self.lines(3000, [2500: late, 2999: late]).utf8)
    #expect(dataset.table.map(\.name) == ["x", "user.age"] && dataset.count == 3000)
    guard case .numbers(let ages) = dataset.table[1].values else {
      Issue.record("no numbers")
      return
    }
    #expect(ages.indices.filter { !ages[$0].isNaN } == [2500, 2999])
  }

  @Test func aLateColumnOfALineThatIsLeftOutCountsAsOne() throws {
    let bad = #"{"x": 1, "z": 2, "label": }"#
    let text = Self.lines(2000, [1999: bad])
    #expect(fixture.problem("a.jsonl", text.utf8).contains("line 2000"))
    let dataset = try fixture.load("a.jsonl", text.utf8) { $0.skipBadLines = true }
    #expect(dataset.count == 1999 && dataset.table.map(\.name) == ["x", "z"])
  }

  @Test func theRoleOfALateColumnIsToldByAnOption() throws {
    let late = (1500..<2000).map { ($0, #"{"x": 1, "kind": "k\#($0 % 3)"}"#) }
    let text = Self.lines(2000, Dictionary(uniqueKeysWithValues: late))
    let dataset = try fixture.load("a.jsonl", text.utf8) { $0.labelColumn = "kind" }
    #expect(dataset.classes == ["k0", "k1", "k2"] && dataset.labels[0] == -1)
    #expect(
      fixture.problem("a.jsonl", text.utf8) { $0.labelColumn = "none" }.contains("has no column 'none'"))
  }

  /// A column of numbers as far as the first rows show.
  @Test func aColumnThatTurnsIntoNamesIsReadAsNames() throws {
    let text =
      "x,y,label\n" + (0..<3000).map { "\($0 < 1200 ? "\($0)" : "w\($0 % 5)"),\($0),l\($0 % 2)\n" }.joined()
    let dataset = try fixture.load("a.csv", text.utf8)
    guard case .categories(let names) = dataset.table[0].values else {
      Issue.record("no names")
      return
    }
    #expect(names.name(at: 0) == "0" && names.name(at: 1203) == "w3" && names.names.count == 1205)
    guard case .numbers = dataset.table[1].values else {
      Issue.record("no numbers")
      return
    }
  }

  /// The ids of samples without any are those that a look at each of them gives.
  @Test(arguments: ["a.csv", "b.jsonl", "c.csv"]) func idsAreThoseOfTheContent(name: String) throws {
    let text =
      switch name {
      case "a.csv": "x,\"y\",label\n" + (0..<50).map { "\($0 % 20),\"q\"\"\($0 % 4)\",l\($0 % 2)\n" }.joined()
      case "b.jsonl": Self.lines(50)
      default: "text,label\n" + (0..<50).map { "some words of text \($0 % 30),l\($0 % 2)\n" }.joined()
      }
    let dataset = try fixture.load(name, text.utf8)
    let labels = dataset.labelNames
    for row in dataset.ids.indices {
      let first = dataset.ids[row].prefix(16)
      let same = dataset.ids.indices.filter { dataset.ids[$0].hasPrefix(first) }
      // Rows of the same content and label have the same digest, and each an id of its own.
      for other in same where labels[other] == labels[row] {
        #expect(dataset.payloads.contentDigest(at: other) == dataset.payloads.contentDigest(at: row))
      }
    }
    #expect(Set(dataset.ids).count == 50)
  }

  /// Numbers of every form are what the C library reads; of some a table of powers makes them.
  @Test func numbersAreTheNearestDoubles() {
    var draws = Draws(seed: 3)
    for _ in 0..<20_000 {
      let digits = String(draws.next()).prefix(1 + draws.number(below: 19))
      let point = draws.number(below: digits.count)
      let plain = point == 0 ? String(digits) : digits.prefix(point) + "." + digits.dropFirst(point)
      let exponent = draws.number(below: 3) == 0 ? "e\(draws.number(below: 90) - 45)" : ""
      let text = (draws.number(below: 4) == 0 ? "-" : "") + plain + exponent
      #expect(CellValue.number(text.utf8)?.bitPattern == strtod(text, nil).bitPattern, "\(text)")
    }
    let halfWay = ["9007199254740993", "9007199254740995", "90071992547409925e-1", "4503599627370496.5"]
    for text in halfWay { #expect(CellValue.number(text.utf8) == strtod(text, nil), "\(text)") }
  }

  /// Short cells of characters that numbers are written with, all of them up to three: the number that the standard library
  /// reads, or none, whatever stands beside the cell in memory.
  @Test func fewCharactersAreANumberOrNone() {
    let characters = Array("0190.+-e5 ".utf8)
    var draws = Draws(seed: 8)
    var cells: [[UInt8]] = [[]]
    for length in 0..<3 {
      cells += cells.filter { $0.count == length }.flatMap { cell in characters.map { cell + [$0] } }
    }
    for _ in 0..<10_000 {
      let characters = draws.number(below: 2) == 0 ? characters : Array("0123456789.".utf8)
      let length = 3 + draws.number(below: 9)
      cells.append((0..<length).map { _ in characters[draws.number(below: characters.count)] })
    }
    for cell in cells {
      let text = String(decoding: cell, as: UTF8.self)
      let value = Double(text.trimmingCharacters(in: [" "]))
      let expected = value?.isFinite == true ? value : nil
      let found = (Array("77".utf8) + cell + Array("33".utf8)).withUnsafeBytes { bytes in
        CellValue.number(bytes[2..<2 + cell.count])
      }
      #expect(found?.bitPattern == expected?.bitPattern, "'\(text)'")
    }
  }

  /// Far from the end of a file delimiters are looked for in 64 bytes at once, near it one after the other: the rows of a text
  /// are the same with many bytes behind them.
  @Test func rowsDoNotDependOnWhatStandsBehindThem() {
    var draws = Draws(seed: 9)
    let pieces = [
      "a", "bcd", ",", ",", "\n", "\r\n", "\r", " ", "\"x,\n\"", "é", String(repeating: "long ", count: 14),
    ]
    func rows(_ text: String, before end: Int) -> [[[UInt8]]] {
      Array(text.utf8).withUnsafeBytes { bytes in
        var reader = CSVReader(bytes: bytes, delimiter: UInt8(ascii: ","))
        var record = Record()
        var rows: [[[UInt8]]] = []
        while (try? reader.next(&record)) == true, record.bytes.lowerBound < end {
          rows.append((0..<record.count).map { Array(record.field($0)) })
        }
        return rows
      }
    }
    for _ in 0..<3000 {
      let text =
        (0..<1 + draws.number(below: 30)).map { _ in pieces[draws.number(below: pieces.count)] }.joined()
        + "\n"
      let more = text + String(repeating: "e,n,d\n", count: 20)
      #expect(
        rows(text, before: text.utf8.count) == rows(more, before: text.utf8.count), "\(text.debugDescription)"
      )
    }
  }

  /// Large files are read in parts; what comes out does not depend on how many.
  @Test(arguments: ["plain", "quoted", "lines", "late", "bad", "numbers"]) func partsAreReadAsTheWholeIs(
    kind: String
  ) throws {
    let count = 40_000
    func row(_ row: Int) -> String {
      switch kind {
      case "quoted":
        // Every cell has line ends and quotes in it, so that parts begin within cells.
        return "\(row),\"a \"\"\(row)\"\"\n\n\"\"x\"\",1,2\n \(row % 13)\",\(row).25,l\(row % 3)\n\n"
      case "lines": return #"{"x": \#(row).25, "k": "n\#(row * 7 % 1000)", "label": "l\#(row % 3)"}"# + "\n\n"
      case "late":
        return #"{"x": \#(row).25, "label": "l\#(row % 3)"\#(row == 39_000 ? #", "z": 1"# : "")}"# + "\n"
      case "bad":
        return row == 30_000 ? "1,2\n" : "\(row),some words of row \(row) here,\(row).25,l\(row % 3)\n"
      case "numbers":
        // Among the numbers stand others, which are told by their lines.
        return "\(row),n\(row % 50),\(row % 4001 == 7 ? "none" : "\(row).125"),l\(row % 3)\n"
      default: return "\(row),name \(row * 7 % 1000) of many,\(row).25,l\(row % 3)\n"
      }
    }
    let isTable = kind != "lines" && kind != "late"
    let name = isTable ? "a.csv" : "a.jsonl"
    let text = (isTable ? "id,k,x,label\n" : "") + (0..<count).map(row).joined()
    let padding = isTable ? "" : String(repeating: " ", count: 10) + "\n"
    try fixture.write(name, (text + padding).utf8)
    func read(_ threads: Int) -> Result<Dataset, FormatError> {
      var options = DatasetOptions()
      options.threads = threads
      let path = fixture.path(name)
      do throws(FormatError) {
        return .success(try DatasetLoader.load(path, options: options, progress: { _ in }))
      } catch {
        return .failure(error)
      }
    }
    switch (read(1), read(3)) {
    case (.failure(let one), .failure(let three)): #expect(kind == "bad" && one == three)
    case (.success(let one), .success(let three)):
      #expect(kind != "bad" && one.count == count && three.count == count)
      #expect(one.ids.elementsEqual(three.ids) && one.labels == three.labels && one.classes == three.classes)
      #expect(one.notes == three.notes && one.reading == three.reading)
      #expect(
        one.records?.offsets == three.records?.offsets
          && one.texts.map(Array.init) == three.texts.map(Array.init))
      for (own, other) in zip(one.table, three.table) {
        switch (own.values, other.values) {
        case (.numbers(let own), .numbers(let other)):
          #expect(own.map { $0.isNaN ? 1 : $0.bitPattern } == other.map { $0.isNaN ? 1 : $0.bitPattern })
        case (.categories(let own), .categories(let other)):
          #expect(own.codes == other.codes && own.names == other.names)
        default: Issue.record("\(own.name) is of another kind")
        }
      }
    default: Issue.record("only one of them is read")
    }
  }
}
