import CaseFiles
import Formats
import Foundation
import Model
import Testing

/// The dataset without its poison: what is kept is kept byte for byte.
@Suite struct CleanExportTests {
  struct Table: CustomTestStringConvertible {
    let name: String
    let header: String
    let records: [String]
    var testDescription: String { name }
    func bytes(of rows: [Int]) -> [UInt8] {
      Array(header.utf8) + rows.flatMap { Array(records[$0].utf8) }
    }
  }

  static let tables = [
    Table(
      name: "crlf.csv", header: "\u{FEFF}id,label,text\r\n",
      records: ["a,0,\"x\r\ny\"\r\n\r\n", "\"b\"\"\",1, plain \r\n", "c,0,\"\"\r\n", "d,1,last"]),
    Table(
      name: "lf.csv", header: "\n\nid,label,x\n",
      records: ["a,0,1\n", "\"b\nb\",1,=2+2\n\n\n", "c,0,3\n", "d,1,4\n\n"]),
    Table(
      name: "cr.csv", header: "id,label,x\r", records: ["a,0,1\r", "b,1,2\r", "c,0,3\r", "d,1,4\r"]),
    Table(
      name: "tabs.tsv", header: "id\tlabel\tx\n",
      records: ["a\t0\t1\n", "b\t1\t\"2\t\"\n", "c\t0\t3\n", "d\t1\t4"]),
    Table(
      name: "lines.jsonl", header: "\u{FEFF}",
      records: [
        "{\"id\":\"a\", \"label\":0,\"x\":1}\r\n", "{\"label\":1,\"x\":2.50,\"id\":\"b\"}\n \n",
        "{\"id\":\"c\",\"x\":3}\n",
        "{\"id\":\"d\",\"label\":\"\\u0031\",\"x\":4}",
      ]),
  ]

  @Test(arguments: tables, [[], [0], [1], [3], [0, 1], [1, 2, 3], [0, 1, 2, 3]])
  func keptRecordsAreTheirBytes(_ table: Table, _ poisoned: [Int]) throws {
    let fixture = try ExportFixture(file: table.name, table.bytes(of: [0, 1, 2, 3]))
    if !poisoned.isEmpty { try fixture.decide(.poisoned, poisoned) }
    let sentence = try fixture.export("clean", to: "out")
    let kept = (0..<4).filter { !poisoned.contains($0) }
    #expect(try fixture.bytes("out") == table.bytes(of: kept))
    #expect(sentence.hasPrefix("wrote \(kept.count) of 4 samples to "))
    #expect(try fixture.left() == ["out"])
  }

  /// Records of random fields with random ends; what is kept and what is dropped are together what there was.
  @Test(arguments: 1...24)
  func keptAndDroppedRecordsAreTheOriginal(_ seed: UInt64) throws {
    var random = SplitMix(state: seed)
    let end = ["\n", "\r\n", "\r"][Int.random(in: 0..<3, using: &random)]
    let pieces = ["x", "é", "\"", ",", "\n", "\r\n", " ", "=1", "\u{FEFF}", "\t", "'"]
    let rows = 8 + Int(seed % 5)
    let records = (0..<rows).map { row in
      let field = (0..<Int.random(in: 0...4, using: &random)).map { _ in
        pieces[Int.random(in: 0..<pieces.count, using: &random)]
      }.joined()
      let blank = String(repeating: end, count: Int.random(in: 0...1, using: &random))
      let isLast = row == rows - 1
      return "r\(row),\(row % 2),\"\(field.replacingOccurrences(of: "\"", with: "\"\""))\""
        + (isLast && seed % 2 == 0 ? "" : end + blank)
    }
    let table = Table(name: "random.csv", header: "id,label,text" + end, records: records)
    let fixture = try ExportFixture(file: table.name, table.bytes(of: Array(0..<rows)))
    let poisoned = (0..<rows).filter { _ in Bool.random(using: &random) }
    try fixture.decide(.poisoned, poisoned)
    _ = try fixture.export("clean", to: "kept")
    let others = (0..<rows).filter { !poisoned.contains($0) }
    #expect(try fixture.bytes("kept") == table.bytes(of: others))
    _ = try fixture.export("drop-list", to: "drop")
    #expect(try fixture.text("drop").split(separator: "\n") == poisoned.map { "r\($0)" })
    _ = try fixture.export("keep-list", to: "keep.npy")
    #expect(
      try Array(NPY.map(fixture.path("keep.npy")).column(Int64.self)) == others.map(Int64.init))
  }

  @Test func everyFileOfAFolderIsCutAlike() throws {
    let n = 6
    func array(_ descr: String, _ shape: [Int], fortran: Bool = false, size: Int) -> [UInt8] {
      let count = shape.reduce(1, *) * size
      return NPY.encodedHeader(descr: descr, shape: shape, isFortranOrder: fortran)
        + (0..<count).map { UInt8($0 % 60) }
    }
    let header = "{ \"n\" : 6,\n \"name\":\"s\", \"classes\":[\"a\",\"b\"], \"other\": {\"n\": 6} }\n"
    let fixture = try ExportFixture(files: [
      "dataset.json": Array(header.utf8),
      "features.npy": array("<f4", [n, 3], fortran: true, size: 4),
      "images.npy": array("|u1", [n, 2, 3], size: 1),
      "labels.npy": NPY.encode(shape: [n], [0, 1, 0, 1, 0, 1] as [UInt8]),
      "pred_probs.npy": NPY.encode(shape: [n, 2], [Float](repeating: 0.5, count: 2 * n)),
      "training_dynamics.npy": array(">f2", [4, n, 2], size: 2),
      "metadata.csv": Array("id,source\n".utf8) + (0..<n).flatMap { Array("m\($0),s\($0 % 2)\r\n".utf8) },
      "notes.txt": Array("not part of it".utf8),
    ])
    try fixture.decide(.poisoned, [1, 2, 5])
    try fixture.decide(.relabel("b"), [4])
    let sentence = try fixture.export("clean", to: "out/")
    #expect(
      sentence.hasSuffix(
        "3 poisoned left out; 1 label is still wrong: the relabels in \(fixture.path("out"))/relabels.csv are not "
          + "applied; the format corrected applies them; journal j1: 2 decisions, head h1"))
    #expect(try fixture.text("out/relabels.csv") == "id,label,new_label\nm4,a,b\n")
    #expect(
      try fixture.text("out/dataset.json") == header.replacingOccurrences(of: "\"n\" : 6", with: "\"n\" : 3"))
    #expect(try fixture.text("out/metadata.csv") == "id,source\nm0,s0\r\nm3,s1\r\nm4,s0\r\n")
    #expect(!FileManager.default.fileExists(atPath: fixture.path("out/notes.txt")))

    // Each array against a plain loop over the elements.
    let kept = [0, 3, 4]
    for (name, axis) in [
      ("features", 0), ("images", 0), ("labels", 0), ("pred_probs", 0), ("training_dynamics", 1),
    ] {
      let before = try NPY.map(fixture.dataset + "/\(name).npy")
      let after = try NPY.map(fixture.path("out/\(name).npy"))
      #expect(after.header.descr == before.header.descr)
      #expect(after.header.isFortranOrder == before.header.isFortranOrder)
      var shape = before.shape
      shape[axis] = 3
      #expect(after.shape == shape)
      for flat in 0..<shape.reduce(1, *) {
        var index = Self.place(flat, in: shape)
        let found = Self.element(index, of: after)
        index[axis] = kept[index[axis]]
        #expect(found == Self.element(index, of: before), "\(name) \(index)")
      }
    }
    #expect(
      try DatasetLoader.load(fixture.path("out"), options: DatasetOptions(), progress: { _ in }).count == 3)
  }

  static func place(_ flat: Int, in shape: [Int]) -> [Int] {
    var rest = flat
    return shape.reversed().map { size in
      defer { rest /= size }
      return rest % size
    }.reversed()
  }

  static func element(_ index: [Int], of array: NPYArray) -> [UInt8] {
    let order = array.header.isFortranOrder ? Array(array.shape.indices) : array.shape.indices.reversed()
    var stride = array.header.scalar.size
    var offset = 0
    for axis in order {
      offset += index[axis] * stride
      stride *= array.shape[axis]
    }
    return [UInt8](array.data[offset..<offset + array.header.scalar.size])
  }

  @Test func aSingleArrayIsCut() throws {
    let fixture = try ExportFixture(
      file: "x.npy", NPY.encode(shape: [4, 1], [1, 2, 3, 4] as [Float]))
    try fixture.decide(.poisoned, [0, 2])
    _ = try fixture.export("clean", to: "y.npy")
    #expect(try fixture.bytes("y.npy") == NPY.encode(shape: [2, 1], [2, 4] as [Float]))
  }

  @Test func relabelsStandBesideAFileAndTheFileIsNotRepaired() throws {
    let text = "id,label,x\na,0,1\nb,1,2\nc,0,3\n"
    let fixture = try ExportFixture(file: "t.csv", Array(text.utf8))
    try fixture.decide(.relabel("0"), [1])
    _ = try fixture.export("clean", to: "o.csv")
    #expect(try fixture.text("o.csv") == text)
    #expect(try fixture.text("o.csv.relabels.csv") == "id,label,new_label\nb,1,0\n")
  }
}

/// SplitMix64: seeded draws that are the same everywhere.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
