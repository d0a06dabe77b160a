import Formats
import Foundation
import Model
import Testing

/// JSON in each form that people keep it in is the same dataset.
@Suite struct JSONFormTests {
  static let objects = (0..<40).map { row in
    #"{"id": \#(1_610_521_604_143_693_812 + row * 7), "text": "word \#(row) \u00e9 \"q\" {[,]}", "meta": {"user": {"name": "u\#(row % 3)"}}, "label": "\#(row % 2 == 0 ? "yes" : "no")", "x": \#(row % 5 == 0 ? "NaN" : "1.50")}"#
  }
  static let columns: String = {
    let values = { (name: String, value: (Int) -> String) in
      "\"\(name)\": {" + (0..<40).map { "\"\($0)\": \(value($0))" }.joined(separator: ",\n ") + "}"
    }
    return "{" + values("id") { "\(1_610_521_604_143_693_812 + $0 * 7)" } + ", "
      + values("text") { #""word \#($0) \u00e9 \"q\" {[,]}""# } + ",\n"
      + values("label") { "\"\($0 % 2 == 0 ? "yes" : "no")\"" } + "}"
  }()

  /// As pandas writes rows by their names, and as a list of names with a list of rows.
  static let index =
    "{" + objects.enumerated().map { "\"\($0)\": \($1)" }.joined(separator: ",\n") + "}"
  static let split: String = {
    let rows = (0..<40).map {
      #"[\#(1_610_521_604_143_693_812 + $0 * 7), "word \#($0) \u00e9 \"q\" {[,]}", "\#($0 % 2 == 0 ? "yes" : "no")"]"#
    }
    return #"{"columns": ["id", "text", "label"], "index": [0, 1], "data": ["# + rows.joined(separator: ",\n")
      + "]}"
  }()

  static let forms: [(file: String, text: String, format: String)] = [
    ("d.jsonl", objects.joined(separator: "\n"), "JSON Lines"),
    ("d.json", objects.joined(separator: "\r\n") + "\r\n", "JSON Lines"),
    ("d.json", "[" + objects.joined(separator: ",") + "]", "JSON array"),
    ("d.jsonl", "[\n" + objects.joined(separator: ",\n") + "\n]\n", "JSON array"),
    ("d.json", "[" + objects.joined(separator: " , ") + ",]", "JSON array"),
    ("d.json", "{\"version\": 1, \"data\": [" + objects.joined(separator: ", ") + "]}", "JSON array"),
    (
      "d.jsonl", objects.map { $0.replacing(", \"", with: ",\n  \"") }.joined(separator: "\n"), "JSON objects"
    ),
    ("d.json", columns, "JSON columns"), ("d.json", index, "JSON rows by name"),
    ("d.json", split, "JSON split"),
  ]

  @Test(arguments: forms.indices)
  func everyFormIsTheSameDataset(_ form: Int) throws {
    let (file, text, format) = Self.forms[form]
    let fixture = try ReadingFixture()
    let data = try fixture.load(file, text.utf8)
    #expect(data.reading.files[0].format == format)
    #expect(Array(data.ids) == (0..<40).map { "\(1_610_521_604_143_693_812 + $0 * 7)" })
    #expect(data.texts.map(Array.init) == (0..<40).map { "word \($0) é \"q\" {[,]}" })
    #expect(data.labelNames == (0..<40).map { $0 % 2 == 0 ? "yes" : "no" })
    #expect(try data.payloads.payload(at: 7).get() == .text("word 7 é \"q\" {[,]}"))
    guard !["JSON columns", "JSON rows by name", "JSON split"].contains(format) else { return }
    #expect(data.table.map(\.name) == ["meta.user.name", "x"])
    // A cut keeps whole objects, and what is written is read.
    let records = try #require(try fixture.records(file))
    let bytes = Array(text.utf8)
    let kept = records.kept([1..<3, 7..<8], of: bytes)
    let cut = try ReadingFixture().load(file, kept)
    #expect(Array(cut.ids) == [1, 2, 7].map { data.ids[$0] })
    let all = records.kept([0..<40], of: bytes)
    #expect(all == bytes)
  }

  /// Rows and columns of one object are told apart however they are called, from names, counts and types.
  @Test(arguments: 0..<40)
  func rowsOfAnObjectAreNotTakenForColumns(_ seed: Int) throws {
    var draws = Draws(seed: UInt64(seed))
    let isCounted = seed % 2 == 0
    let rows = (0..<(3 + draws.number(below: 12))).map { isCounted ? "\($0)" : "doc\($0 * 3)" }
    let columns = seed % 4 < 2 ? ["note", "kind", "size"] : ["text", "label", "x"]
    let cells = rows.map { _ in
      [
        #""some \#(draws.number(below: 99))""#, #""k\#(draws.number(below: 2))""#,
        "\(draws.number(below: 99))",
      ]
    }
    func object(_ members: [(String, String)]) -> String {
      "{" + members.map { "\"\($0)\": \($1)" }.joined(separator: ", ") + "}"
    }
    let byRow = object(zip(rows, cells).map { ($0, object(Array(zip(columns, $1)))) })
    let byColumn = object(
      columns.enumerated().map { column, name in (name, object(zip(rows, cells).map { ($0, $1[column]) })) })
    let fixture = try ReadingFixture()
    let first = try fixture.load("d.json", byRow.utf8) { $0.labelColumn = columns[1] }
    let second = try fixture.load("d.json", byColumn.utf8) { $0.labelColumn = columns[1] }
    #expect(first.reading.files[0].format == "JSON rows by name")
    #expect(second.reading.files[0].format == "JSON columns")
    #expect(first.count == rows.count && first.labelNames == second.labelNames)
    #expect(first.labelNames == cells.map { String($0[1].dropFirst().dropLast()) })
    if !isCounted { #expect(Array(first.ids) == rows) }
  }

  @Test(arguments: [
    (#"{"text": ["a", "b", "c"], "label": ["x", "y"]}"#, "'text' has 3, 'label' has 2"),
    (#"{"train": [{"text": "a"}], "test": [{"text": "b"}]}"#, "several tables (train, test)"),
    (#"{"text": "a", "label": "x"}"#, "one object with the members text, label"),
    (#"{"classes": ["a", "b"], "n": 3}"#, "describes a dataset"),
    (#"{"name": "x", "modality": "audio", "note": "y"}"#, "'audio' is none of image, text"),
    (#"{"columns": ["text", "label"], "data": [["a", "x"], ["b"]]}"#, "1 values for 2 columns"),
  ])
  func anObjectThatIsNoTableIsSaidToBeNone(_ text: String, _ reason: String) throws {
    let problem = try ReadingFixture().problem("d.json", text.utf8)
    #expect(problem.contains(reason), "\(problem)")
  }

  @Test func aListOfObjectsBesideOtherListsIsAColumn() throws {
    let text = #"{"label": ["x", "y"], "meta": [{"a": 1}, {"a": 2}], "x": [1.5, 2.5]}"#
    #expect(try ReadingFixture().load("d.json", text.utf8).labelNames == ["x", "y"])
  }

  @Test func oneColumnIsATable() throws {
    let data = try ReadingFixture().load("d.json", #"{"text": ["some words", "other words"]}"#.utf8)
    #expect(data.texts.map(Array.init) == ["some words", "other words"])
  }

  @Test func missingNumbersAreMissingAndDigitsStayAsTheyAre() throws {
    let lines = [
      #"{"label": 1610521604143693812, "x": NaN}"#, #"{"label": 1610521604143693813, "x": 1.50}"#,
    ]
    let data = try ReadingFixture().load("d.jsonl", lines.joined(separator: "\n").utf8)
    #expect(data.classes == ["1610521604143693812", "1610521604143693813"])
    guard case .numbers(let x) = data.table[0].values else {
      Issue.record("no numbers")
      return
    }
    #expect(x[0].isNaN && x[1] == 1.5)
    let expected = Payload.row([
      Payload.Field(name: "label", value: "1610521604143693813"), Payload.Field(name: "x", value: "1.50"),
    ])
    #expect(try data.payloads.payload(at: 1).get() == expected)
  }

  @Test func textsSideBySideAreRead() throws {
    let lines = (0..<20).map { row in
      #"{"translation": {"en": "a short line \#(row)", "fr": "une ligne courte \#(row)"}, "score": 0.5}"#
    }
    let data = try ReadingFixture().load("d.jsonl", lines.joined(separator: "\n").utf8)
    #expect(data.texts?[3] == "translation.en: a short line 3\ntranslation.fr: une ligne courte 3")
    #expect(data.table.map(\.name) == ["score"])
  }

  /// Rows whose list has a hole or another length have no features; all others keep theirs.
  @Test(arguments: ["[1.5, null, 2]", "[1.5, 2]", "[1, 2, 3, 4]", "[]", "[1.5, NaN, 3]", "\"none\"", "null"])
  func aBrokenListLeavesItsRowWithoutFeatures(_ list: String) throws {
    let lines = (0..<40).map {
      #"{"embedding": \#([7, 20].contains($0) ? list : "[\($0).5, 2, 3]"), "label": "\#($0 % 2)"}"#
    }
    let data = try ReadingFixture().load("d.jsonl", lines.joined(separator: "\n").utf8)
    let features = try #require(data.features)
    #expect(features.row(3) == [3.5, 2, 3] && features.row(7).allSatisfy(\.isNaN))
    #expect(data.notes.contains { $0.contains("2 rows have no list of 3 finite numbers (first on line 8)") })
  }

  /// Lists of numbers that are no embedding hide neither a text nor the columns beside them.
  @Test(arguments: [
    #""bbox": [10, 20, 30.5, 40]"#, #""ner_tags": [0, 1, 0, 2, 0, 0, 0, 1, 0, 0]"#, #""answer_start": [5]"#,
    #""scores": [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]"#,
  ])
  func aListBesideATextIsNoEmbedding(_ list: String) throws {
    let lines = (0..<20).map { #"{"text": "some words \#($0)", \#(list), "label": "\#($0 % 2)"}"# }
    let data = try ReadingFixture().load("d.jsonl", lines.joined(separator: "\n").utf8)
    #expect(data.features == nil && data.texts?.count == 20)
    #expect(data.reading.files[0].columns[1].why.contains("numbers: called \"embedding\""))
  }

  /// Without a text long lists are what there is to learn from; boxes only where nothing stands beside them.
  @Test(arguments: [("pixels", 64, true), ("box", 4, false), ("box", 4, true)])
  func aListWithoutATextIsTheEmbedding(_ name: String, _ length: Int, _ isAlone: Bool) throws {
    let lines = (0..<20).map { row in
      let values = (0..<length).map { "\(row * $0 % 7)" }.joined(separator: ",")
      let others = isAlone && length < 8 ? "" : "\"age\": \(row % 9), "
      return #"{"\#(name)": [\#(values)], \#(others)"label": "\#(row % 2)"}"#
    }
    let data = try ReadingFixture().load("d.jsonl", lines.joined(separator: "\n").utf8)
    #expect(data.features?.columns == (isAlone ? length : nil))
  }

  @Test(arguments: [("text_embedding", 8), ("clip.vector", 8), ("minilm", 32)])
  func aVectorBesideATextIsTheEmbedding(_ name: String, _ length: Int) throws {
    let lines = (0..<20).map { row in
      let values = (0..<length).map { "\(row).\($0 + 1)" }.joined(separator: ",")
      return #"{"text": "some words \#(row)", "\#(name)": [\#(values)], "label": "\#(row % 2)"}"#
    }
    let data = try ReadingFixture().load("d.jsonl", lines.joined(separator: "\n").utf8)
    #expect(data.features?.columns == length && data.texts?.count == 20)
  }

  @Test(arguments: ["[1.5, -2, 3e2]", "\"[1.5 -2  300.0]\""] as [String])
  func listsOfNumbersAreTheEmbedding(_ list: String) throws {
    let lines = (0..<5).map { #"{"id": "\#($0)", "tags": ["a", "b"], "emb": \#(list), "label": \#($0 % 2)}"# }
    let data = try ReadingFixture().load("d.jsonl", lines.joined(separator: "\n").utf8)
    #expect(data.features?.row(3) == [1.5, -2, 300])
    #expect(data.reading.files[0].columns.map(\.role) == ["id", nil, "embedding", "label"])
    #expect(data.table.isEmpty && data.texts == nil)
  }

  @Test(arguments: [
    (
      #"{"messages": [{"role": "user", "content": "hi"}, {"role": "assistant", "content": "yo"}]}"#,
      "user: hi\nassistant: yo"
    ),
    (
      #"{"messages": "[{\"role\": \"user\", \"content\": \"hi\"}, {\"role\": \"bot\", \"content\": \"y\"}]"}"#,
      "user: hi\nbot: y"
    ),
    (#"{"data": {"messages": [{"role": "user", "content": "hi"}]}}"#, "user: hi"),
    (#"{"body": {"model": "m", "messages": [{"role": "user", "content": "hi"}]}}"#, "user: hi"),
    (#"{"input": "a", "output": "b"}"#, "input: a\noutput: b"),
    (
      #"{"id": "5", "title": "T", "context": "some", "question": "why", "answers": {"text": ["so"], "answer_start": [0]}}"#,
      "context: some\nquestion: why\nanswers.text: so"
    ),
    (
      #"{"conversations": [{"from": "human", "value": "a\nb"}, {"from": "gpt", "value": "c"}]}"#,
      "human: a\nb\ngpt: c"
    ),
    (
      #"{"messages": [{"role": "user", "content": [{"type": "text", "text": "see"}, {"type": "image"}]}]}"#,
      "user: see"
    ),
    (#"{"prompt": "p", "completion": "c"}"#, "prompt: p\ncompletion: c"),
    (#"{"output": "o", "instruction": "i", "input": ""}"#, "output: o\ninstruction: i"),
    (#"{"prompt": "p", "chosen": "good", "rejected": "bad"}"#, "prompt: p\nchosen: good\nrejected: bad"),
    (
      #"{"prompt": "p", "chosen": [{"role": "assistant", "content": "x"}], "rejected": "y"}"#,
      "prompt: p\nchosen assistant: x\nrejected: y"
    ),
    (#"{"premise": "a", "hypothesis": "b", "label": 1}"#, "premise: a\nhypothesis: b"),
    (#"{"text": "only me", "title": "no", "body": "nor me"}"#, "only me"),
  ])
  func conversationsAreTextsWithRoles(_ line: String, _ expected: String) throws {
    let fixture = try ReadingFixture()
    let data = try fixture.load("d.jsonl", (line + "\n" + line).utf8)
    #expect(data.modality == .text && data.texts?[1] == expected)
    #expect(try data.payloads.payload(at: 1).get() == .text(expected))
  }

  @Test(arguments: [
    ("{\"a\": 1,}\n{\"a\": 2,}\n", "line 1: a comma stands before '}'"),
    ("{\"label\": \"a\"}\n{\"label\": \"b", "line 2: a string does not end"),
    ("[{\"label\": 1}, 7]", "line 1: a JSON object is expected"),
    ("[{\"label\": 1}\n,\n{\"label\": 2\n]", "line 4: ',' or '}' is expected"),
    ("{\"label\": [1, 2], \"text\": \"a\"}\n", "the label column 'label' holds lists"),
    ("{\"label\": {\"name\": \"a\"}, \"text\": \"a\"}\n", "name one of its values with --label: label.name"),
    ("{\"x\": 01}\n", "line 1: a value is expected"),
  ])
  func whatIsBrokenIsNamedByItsLine(_ text: String, _ expected: String) throws {
    let problem = try ReadingFixture().problem("d.jsonl", text.utf8)
    #expect(problem.contains(expected), "\(problem)")
    #expect(!problem.contains("\n"))
  }
}
