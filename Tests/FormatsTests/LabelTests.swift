import Formats
import Foundation
import Model
import Testing

/// Labels become the classes that people mean by them.
@Suite struct LabelTests {
  static func table(_ labels: [String]) -> [UInt8] {
    Array(("id,label\n" + labels.enumerated().map { "s\($0),\($1)\n" }.joined()).utf8)
  }

  @Test(
    arguments: [
      (["1", "1.0", "2", "0.0"], ["0", "1", "2"], [1, 1, 2, 0]),
      (["10", "9", "2"], ["2", "9", "10"], [2, 1, 0]),
      (["01", "1", "2"], ["01", "1", "2"], [0, 1, 2]), (["b", "a", "B"], ["B", "a", "b"], [2, 1, 0]),
      (["", "NaN", "None", "null", "N/A", "NA", "?", " ", "x"], ["x"], [-1, -1, -1, -1, -1, -1, -1, -1, 0]),
      (["none", "tech"], ["none", "tech"], [0, 1]), (["-1", "0", "1"], ["0", "1"], [-1, 0, 1]),
      (["-1", "1", "1"], ["-1", "1"], [0, 1, 1]), (["-1", "-2", "3"], ["-2", "-1", "3"], [1, 0, 2]),
      (["-1", "cat", "dog"], ["cat", "dog"], [-1, 0, 1]),
      (["1.0", "unknown", "1", "10", "2e0", "2"], ["1", "2", "10", "unknown"], [0, 3, 0, 2, 1, 1]),
      (["-0", "0", "", "b", "1e1", " 10", "a"], ["0", "10", "a", "b"], [0, 0, -1, 3, 1, 1, 2]),
      (["-1.0", "-1", "1", "0"], ["0", "1"], [-1, -1, 1, 0]),
      (["15e-1", "1.5", "007", "7", "1e300"], ["1.5", "007", "7", "1e300"], [0, 0, 1, 2, 3]),
    ] as [([String], [String], [Int32])])
  func classesOfAColumn(_ labels: [String], _ classes: [String], _ codes: [Int32]) throws {
    let data = try ReadingFixture().load("t.csv", Self.table(labels)) { $0.hasHeader = true }
    #expect(data.classes == classes && Array(data.labels) == codes)
    let missing = codes.count { $0 < 0 }
    #expect(data.reading.labels?.unlabelled == missing)
    #expect(
      data.notes.contains { $0.contains("\(counted(missing, "sample has", "samples have")) no label") }
        == (missing > 0))
  }

  @Test(
    arguments: [
      ([-1, 0, 2], ["0", "2"], [-1, 0, 1]), ([-1, 1, 1], ["-1", "1"], [0, 1, 1]),
      ([5, 70_000, 999_999], ["5", "70000", "999999"], [0, 1, 2]),
    ] as [([Int64], [String], [Int32])])
  func classesOfAnArray(_ labels: [Int64], _ classes: [String], _ codes: [Int32]) throws {
    let fixture = try ReadingFixture()
    try fixture.write("labels.npy", NPY.encode(shape: [labels.count], labels))
    let data = try fixture.load()
    #expect(data.classes == classes && Array(data.labels) == codes)
  }

  @Test func aWordThatIsToldIsNoLabel() throws {
    let fixture = try ReadingFixture()
    let data = try fixture.load("t.csv", Self.table(["a", "todo", "b"])) { $0.missing = ["todo"] }
    #expect(data.classes == ["a", "b"] && Array(data.labels) == [0, -1, 1])
    try fixture.write("labels.npy", NPY.encode(shape: [3], [0, -100, 1] as [Int64]))
    try FileManager.default.removeItem(atPath: fixture.path("t.csv"))
    #expect(throws: FormatError.self) { try fixture.load() }
    #expect(Array(try fixture.load("") { $0.missing = ["-100"] }.labels) == [0, -1, 1])
  }

  @Test func oneHotRowsAreTheirPlaces() throws {
    let fixture = try ReadingFixture()
    try fixture.write("labels.npy", NPY.encode(shape: [3, 3], [0, 1, 0, 1, 0, 0, 0, 0, 1] as [Float]))
    #expect(Array(try fixture.load().labels) == [1, 0, 2])
    try fixture.write("labels.npy", NPY.encode(shape: [2, 3], [0, 1, 1, 1, 0, 0] as [Float]))
    #expect(throws: FormatError.self) { try fixture.load() }
  }

  @Test(arguments: [0, 1, 2, 3] as [UInt64])
  func aContinuousTargetIsToldAndMakesNoClasses(_ seed: UInt64) throws {
    var draws = Draws(seed: seed)
    let rows = (0..<200).map { _ in
      "\(draws.number(below: 9)),\(Double(draws.number(below: 1_000_000)) / 1000)\n"
    }
    let data = try ReadingFixture().load("t.csv", ("x,target\n" + rows.joined()).utf8)
    #expect(data.classes.isEmpty && data.labels.isEmpty && data.table.map(\.name) == ["x"])
    #expect(data.notes.contains { $0.contains("continuous target") })
    // Ratings of which each stands often are classes.
    let ratings = (0..<200).map { "\(draws.number(below: 9)),\(Double($0 % 9) / 2)\n" }
    #expect(try ReadingFixture().load("t.csv", ("x,target\n" + ratings.joined()).utf8).classes.count == 9)
  }

  /// Whatever is measured or counted makes no classes, however it is written; what is numbered does.
  @Test(arguments: LabelNumbers.continuous, [1, 2, 3] as [UInt64])
  func measurementsAreNoClasses(_ numbers: LabelNumbers, _ seed: UInt64) throws {
    let labels = numbers.labels(seed)
    let data = try ReadingFixture().load("t.csv", Self.table(labels.map { "\"\($0)\"" }))
    #expect(data.classes.isEmpty, "\(data.classes.count) classes")
    #expect(data.notes.contains { $0.contains("are a continuous target") })
    #expect(data.reading.files[0].columns[1].role == nil)
  }

  @Test(arguments: LabelNumbers.classes, [1, 2, 3] as [UInt64])
  func numbersOfClassesAreClasses(_ numbers: LabelNumbers, _ seed: UInt64) throws {
    let labels = numbers.labels(seed)
    let data = try ReadingFixture().load("t.csv", Self.table(labels.map { "\"\($0)\"" }))
    #expect(data.classes.count == Set(labels).count)
  }

  @Test(
    arguments: [
      ("{\"classes\": [\"cat\", \"dog\"]}", ["0", "1", "0"], [0, 1, 0]),
      ("{\"classes\": [\"cat\", \"dog\"]}", ["dog", "cat", ""], [1, 0, -1]),
      ("{\"classes\": [\"NA\", \"EU\"]}", ["EU", "NA", "?"], [1, 0, -1]),
      ("{\"classes\": [\"1\", \"0\"]}", ["0", "1", "1"], [1, 0, 0]),
      ("{\"id2label\": {\"1\": \"dog\", \"0\": \"cat\"}}", ["0", "1", "0"], [0, 1, 0]),
    ] as [(String, [String], [Int32])])
  func theDescriptionNamesTheClasses(_ description: String, _ labels: [String], _ codes: [Int32]) throws {
    let fixture = try ReadingFixture()
    try fixture.write("dataset.json", description.utf8)
    try fixture.write("data.csv", Self.table(labels))
    #expect(Array(try fixture.load().labels) == codes)
  }

  @Test func labelsFromOneOnNameTheCure() throws {
    let fixture = try ReadingFixture()
    try fixture.write("dataset.json", #"{"classes": ["a", "b", "c"]}"#.utf8)
    try fixture.write("data.csv", Self.table(["1", "2", "3", "1"]))
    func problem() -> String {
      do {
        _ = try fixture.load()
        return "no error"
      } catch { return "\(error)" }
    }
    let column = problem()
    #expect(column.contains("put a name for 0 before the others"), "\(column)")
    try FileManager.default.removeItem(atPath: fixture.path("data.csv"))
    try fixture.write("labels.npy", NPY.encode(shape: [4], [1, 2, 3, 1] as [Int32]))
    #expect(problem().contains("put a name for 0 before the others"))
    try fixture.write("labels.npy", NPY.encode(shape: [4], [0, 2, 3, 1] as [Int32]))
    #expect(problem().contains("label 3 is not below") && !problem().contains("put a name"))
    try fixture.write("dataset.json", #"{"classes": ["(none)", "a", "b", "c"]}"#.utf8)
    try fixture.write("labels.npy", NPY.encode(shape: [4], [1, 2, 3, 1] as [Int32]))
    #expect(try fixture.load().labelNames == ["a", "b", "c", "a"])
  }

  @Test(
    arguments: [
      ("3.0", ["1", "3"], "3"), ("3e0", ["1", "3"], "3"), ("03", ["1", "3"], nil),
      ("Food", ["food", "tech"], "food"),
      (" food ", ["food"], "food"), ("FOOD", ["food", "Food"], nil), ("Food", ["food", "Food"], "Food"),
      ("e\u{301}", ["\u{e9}"], "\u{e9}"), ("new", ["food"], nil),
    ] as [(String, [String], String?)])
  func theClassThatIsMeantIsFound(_ text: String, _ classes: [String], _ meant: String?) {
    #expect(ClassChoice.meant(text, among: classes) == meant)
  }

  @Test func twoSourcesMustSayTheSame() throws {
    let fixture = try ReadingFixture()
    try fixture.write("data.csv", Self.table(["sport", "food", "sport", "tech"]))
    try fixture.write("labels.npy", NPY.encode(shape: [4], [2, 0, 2, 1] as [Int32]))
    let data = try fixture.load()
    #expect(data.classes == ["food", "tech", "sport"] && Array(data.labels) == [2, 0, 2, 1])
    #expect(data.notes.contains { $0.contains("0 is 'food', 1 is 'tech', 2 is 'sport'") })
    try fixture.write("labels.npy", NPY.encode(shape: [4], [2, 0, 1, 1] as [Int32]))
    #expect(throws: FormatError.self) { try fixture.load() }
    do { _ = try fixture.load() } catch { #expect("\(error)".contains("labels.npy: row 2")) }
  }

  /// Whatever stands beside them, all spellings of a number are one class.
  @Test(arguments: 0..<40)
  func spellingsOfANumberAreOneClass(_ seed: Int) throws {
    var draws = Draws(seed: UInt64(seed))
    let others = [[], ["unknown"], ["", "NaN"], ["x", "Y", "?"]][seed % 4]
    let numbers = (0..<60).map { _ in draws.number(below: 12) }
    let spelled = numbers.map { number in
      draws.choice(
        [
          "\(number)", "\(number).0", "\(number).", "\(number)e0", " \(number)", "+\(number)",
          "\(number)E+00",
        ]
          + (number == 0 ? ["-0", "-0.0"] : []))
    }
    let data = try ReadingFixture().load("t.csv", Self.table(spelled + others)) { $0.hasHeader = true }
    #expect(Array(data.labelNames.prefix(60)) == numbers.map(String.init))
    let names = others.filter { !["", "NaN", "?"].contains($0) }.sorted()
    #expect(data.classes == Set(numbers).sorted().map(String.init) + names)
  }

  @Test func numbersOfTwoSourcesAreComparedByValue() throws {
    let fixture = try ReadingFixture()
    try fixture.write("data.csv", Self.table(["0", "1.0", "2", "0"]))
    try fixture.write("labels.npy", NPY.encode(shape: [4], [0, 1, 2, 0] as [Int32]))
    #expect(try fixture.load().classes == ["0", "1", "2"])
    try fixture.write("labels.npy", NPY.encode(shape: [4], [1, 2, 0, 1] as [Int32]))
    do {
      _ = try fixture.load()
      Issue.record("a permutation was taken")
    } catch { #expect("\(error)".contains("labels.npy: row 0: '1' here and '0'"), "\(error)") }
  }

  @Test func labelsOfTheMetadataAreUsedOrCompared() throws {
    let fixture = try ReadingFixture()
    try fixture.write("features.npy", NPY.encode(shape: [4, 2], [1, 2, 3, 4, 5, 6, 7, 9] as [Float]))
    try fixture.write("metadata.csv", Self.table(["a", "b", "", "a"]))
    let data = try fixture.load()
    #expect(data.labelNames == ["a", "b", "", "a"])
    #expect(data.notes.contains { $0.contains("the labels are those of metadata.csv: column 'label'") })
    try fixture.write("data.csv", Self.table(["a", "b", "b", "a"]))
    let both = try fixture.load()
    #expect(both.labelNames == ["a", "b", "b", "a"])
    #expect(both.notes.contains { $0.contains("agrees with data.csv: column 'label' in the 3 samples") })
    try fixture.write("data.csv", Self.table(["a", "b", "b", "b"]))
    do {
      _ = try fixture.load()
      Issue.record("labels that disagree were taken")
    } catch { #expect("\(error)".contains("metadata.csv: row 3: 'a' here and 'b'"), "\(error)") }
  }

  /// A column of labels under another name is no feature, whether it agrees in every row or in nearly every.
  @Test(arguments: 0..<20)
  func aSecondColumnOfLabelsIsNoFeature(_ seed: Int) throws {
    var draws = Draws(seed: UInt64(seed))
    let name = draws.choice(["target", "label_id", "gold", "true_label", "Class", "y_true"])
    let names = seed % 2 == 0 ? ["0", "1", "2"] : ["sport", "food", "tech"]
    let wrong = draws.number(below: 5)
    let rows = (0..<100).map { row in
      let code = row % 3
      let other = row < wrong ? (code + 1) % 3 : code
      return
        "\(draws.number(below: 50)),\(["sport", "food", "tech"][code]),\(names[other]),\(draws.number(below: 3))\n"
    }
    let fixture = try ReadingFixture()
    let data = try fixture.load("t.csv", ("x,label,\(name),class_size\n" + rows.joined()).utf8)
    #expect(data.table.map(\.name) == ["x", "class_size"])
    #expect(
      data.notes.contains {
        $0.contains("column '\(name)' names the class") && $0.contains("--label \(name)")
      })
    #expect(try fixture.load("t.csv") { $0.labelColumn = name }.classes.count == 3)
  }

  /// Columns that happen to differ in every row, or that follow the label only often, are features.
  @Test(arguments: 0..<20)
  func aColumnThatOnlyFollowsTheLabelIsAFeature(_ seed: Int) throws {
    var draws = Draws(seed: UInt64(seed))
    let isUnique = seed % 2 == 0
    let rows = (0..<40).map { row in
      let label = isUnique ? "n\(row)" : "c\(row % 3)"
      let other =
        isUnique
        ? "\(row * 7 % 41).5" : draws.number(below: 3) == 0 ? "k\(draws.number(below: 3))" : "k\(row % 3)"
      return "\(draws.number(below: 50)),\(label),\(other)\n"
    }
    let data = try ReadingFixture().load("t.csv", ("x,label,target\n" + rows.joined()).utf8)
    #expect(data.table.map(\.name) == ["x", "target"])
  }

  /// Lists are no labels, wherever the first of them stands and however it is written.
  @Test(
    arguments: [
      #"["sport"]"#, "['a', 'b']", "[]", "[1, 2]", "('a',)", "{'a', 'b'}", #"["a", "b, c"]"#, "[None]",
    ],
    [0, 1500])
  func aListIsNoLabel(_ list: String, _ row: Int) throws {
    var labels = (0..<1600).map { "c\($0 % 3)" }
    labels[row] = list
    let fixture = try ReadingFixture()
    let quoted = labels.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }
    let problem = fixture.problem("t.csv", Self.table(quoted))
    #expect(problem.contains("line \(row + 2): the label column 'label' holds lists"), "\(problem)")
  }

  @Test(arguments: ["[1]", #"{"a": 1}"#])
  func aListInALaterObjectIsNoLabel(_ value: String) throws {
    let lines = (0..<1200).map { #"{"text": "w \#($0)", "label": \#($0 == 1100 ? value : "\"a\"")}"# }
    let problem = try ReadingFixture().problem("d.jsonl", lines.joined(separator: "\n").utf8)
    #expect(problem.contains("the label column 'label' holds"), "\(problem)")
  }

  @Test func namesInBracketsAreClasses() throws {
    let labels = ["[UNK]", "(other)", "{x}", "[a b]", "a, b", "(", "[CLS]"]
    let data = try ReadingFixture().load("t.csv", Self.table(labels.map { "\"\($0)\"" }))
    #expect(data.classes.count == labels.count)
  }

  @Test func spellingsOfOneClassArePointedOut() throws {
    let data = try ReadingFixture().load(
      "t.csv", Self.table(["sport", "Sport", "sport ", "food", "food|sport"]))
    #expect(data.classes.count == 5)
    #expect(data.notes.contains { $0.contains("'Sport' and 'sport' and 'sport '") })
    #expect(data.notes.contains { $0.contains("looks like a list of others, such as 'food|sport'") })
  }

  @Test func theRolesAreFoundByNameAndACoordinateIsNoLabel() throws {
    let fixture = try ReadingFixture()
    for name in ["label", "LABELS", "category", "class", "target", "sentiment", "intent", " Label "] {
      let data = try fixture.load("t.csv", "id,text,\(name)\na,some text,u\nb,more text,v\n".utf8)
      #expect(data.labelNames == ["u", "v"], "\(name)")
    }
    let points = try fixture.load("t.csv", "x,y,kind\n1.5,2.5,a\n2.5,3.5,b\n".utf8)
    #expect(points.labels.isEmpty && points.table.map(\.name) == ["x", "y", "kind"])
    #expect(points.notes.contains { $0.contains("taken for a coordinate") })
    #expect(try fixture.load("t.csv") { $0.labelColumn = "kind" }.classes == ["a", "b"])
  }

  /// Only in JSON do names with dots stand for values in a value.
  @Test func aDotInTheHeaderOfATableIsNoPath() throws {
    let data = try ReadingFixture().load("t.csv", "y.net,x,z\n0.1,1,2\n0.2,2,3\n0.4,5,1\n".utf8)
    #expect(data.count == 3 && data.classes.isEmpty)
  }
}
