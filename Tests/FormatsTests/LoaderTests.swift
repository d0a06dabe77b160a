import Formats
import Foundation
import Model
import Testing

@Suite struct LoaderTests {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "loader-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  func write(_ name: String, _ bytes: [UInt8]) throws {
    try Data(bytes).write(to: folder.appending(path: name))
  }
  func load() throws -> Dataset {
    try DatasetLoader.load(folder.path, options: DatasetOptions(), progress: { _ in })
  }
  func problem() -> String {
    do {
      _ = try load()
      return "no error"
    } catch { return "\(error)" }
  }

  /// The file of a 3x2 array with these parts of the header and these bytes.
  static func npy(_ descr: String, fortran: Bool = false, shape: String = "(3, 2)", _ data: [UInt8])
    -> [UInt8]
  {
    let dict = "{'descr': '\(descr)', 'fortran_order': \(fortran ? "True" : "False"), 'shape': \(shape), }\n"
    return [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(dict.utf8.count), 0] + Array(dict.utf8) + data
  }

  static func bytes<T: FixedWidthInteger>(_ values: [T], big: Bool = false) -> [UInt8] {
    values.flatMap { value in withUnsafeBytes(of: big ? value.bigEndian : value.littleEndian) { Array($0) } }
  }

  @Test(arguments: [
    ("<f4", false, bytes([1, 2, 3, 4, 5, 6].map { Float($0).bitPattern })),
    (">f4", false, bytes([1, 2, 3, 4, 5, 6].map { Float($0).bitPattern }, big: true)),
    ("<f8", true, bytes([1, 3, 5, 2, 4, 6].map { Double($0).bitPattern })),
    ("<f2", false, bytes([1, 2, 3, 4, 5, 6].map { Float16($0).bitPattern })),
    (">i8", false, bytes([1, 2, 3, 4, 5, 6] as [Int64], big: true)), ("|u1", true, [1, 3, 5, 2, 4, 6]),
    ("<u2", false, bytes([1, 2, 3, 4, 5, 6] as [UInt16])),
    ("<i4", false, bytes([1, 2, 3, 4, 5, 6] as [Int32])),
  ])
  func everyNumberTypeAndOrderReadsTheSame(_ descr: String, _ fortran: Bool, _ data: [UInt8]) throws {
    try write("features.npy", Self.npy(descr, fortran: fortran, data))
    let features = try #require(try load().features)
    #expect((0..<3).map { features.row($0) } == [[1, 2], [3, 4], [5, 6]])
  }

  @Test(arguments: [
    ("|O", "(3, 2)", "pickles"), ("<c8", "(3, 2)", "not supported"), ("<U1", "(3, 2)", "not supported"),
    ("<f4", "(3, 3)", "found 24"), ("<f4", "(-3, 2)", "negative"),
    ("<f4", "(4611686018427387904, 4)", "overflows"),
    ("<f4", "(99999999999999999999,)", "overflows"), ("<f4", "(3, __import__)", "integer"),
    ("<f4", "(1000000000, 100000)", "expected 400000000000000 bytes"), ("<f4", "(0, 2)", "0 samples"),
    ("<f4", "()", "single number"), ("<f4", "(1, 2, 3)", "3 dimensions"),
  ])
  func whatIsNoMatrixOfNumbersIsRefusedBeforeItIsRead(_ descr: String, _ shape: String, _ expected: String)
    throws
  {
    try write("features.npy", Self.npy(descr, shape: shape, [UInt8](repeating: 0, count: 24)))
    #expect(problem().contains(expected), "\(problem())")
  }

  @Test func everyCutOfAFileIsAnError() throws {
    let whole = Self.npy("<f4", Self.bytes([UInt32](repeating: 0, count: 6)))
    for length in 0..<whole.count {
      try write("features.npy", Array(whole[..<length]))
      #expect(problem() != "no error", "\(length) bytes")
    }
  }

  func writeTable(_ text: String) throws { try write("data.csv", Array(text.utf8)) }

  @Test func aTableGivesColumnsIdsAndRecords() throws {
    try writeTable(
      "id,label,x,kind,source,ingested_at\na,yes,1.5,u,s,2026-03-01\nb,no,,v,t,bad\nb,yes,2,u,s,\n")
    let dataset = try load()
    #expect(dataset.modality == .tabular && dataset.classes == ["no", "yes"])
    #expect(Array(dataset.labels) == [1, 0, 1])
    #expect(Array(dataset.ids) == ["a", "b", "b-2"])
    #expect(dataset.table.map(\.name) == ["x", "kind"])
    guard case .numbers(let x) = dataset.table[0].values else {
      Issue.record("x is no number")
      return
    }
    #expect(x[0] == 1.5 && x[1].isNaN)
    #expect(dataset.times?[1] == Dataset.noTime)
    #expect(dataset.notes.contains { $0.contains("2 times cannot be read") })
    #expect(
      try dataset.payloads.payload(at: 2).get()
        == .row(
          zip(["id", "label", "x", "kind", "source", "ingested_at"], ["b", "yes", "2", "u", "s", ""]).map {
            .init(name: $0, value: $1)
          }))
  }

  @Test func partsThatDisagreeAreNamedWithBothCounts() throws {
    try writeTable("id,label,x\na,0,1\nb,1,2\n")
    try write("features.npy", NPY.encode(shape: [3, 1], [1, 2, 3] as [Float]))
    #expect(problem().contains("3 rows") && problem().contains("2"))
  }

  @Test func aLabelOutOfRangeIsNamedByRow() throws {
    try write("features.npy", NPY.encode(shape: [2, 1], [1, 2] as [Float]))
    try write("labels.npy", NPY.encode(shape: [2], [0, 12] as [Int32]))
    try write("dataset.json", Array("{\"classes\": [\"a\", \"b\"]}".utf8))
    #expect(problem() == "labels.npy: row 1: label 12 is not below the number of classes (2)")
  }

  @Test func rowsThatAreNoDistributionAreNotedAndMadeOne() throws {
    try write("features.npy", NPY.encode(shape: [3, 1], [1, 2, 3] as [Float]))
    try write("labels.npy", NPY.encode(shape: [3], [0, 1, 0] as [Int32]))
    try write("pred_probs.npy", NPY.encode(shape: [3, 2], [0.25, 0.75, -1, 2, .nan, 0] as [Float]))
    let dataset = try load()
    let probabilities = try #require(dataset.probabilities)
    #expect((0..<3).map { probabilities.row($0) } == [[0.25, 0.75], [0, 1], [0.5, 0.5]])
    #expect(dataset.notes.contains { $0.contains("2 rows are no distribution") })
  }

  @Test func derivedIdsFollowTheContentNotTheOrder() throws {
    try write("features.npy", NPY.encode(shape: [3, 1], [1, 2, 1] as [Float]))
    let first = Array(try load().ids)
    try write("features.npy", NPY.encode(shape: [3, 1], [2, 1, 1] as [Float]))
    let second = Array(try load().ids)
    #expect(second == [first[1], first[0], first[2]])
    #expect(first[2] == first[0] + "-2")
  }

  @Test func theDigestChangesWithAnyFileAndTheFingerprintWithAnyTouch() throws {
    try writeTable("id,label,x\na,0,1\nb,1,2\n")
    let (digest, fingerprint) = (
      try load().digest, try DatasetLoader.fingerprint(folder.path, options: DatasetOptions())
    )
    try writeTable("id,label,x\na,0,1\nb,1,3\n")
    #expect(try load().digest != digest)
    #expect(try DatasetLoader.fingerprint(folder.path, options: DatasetOptions()) != fingerprint)
  }

  @Test func aLinkOutOfTheFolderIsRefused() throws {
    try FileManager.default.createSymbolicLink(
      atPath: folder.appending(path: "data.csv").path, withDestinationPath: "/etc/passwd")
    #expect(problem().contains("leaves the dataset folder"))
  }

  @Test func aPipeIsRefusedWithoutWaiting() throws {
    let pipe = folder.appending(path: "p.csv").path
    #expect(mkfifo(pipe, 0o600) == 0)
    #expect(throws: FormatError.self) {
      try DatasetLoader.load(pipe, options: DatasetOptions(), progress: { _ in })
    }
  }
}
