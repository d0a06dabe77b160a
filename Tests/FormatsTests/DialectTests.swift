import Formats
import Foundation
import Model
import Testing

/// Tables in every way of writing are read as what was written, and no row is ever swallowed.
@Suite struct DialectTests {
  struct Form: CustomTestStringConvertible {
    var delimiter: Character = ","
    var lineEnd = "\n"
    var escape = "\""
    var file = "t.csv"
    var testDescription: String {
      "\(file) \(delimiter.debugDescription) \(lineEnd.debugDescription) \(escape)"
    }
  }

  static let forms = [
    Form(), Form(lineEnd: "\r\n"), Form(delimiter: ";"), Form(delimiter: "|", lineEnd: "\r\n"),
    Form(delimiter: "\t", file: "t.tsv"), Form(delimiter: "\t"), Form(delimiter: ";", file: "t.txt"),
    Form(escape: "\\"), Form(lineEnd: "\r"),
  ]

  /// Cells of a table with header id, text, label.
  static func cells(_ draws: inout Draws, _ form: Form) -> [[String]] {
    var pieces = ["plain", "two words", "it's", "12\" disk", "a\"b", "c,d", "e;f", "g|h", "é", "ü漢"]
    if form.lineEnd != "\r" { pieces += ["line\nbreak", "stray\rreturn"] }
    if form.escape == "\\" { pieces.append("back\\slash") }
    return (0..<60).map { row in
      let text = (0..<(1 + draws.number(below: 4))).map { _ in draws.choice(pieces) }.joined(separator: " ")
      return ["r\(row)", text, draws.choice(["yes", "no"])]
    }
  }

  static func written(_ rows: [[String]], _ form: Form) -> String {
    let special: [Character] = [form.delimiter, "\"", "\n", "\r", "\\"]
    return rows.map { row in
      row.map { cell -> String in
        guard cell.unicodeScalars.contains(where: { special.contains(Character($0)) }) else { return cell }
        var content = cell
        if form.escape == "\\" { content = content.replacing("\\", with: "\\\\") }
        return "\"" + content.replacing("\"", with: form.escape + "\"") + "\""
      }.joined(separator: String(form.delimiter)) + form.lineEnd
    }.joined()
  }

  @Test(arguments: forms, [1, 2, 3, 4, 5] as [UInt64])
  func whatIsWrittenIsRead(_ form: Form, _ seed: UInt64) throws {
    var draws = Draws(seed: seed)
    let rows = Self.cells(&draws, form)
    let text = Self.written([["id", "text", "label"]] + rows, form)
    let fixture = try ReadingFixture()
    let data = try fixture.load(form.file, text.utf8)
    #expect(Array(data.ids) == rows.map { $0[0] })
    #expect(data.texts.map(Array.init) == rows.map { $0[1] })
    #expect(data.labelNames == rows.map { $0[2] })
    // What is kept byte for byte is the file.
    let records = try #require(try fixture.records(form.file))
    let pieces = records.kept([0..<rows.count], of: Array(text.utf8))
    #expect(pieces.elementsEqual(text.utf8))
    for row in rows.indices {
      guard case .text(let shown) = try data.payloads.payload(at: row).get() else {
        Issue.record("no text")
        return
      }
      #expect(shown == rows[row][1])
    }
  }

  /// Two cells begin with a quote that is text: the rows between them must not vanish.
  @Test(arguments: 1...20)
  func aStrayQuoteTakesNoOtherRowWithIt(_ seed: Int) throws {
    var draws = Draws(seed: UInt64(seed))
    let first = 2 + draws.number(below: 20)
    let second = first + 1 + draws.number(below: 20)
    func table(_ delimiter: String) -> String {
      "id\(delimiter)text\(delimiter)label\n"
        + (0..<50).map { row in
          let quote = row == first || row == second ? "\"" : ""
          return "r\(row)\(delimiter)\(quote)word \(row)\(delimiter)c\(row % 2)\n"
        }.joined()
    }
    let fixture = try ReadingFixture()
    let problem = fixture.problem("t.csv", table(",").utf8)
    // The header is line 1.
    #expect(
      problem.contains("line \(first + 2)") && problem.contains("lines \(first + 2), \(second + 2)"),
      "\(problem)")
    let skipped = try fixture.load("t.csv") { $0.skipBadLines = true }
    #expect(Array(skipped.ids) == (0..<50).filter { $0 != first && $0 != second }.map { "r\($0)" })
    #expect(skipped.notes.contains { $0.contains("2 bad lines were left out") })
    #expect(skipped.reading.files[0].skippedLines == 2)
    let literal = try fixture.load("t.csv") { $0.quote = "none" }
    #expect(literal.count == 50 && literal.texts?[first] == "\"word \(first)")
    // In a table with tabs a quote is text, as long as not all of it reads with quotes.
    let tabs = try fixture.load("t.tsv", table("\t").utf8)
    #expect(tabs.count == 50 && tabs.texts?[first] == "\"word \(first)")
    #expect(tabs.reading.files[0].quote == "none")
  }

  /// A cell that begins with a quote and a later one of its column that ends with one: what stands between is rows.
  @Test(arguments: 0..<60)
  func twoQuotesHoldNoRowsTogether(_ seed: Int) throws {
    var draws = Draws(seed: UInt64(seed))
    let isTab = seed % 3 == 0
    let delimiter = isTab ? "\t" : [",", ";"][seed % 2]
    let rows = 20 + draws.number(below: 60)
    let first = draws.number(below: rows - 1)
    let second = seed % 5 == 0 ? first + 1 : first + 1 + draws.number(below: rows - first - 1)
    let lineEnd = seed % 4 == 0 ? "\r\n" : "\n"
    // Ids that are numbers, ids of one shape, or none.
    let id = { (row: Int) in ["\(row)\(delimiter)", "r\(row)\(delimiter)", ""][seed % 7 % 3] }
    let text = (0..<rows).map { row -> String in
      let words = (0..<(1 + draws.number(below: 5))).map { _ in
        draws.choice(["disk", "a fast", "of 12", "né"])
      }
      let cell = (row == first ? "\"" : "") + words.joined(separator: " ") + (row == second ? " 12\"" : "")
      return id(row) + cell + delimiter + draws.choice(["yes", "no"]) + lineEnd
    }.joined()
    let header = (id(0).isEmpty ? "" : "id\(delimiter)") + "text\(delimiter)label" + lineEnd
    let fixture = try ReadingFixture()
    let name = isTab ? "t.tsv" : "t.csv"
    try fixture.write(name, (header + text).utf8)
    if isTab {
      #expect(try fixture.load(name).count == rows)
    } else {
      let problem = fixture.problem(name, (header + text).utf8)
      #expect(
        problem.contains("line \(first + 2)") && problem.contains("line \(second + 2)")
          && problem.contains("--quote"), "\(problem)")
      #expect(try fixture.load(name) { $0.skipBadLines = true }.count == rows - 1)
    }
    #expect(try fixture.load(name) { $0.quote = "none" }.count == rows)
    #expect(try fixture.load(name) { $0.quote = "\"" }.count == rows - (second - first))
  }

  /// Prose of several lines, with delimiters in it, is one cell; so is a table that a text quotes.
  @Test(arguments: 0..<20)
  func aTextOfSeveralLinesIsOneCell(_ seed: Int) throws {
    var draws = Draws(seed: UInt64(seed))
    let delimiter = seed % 2 == 0 ? "," : "\t"
    let pieces = ["Dear all", "thanks", "see you, soon", "one, two, three", "3, 4, 5", "a\tb", "x,y,z", ""]
    let rows = (0..<40).map { row in
      let lines = (0..<(1 + draws.number(below: 4))).map { _ in draws.choice(pieces) }
      return
        "r\(row)\(delimiter)\"first line\n\(lines.joined(separator: "\n"))\nlast\"\(delimiter)c\(row % 2)\n"
    }
    let plain = (40..<60).map { "r\($0)\(delimiter)plain words\(delimiter)c\($0 % 2)\n" }
    let text = "id\(delimiter)text\(delimiter)label\n" + (rows + plain).joined()
    #expect(try ReadingFixture().load(seed % 2 == 0 ? "t.csv" : "t.tsv", text.utf8).count == 60)
  }

  @Test func allBadLinesAreListedAndTheFirstTwentyByNumber() throws {
    let rows = (0..<60).map { $0 % 2 == 0 ? "r\($0),a\n" : "r\($0),a,b,c\n" }.joined()
    let problem = try ReadingFixture().problem("t.csv", ("id,text,label\n" + rows).utf8)
    #expect(
      problem.hasPrefix("t.csv: line 2: expected 3 fields as in the header, found 2; 60 bad lines in all"))
    #expect(problem.contains("19, 20, 21, …") && problem.contains("--skip-bad-lines"))
  }

  @Test func everyReasonOfBadLinesIsSaid() throws {
    let rows = (0..<30).map { row in
      switch row {
      case 3, 9, 12: "r\(row),a,b,c\n"
      case 5: "r\(row),\"a\"b,c\n"
      default: "r\(row),words \(row),c\n"
      }
    }
    let data = try ReadingFixture().load("t.csv", ("id,text,label\n" + rows.joined()).utf8) {
      $0.skipBadLines = true
    }
    let note = try #require(data.notes.first { $0.contains("bad lines were left out") })
    #expect(note.contains("3 as line 5: expected 3 fields as in the header, found 4"), "\(note)")
    #expect(note.contains("1 as line 7: text follows a closing quote"), "\(note)")
  }

  @Test(arguments: [(":", "':'"), ("^", "'^'"), ("~", "'~'"), ("\u{1}", "$'\\x01'"), (" ", "'space'")])
  func anotherDelimiterIsHintedAt(_ delimiter: String, _ shown: String) throws {
    let rows = (0..<20).map { "r\($0)\(delimiter)\($0 * $0)\(delimiter)c\($0 % 2)\n" }
    let text = (["id", "x", "label"].joined(separator: delimiter) + "\n" + rows.joined()).utf8
    let fixture = try ReadingFixture()
    let notes = (try? fixture.load("t.csv", text).notes) ?? [fixture.problem("t.csv", text)]
    #expect(notes.contains { $0.contains("has 3 cells") && $0.contains("--delimiter \(shown)") }, "\(notes)")
    let told = try fixture.load("t.csv") { $0.delimiter = delimiter }
    #expect(told.labelNames.prefix(2) == ["c0", "c1"])
  }

  @Test func singleQuotesAreHintedAt() throws {
    let rows = (0..<20).map { "r\($0),'word \($0)','c\($0 % 2)'\n" }
    let fixture = try ReadingFixture()
    let data = try fixture.load("t.csv", ("id,text,label\n" + rows.joined()).utf8)
    #expect(data.notes.contains { $0.contains("--quote \"'\"") })
    #expect(try fixture.load("t.csv") { $0.quote = "'" }.classes == ["c0", "c1"])
  }

  @Test func skippedLinesStandInNoExport() throws {
    let fixture = try ReadingFixture()
    let text = "id,text,label\nbad\na,one,x\nb,two\nc,three,y\n"
    try fixture.write("t.csv", text.utf8)
    let records = try #require(try fixture.records("t.csv") { $0.skipBadLines = true })
    let bytes = Array(text.utf8)
    let kept = records.kept([0..<2], of: bytes)
    #expect(String(decoding: kept, as: UTF8.self) == "id,text,label\na,one,x\nc,three,y\n")
  }

  @Test(arguments: [
    ("sep=;\nid;label\na;x\nb;y\n", ["a", "b"], ["x", "y"]),
    ("# made 2026-01-01\n# by hand\nid,label\na,x\nb,y\n", ["a", "b"], ["x", "y"]),
    ("#id,label\na,x\nb,y\n", [], ["x", "y"]),
    ("id, text, label\na, one, x\nb, two, y\n", ["a", "b"], ["x", "y"]),
    ("id,label,\na,x,\nb,y,\n", ["a", "b"], ["x", "y"]),
    ("id,text,label\na,u,x,,\nb,v,y,\n", ["a", "b"], ["x", "y"]),
    (" id , label \na,x\nb,y\n", ["a", "b"], ["x", "y"]),
  ])
  func whatStandsAroundATableIsNoPartOfIt(_ text: String, _ ids: [String], _ labels: [String]) throws {
    let data = try ReadingFixture().load("t.csv", text.utf8)
    if !ids.isEmpty { #expect(Array(data.ids) == ids) }
    #expect(data.labelNames == labels)
  }

  @Test(arguments: [
    ("5.1,3.5,setosa\n4.9,3.0,virginica\n6.2,2.9,setosa\n6.0,2.7,virginica\n5.9,3.0,setosa\n", false),
    ("width,height,kind\n4.9,3.0,a\n6.2,2.9,b\n", true),
    (",0,1\n0,some words here,5\n1,other words there,6\n", true),
    ("1990,1991,1992\n1,2,3\n4,5,6\n", false), ("x1,x2,x3\n1,2,3\n4,5,6\n", true),
  ])
  func aHeaderIsToldFromARow(_ text: String, _ hasHeader: Bool) throws {
    let fixture = try ReadingFixture()
    let data = try fixture.load("t.csv", text.utf8)
    #expect(data.reading.files[0].hasHeader == hasHeader)
    let told = try fixture.load("t.csv") { $0.hasHeader = !hasHeader }
    #expect(told.count == data.count + (hasHeader ? 1 : -1))
  }

  @Test(arguments: [
    (["1,000", "2,500", "999"], [1000, 2500, 999] as [Double]), (["0,5", "1,25", "-3"], [0.5, 1.25, -3]),
    (["1.234,5", "0,5", "7"], [1234.5, 0.5, 7]), (["12%", "5.5%", "0%"], [12, 5.5, 0]),
    (["$1,200.50", "$3", "-$7"], [1200.5, 3, -7]), (["5 €", "6 €", "7,5 €"], [5, 6, 7.5]),
    (["1.5", "2", "-0.25"], [1.5, 2, -0.25]),
  ])
  func numbersAreReadAsPeopleWriteThem(_ cells: [String], _ expected: [Double]) throws {
    let text = "x\tlabel\n" + (0..<4).flatMap { _ in cells.map { "\($0)\ta\n" } }.joined()
    let data = try ReadingFixture().load("t.tsv", text.utf8)
    guard case .numbers(let numbers) = data.table[0].values else {
      Issue.record("no numbers")
      return
    }
    #expect(Array(numbers.prefix(3)) == expected)
  }

  @Test func anUnnamedRunningNumberIsAnIndex() throws {
    let fixture = try ReadingFixture()
    let rows = (0..<20).map { "\($0),\($0 * $0 % 7),\($0 % 2)\n" }.joined()
    for name in ["", "Unnamed: 0"] {
      let data = try fixture.load("t.csv", ("\(name),x,label\n" + rows).utf8)
      #expect(data.table.map(\.name) == ["x"])
      #expect(data.reading.files[0].columns[0].role == "index")
    }
    #expect(try fixture.load("t.csv", ("age,x,label\n" + rows).utf8).table.map(\.name) == ["age", "x"])
  }

  /// An index that was cut, stepped, joined, shuffled or named is one still; under a name it is a feature.
  @Test(arguments: 0..<30)
  func anIndexIsOneWhereverItBegins(_ seed: Int) throws {
    var draws = Draws(seed: UInt64(seed))
    let start = draws.choice([0, 1, 5000, -40])
    let step = draws.choice([1, 7, -3])
    var index = (0..<60).map { "\(start + $0 * step)" }
    switch seed % 4 {
    case 0: index = (0..<60).map { "\(start + $0 % 25 * step)" }
    case 1: for place in index.indices { index.swapAt(place, draws.number(below: 60)) }
    case 2: index = index.map { "[\($0),]" }.map { "\"\($0)\"" }
    default: break
    }
    let rows = index.map { "\($0),\(draws.number(below: 9)).5,\(draws.choice(["u", "v"]))\n" }.joined()
    let fixture = try ReadingFixture()
    for name in ["", "Unnamed: 0"] {
      let data = try fixture.load("t.csv", ("\(name),x,label\n" + rows).utf8)
      #expect(data.table.map(\.name) == ["x"] && data.features == nil)
      #expect(data.reading.files[0].columns[0].role == "index")
    }
    if seed % 4 != 2 {
      #expect(try fixture.load("t.csv", ("age,x,label\n" + rows).utf8).table.map(\.name) == ["age", "x"])
    }
  }

  @Test(arguments: [
    " label ", "\u{a0}label\u{a0}", "\u{200b}label", "\tlabel\u{3000}", "\u{feff}label\u{200d}",
  ])
  func namesInTheHeaderAreTrimmed(_ name: String) throws {
    let data = try ReadingFixture().load("t.csv", "id,x,\(name)\na,1,u\nb,2,v\n".utf8)
    #expect(data.labelNames == ["u", "v"] && data.reading.files[0].columns[2].name == "label")
  }
}
