import CaseFiles
import Formats
import Foundation
import Model
import Testing

/// The dataset without its poison and with the labels that reviewers gave: nothing else differs in a byte.
@Suite struct CorrectedExportTests {
  /// A dataset as the loader reads it, and the bytes of its records.
  struct Read {
    let data: Dataset
    let records: [[UInt8]]

    init(_ path: String) throws {
      data = try DatasetLoader.load(path, options: DatasetOptions(), progress: { _ in })
      let file = try #require(data.records)
      let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: file.path)))
      records = (1..<file.offsets.count).map {
        Array(bytes[Int(file.offsets[$0 - 1])..<Int(file.offsets[$0])])
      }
    }

    func label(_ row: Int) -> String? { data.labels[row] < 0 ? nil : data.classes[Int(data.labels[row])] }

    /// The cells of a row that are not its label.
    func others(_ row: Int) -> [String] {
      guard case .success(.row(let fields)) = data.payloads.payload(at: row) else { return [] }
      return fields.filter { $0.name != "label" }.map { "\($0.name)=\($0.value)" }.sorted()
    }
  }

  /// The copy holds the rows that are not poisoned, the relabelled ones with their new label, and else every byte.
  static func check(
    _ fixture: ExportFixture, _ output: String, without poisoned: Set<Int>, _ relabels: [Int: String]
  )
    throws
  {
    let before = try Read(fixture.dataset)
    let after = try Read(fixture.path(output))
    let kept = before.records.indices.filter { !poisoned.contains($0) }
    try #require(after.records.count == kept.count)
    for (place, row) in kept.enumerated() {
      let changed = relabels[row].flatMap { $0 == before.label(row) ? nil : $0 }
      #expect(after.data.ids[place] == before.data.ids[row])
      #expect(after.label(place) == changed ?? before.label(row))
      #expect(after.others(place) == before.others(row))
      if changed == nil { #expect(after.records[place] == before.records[row]) }
    }
  }

  @Test(arguments: CleanExportTests.tables)
  func onlyTheLabelsOfRelabelledRowsDiffer(_ table: CleanExportTests.Table) throws {
    let fixture = try ExportFixture(file: table.name, table.bytes(of: [0, 1, 2, 3]))
    try fixture.decide(.poisoned, [0])
    try fixture.decide(.relabel("0"), [1, 3])
    try fixture.decide(.relabel("1"), [2])
    let sentence = try fixture.export("corrected", to: table.name + ".out")
    try FileManager.default.moveItem(
      atPath: fixture.path(table.name + ".out"), toPath: fixture.path("out-" + table.name))
    #expect(sentence.contains("wrote 3 of 4 samples"))
    #expect(sentence.contains("; 1 poisoned left out; 3 labels corrected; journal j1"))
    // Texts are no rows: their other cells are compared by their bytes below.
    try Self.check(fixture, "out-" + table.name, without: [0], [1: "0", 2: "1", 3: "0"])
  }

  @Test func whatSurroundsALabelStaysByteForByte() throws {
    let lines =
      "\u{FEFF}" + "{\"id\":\"a\", \"label\" : 0 ,\"x\":1}\r\n" + "{\"label\":1,\"x\":2.50,\"id\":\"b\"}\n \n"
      + "{\"id\":\"c\",\"x\":3}\n" + "{}\n" + "{\"id\":\"e\",\"label\":\"\\u0031\",\"x\":4}"
    let fixture = try ExportFixture(file: "l.jsonl", Array(lines.utf8))
    try fixture.decide(.relabel("1"), [0, 2, 3])
    try fixture.decide(.relabel("0"), [1, 4])
    _ = try fixture.export("corrected", to: "o")
    #expect(
      try fixture.text("o")
        == "\u{FEFF}" + "{\"id\":\"a\", \"label\" : 1 ,\"x\":1}\r\n"
        + "{\"label\":0,\"x\":2.50,\"id\":\"b\"}\n \n"
        + "{\"id\":\"c\",\"x\":3, \"label\": 1}\n" + "{\"label\": 1}\n"
        + "{\"id\":\"e\",\"label\":\"0\",\"x\":4}")

    let table = "id,label,x\r\n\"a\",\"p\",\"1\"\r\n\"b \"\"\",q, 2 \r\n\r\nc,p,\"\""
    let other = try ExportFixture(file: "t.csv", Array(table.utf8))
    try other.decide(.relabel("q"), [0, 2])
    try other.decide(.relabel("p"), [1])
    _ = try other.export("corrected", to: "o")
    #expect(
      try other.text("o") == "id,label,x\r\n\"a\",\"q\",\"1\"\r\n\"b \"\"\",p, 2 \r\n\r\nc,q,\"\"")
  }

  /// A new label is written as the column writes its numbers.
  @Test(arguments: [("1.0", "2.0", "3.0"), ("1", "2", "3"), ("1.", "2.", "3."), ("01", "02", "3")])
  func aCorrectedNumberIsWrittenAsTheColumnWritesIt(_ first: String, _ second: String, _ new: String) throws {
    let rows = (0..<8).map { "s\($0),\($0 % 2 == 0 ? first : second),\($0)\n" }
    let fixture = try ExportFixture(file: "t.csv", Array(("id,label,x\n" + rows.joined()).utf8))
    try fixture.decide(.relabel("3"), [2])
    _ = try fixture.export("corrected", to: "o")
    var expected = rows
    expected[2] = "s2,\(new),2\n"
    #expect(try fixture.text("o") == "id,label,x\n" + expected.joined())
  }

  /// Records on one line of UTF-16: the text and the file are of different lengths before each of them.
  @Test func recordsOfOneLineAreCutByTheBytesOfTheFile() throws {
    func object(_ row: Int, _ label: String) -> String {
      "{\"id\": \"r\(row)\", \"label\": \"\(label)\", \"x\": \(row % 5), \"note\": \"名é\(row)😀\"}"
    }
    func file(_ objects: [String], separator: String = ",") throws -> [UInt8] {
      let text = "\u{FEFF}[" + objects.joined(separator: separator) + "]"
      return [UInt8](try #require(text.data(using: .utf16LittleEndian)))
    }
    let labels = (0..<120).map { $0 == 2 || $0 % 4 == 1 && $0 != 5 ? "ä" : "b" }
    let fixture = try ExportFixture(
      file: "one.json", try file(labels.indices.map { object($0, labels[$0]) }))
    // Every second one, so that none follows its neighbor.
    try fixture.decide(.poisoned, labels.indices.filter { $0 % 2 == 0 && $0 > 3 })
    try fixture.decide(.poisoned, [0, 1])
    try fixture.decide(.relabel("ä"), [5, 91])
    _ = try fixture.export("clean", to: "clean")
    _ = try fixture.export("corrected", to: "corrected")
    func object(corrected row: Int) -> String { object(row, [5, 91].contains(row) ? "ä" : labels[row]) }
    let kept = labels.indices.filter { $0 % 2 == 1 && $0 > 3 }
    let clean = try file(
      [object(2, "ä") + "," + object(3, "b")] + kept.map { object($0, labels[$0]) }, separator: ",\n")
    #expect(try fixture.bytes("clean") == clean)
    let corrected = try file(
      [object(2, "ä") + "," + object(3, "b")] + kept.map(object(corrected:)), separator: ",\n")
    #expect(try fixture.bytes("corrected") == corrected)
  }

  /// Files that were joined end to end have byte-order marks in their middle: there they are text.
  @Test func aByteOrderMarkWithinTheFileIsPartOfTheLabel() throws {
    let fixture = try ExportFixture(
      file: "t.csv", Array("\u{FEFF}label,x\np,1\n\u{FEFF}p,2\nq,3\nq,4\n".utf8))
    try fixture.decide(.relabel("q"), [0, 1])
    _ = try fixture.export("corrected", to: "o")
    #expect(try fixture.text("o") == "\u{FEFF}label,x\nq,1\nq,2\nq,3\nq,4\n")
  }

  /// Names that need quotes, in fields with and without them, with random ends of lines.
  @Test(arguments: 1...24)
  func randomTablesDifferInTheirNewLabelsOnly(_ seed: UInt64) throws {
    var random = SplitMix(state: seed)
    let names = ["a", "b,c", "d\"e", "f\ng", " h", "é"]
    let end = ["\n", "\r\n", "\r"][Int.random(in: 0..<3, using: &random)]
    func field(_ text: String) -> String {
      let needsQuotes = text.contains { ",\"\n".contains($0) } || Bool.random(using: &random)
      return needsQuotes ? "\"" + text.replacingOccurrences(of: "\"", with: "\"\"") + "\"" : text
    }
    let rows = 12
    let lines = (0..<rows).map { row -> String in
      let label = names[row < names.count ? row : Int.random(in: 0..<names.count, using: &random)]
      let tail = row == rows - 1 && seed % 2 == 0 ? "" : end
      return [field("r\(row)"), field(label), field("x,\(row)\"")].joined(separator: ",") + tail
    }
    let fixture = try ExportFixture(file: "random.csv", Array(("id,label,note" + end + lines.joined()).utf8))
    var relabels: [Int: String] = [:]
    var poisoned: Set<Int> = []
    for row in 0..<rows {
      if Int.random(in: 0..<4, using: &random) == 0 {
        poisoned.insert(row)
      } else if Bool.random(using: &random) {
        relabels[row] = names.randomElement(using: &random)
      }
    }
    if !poisoned.isEmpty { try fixture.decide(.poisoned, poisoned.sorted()) }
    for (row, label) in relabels { try fixture.decide(.relabel(label), [row]) }
    _ = try fixture.export("corrected", to: "out.csv")
    try Self.check(fixture, "out.csv", without: poisoned, relabels)
  }

  static let description = "{\"classes\": [\n  \"cat\",\n  \"dog\"\n ], \"n\":4, \"name\": \"s\"}"

  static func folder(_ description: String, labels: [UInt8], table: String) throws -> ExportFixture {
    try ExportFixture(files: [
      "dataset.json": Array(description.utf8), "labels.npy": NPY.encode(shape: [4], labels),
      "features.npy": NPY.encode(shape: [4, 2], (0..<8).map(Float.init)), "data.csv": Array(table.utf8),
    ])
  }

  @Test func bothTheArrayAndTheColumnAreCorrectedAndNewClassesNamed() throws {
    let fixture = try Self.folder(
      Self.description, labels: [0, 1, 0, 1], table: "id,label,x\na,cat,1\nb,dog,2\nc,cat,3\nd,dog,4\n")
    try fixture.decide(.poisoned, [0])
    try fixture.decide(.relabel("cat"), [1])
    try fixture.decide(.relabel("a \"fox\""), [2, 3])
    let sentence = try fixture.export("corrected", to: "out")
    #expect(sentence.contains("; 3 labels corrected; new in the classes of dataset.json: a \"fox\"; journal"))
    #expect(
      try fixture.text("out/dataset.json")
        == "{\"classes\": [\n  \"cat\",\n  \"dog\", \"a \\\"fox\\\"\"\n ], \"n\":3, \"name\": \"s\"}")
    #expect(
      try fixture.text("out/data.csv")
        == "id,label,x\nb,cat,2\nc,\"a \"\"fox\"\"\",3\nd,\"a \"\"fox\"\"\",4\n")
    #expect(try fixture.bytes("out/labels.npy") == NPY.encode(shape: [3], [0, 2, 2] as [UInt8]))
    #expect(
      try fixture.bytes("out/features.npy") == NPY.encode(shape: [3, 2], [2, 3, 4, 5, 6, 7] as [Float]))
    #expect(
      try DatasetLoader.load(fixture.path("out"), options: DatasetOptions(), progress: { _ in }).classes
        == ["cat", "dog", "a \"fox\""])
  }

  /// Labels of metadata.csv are corrected where they are the only ones, and stay those of the records where both are.
  @Test(arguments: [false, true])
  func labelsOfTheMetadataAreCorrectedToo(_ haveRecords: Bool) throws {
    var files = ["metadata.csv": Array("id,label\na,x\nb,y\nc,x\nd,y\n".utf8)]
    if haveRecords {
      files["data.csv"] = Array("id,f,label\na,1,x\nb,2,y\nc,3,x\nd,4,y\n".utf8)
    } else {
      files["features.npy"] = NPY.encode(shape: [4, 2], [1, 2, 3, 4, 5, 6, 7, 9] as [Float])
    }
    let fixture = try ExportFixture(files: files)
    try fixture.decide(.relabel("y"), [2])
    _ = try fixture.export("corrected", to: "o")
    let data = try DatasetLoader.load(fixture.path("o"), options: DatasetOptions(), progress: { _ in })
    #expect(data.labels.map { data.classes[Int($0)] } == ["x", "y", "y", "y"])
  }

  @Test func namesByNumberGetANewOne() throws {
    let fixture = try Self.folder(
      #"{"id2label": {"0": "cat", "1": "dog"}}"#, labels: [0, 1, 0, 1],
      table: "id,label\na,cat\nb,dog\nc,cat\nd,dog\n")
    try fixture.decide(.relabel("eel"), [1])
    _ = try fixture.export("corrected", to: "o")
    let data = try DatasetLoader.load(fixture.path("o"), options: DatasetOptions(), progress: { _ in })
    #expect(data.classes == ["cat", "dog", "eel"] && Array(data.labels) == [0, 2, 0, 1])
  }

  @Test func aColumnOfNumbersGetsNumbers() throws {
    let fixture = try Self.folder(
      Self.description, labels: [0, 1, 0, 1], table: "id,label,x\na,0,1\nb,1,2\nc,0,3\nd,1,4\n")
    try fixture.decide(.relabel("dog"), [2])
    _ = try fixture.export("corrected", to: "out")
    #expect(try fixture.text("out/data.csv") == "id,label,x\na,0,1\nb,1,2\nc,1,3\nd,1,4\n")
    #expect(try fixture.bytes("out/labels.npy") == NPY.encode(shape: [4], [0, 1, 1, 1] as [UInt8]))
  }

  /// Two sources of labels that disagree are refused before there is a case.
  @Test func aColumnThatContradictsTheArrayIsNotGuessedAt() {
    #expect(throws: FormatError.self) {
      try Self.folder(
        Self.description, labels: [0, 1, 0, 1], table: "id,label,x\na,cat,1\nb,cat,2\nc,cat,3\nd,dog,4\n"
      ).decide(.relabel("cat"), [1])
    }
  }

  @Test func labelsWithoutNamesAreNumbers() throws {
    let fixture = try ExportFixture(files: [
      "labels.npy": NPY.encode(shape: [3, 1], [0, 1, 2] as [UInt8]),
      "features.npy": NPY.encode(shape: [3, 1], [1, 2, 4] as [Float]),
    ])
    try fixture.decide(.relabel("12"), [1])
    _ = try fixture.export("corrected", to: "out")
    #expect(try fixture.bytes("out/labels.npy") == NPY.encode(shape: [3, 1], [0, 12, 2] as [UInt8]))
    for (label, reason) in [
      ("300", "'|u1' cannot hold 300"), ("cat", "'cat' is no number"), ("012", "no number"),
    ] {
      try fixture.decide(.relabel(label), [1])
      #expect(fixture.problem("corrected", to: "other").contains(reason))
    }
    #expect(try fixture.left() == ["out"])
  }

  @Test func withoutLabelsNothingCanBeCorrected() throws {
    let fixture = try ExportFixture(file: "x.csv", Array("id,x,z\na,1,2\nb,2,3\nc,4,4\n".utf8))
    try fixture.decide(.relabel("cat"), [1])
    #expect(fixture.problem("corrected", to: "out").contains("holds no labels"))
  }

  /// Samples of an array in Fortran order lie scattered; what is planted comes to its own places.
  @Test func changedSamplesComeToTheirPlacesInEitherOrder() throws {
    let shape = [3, 2, 2, 3]
    let pixels = (100..<112).map { UInt8($0) }
    for isFortran in [false, true] {
      let header = NPY.encodedHeader(descr: "|u1", shape: shape, isFortranOrder: isFortran)
      let fixture = try ExportFixture(files: ["images.npy": header + (0..<36).map { UInt8($0) }])
      var change = SampleChange()
      change.pixels = pixels
      let planted = try PlantedDataset(
        fixture.dataset, options: DatasetOptions(), count: 3, changes: [1: change], added: [(2, change)],
        leavingOut: [])
      _ = try planted.write(to: fixture.path("out"), attack: "test")
      let before = try NPY.map(fixture.dataset + "/images.npy")
      let after = try NPY.map(fixture.path("out/images.npy"))
      #expect(after.shape == [4, 2, 2, 3] && after.header.isFortranOrder == isFortran)
      for flat in 0..<48 {
        let index = CleanExportTests.place(flat, in: after.shape)
        let expected =
          index[0] % 2 == 1 ? [pixels[flat % 12]] : CleanExportTests.element(index, of: before)
        #expect(CleanExportTests.element(index, of: after) == expected, "\(index)")
      }
      #expect(try fixture.text("out/truth.csv").hasSuffix(",1,test\n"))
    }
  }

  /// A source that only some samples get: the column comes to all.
  @Test func aNewColumnIsEmptyWhereNothingIsSaid() throws {
    let fixture = try ExportFixture(file: "t.csv", Array("id,label\na,x\nb,y\nc,x".utf8))
    var change = SampleChange()
    (change.source, change.time) = ("q", 1_770_000_000_000)
    let planted = try PlantedDataset(
      fixture.dataset, options: DatasetOptions(), count: 3, changes: [1: change],
      added: [(2, SampleChange())],
      leavingOut: [])
    _ = try planted.write(to: fixture.path("out"), attack: nil)
    #expect(
      try fixture.text("out/t.csv")
        == "id,label,source,ingested_at\na,x,,\nb,y,q,2026-02-02T02:40:00Z\nc,x,,\nc,x,,")
    #expect(try fixture.text("out/truth.csv") == "id,poisoned,attack\na,0,\nb,0,\nc,0,\nc-2,0,\n")
  }
}
