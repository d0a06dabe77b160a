import Compression
import Formats
import Foundation
import Model
import Testing

/// Files that mean harm or were damaged: each is read with a note, or refused with one line that says where.
@Suite struct HostileInputTests {
  struct Input: CustomTestStringConvertible {
    enum Wanted {
      /// The error has all of these in it.
      case refused([String])
      /// It is read, has so many samples, and one note has all of these in it.
      case noted(Int, [String])
      case read(Int)
    }
    let file: String
    let bytes: [UInt8]
    let wanted: Wanted
    /// More files of the dataset folder.
    var others: [String: [UInt8]] = [:]
    var testDescription: String { "\(file): \(wanted)" }

    init(_ file: String, _ text: String, _ wanted: Wanted) { self.init(file, Array(text.utf8), wanted) }
    init(_ file: String, _ bytes: [UInt8], _ wanted: Wanted, with others: [String: [UInt8]] = [:]) {
      self.file = file
      self.bytes = bytes
      self.wanted = wanted
      self.others = others
    }
  }

  static let header = "id,label,f1\n"
  static let bom16: [UInt8] =
    [0xFF, 0xFE] + "id,label\n".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }

  static let tables: [Input] = [
    Input(
      "data.csv", header + "a,0,1\nb,1\nc,0,2\nd,1,2,3\n", .refused(["line 3", "expected 3", "found 2"])),
    Input("data.csv", header + "a,0,1\nb,1,\"2\nc,0,3\n", .refused(["line 3", "never closes"])),
    Input("data.csv", bom16, .refused(["0 samples"])),
    Input("data.csv", bom16 + [0x61], .refused(["line 2", "means nothing in UTF-16LE"])),
    Input("data.csv", "", .refused(["file is empty"])),
    Input("data.csv", header, .refused(["0 samples"])),
    Input("data.csv", "id\na\nb\n", .refused(["needs a label"])),
    Input(
      "data.csv", "a,0,1.5\nb,1,2.5\n", .noted(2, ["line 1 reads like the lines behind it", "--header"])),
    Input(
      "data.csv",
      "id,label,f1\n"
        + (0..<9).map { "r\($0),0,\(["NaN", "1e999", "x", "", "2", "3", "0x1F", "4", "１"][$0])\n" }.joined(),
      .noted(9, ["'f1'", "5 of 8 cells", "lines 2, 3, 4, 8, 10", "read as names"])),
    Input(
      "data.csv", header + "a,0,1\nb,1,inf\nc,0,3\nd,1,4\n",
      .noted(4, ["'f1'", "1 of 4 cells are no finite numbers (lines 3)"])),
    Input("data.csv", header + "r,0,1\nr,1,2\ns,0,3\n", .noted(3, ["'r' stands more than once", "'r-2'"])),
    Input("data.csv", "id,label,f1,f1,\na,0,1,2,3\n", .noted(1, ["column 4 'f1' is called 'f1 (2)'"])),
    Input("data.csv", "id,label,\u{1B}[2J,\u{1B}[2J\na,0,1,2\n", .noted(1, ["<1B>[2J (2)"])),
    Input(
      "data.csv", Array((header + "a,0,").utf8) + [0xE9, 0xC0, 0xAF, 10],
      .noted(1, ["1 record is not UTF-8"])),
    Input("data.csv", header + "a\0b,0,1\nc,1,2\n", .read(2)),
    Input("data.csv", header + "a,0," + String(repeating: "x", count: 100_000) + "\n", .read(1)),
    Input(
      "data.csv", "id,label,image\na,0,../../etc/passwd\n",
      .noted(1, ["'image' names files", "cannot be read as pictures"])),
    Input("data.csv", "id,label,time\na,0,2026-02-30\nb,1,\n", .noted(2, ["2 times cannot be read"])),
  ]

  static let lines: [Input] = [
    Input("data.jsonl", "{\"id\":\"a\",\"label\":0}\n{\"id\":\n{\"id\":\"c\"}\n", .refused(["line 2"])),
    Input("data.jsonl", "{\"label\":0}\n[1]\n", .refused(["line 2", "object"])),
    Input(
      "data.jsonl", "{\"label\":0}\n" + String(repeating: "{\"a\":", count: 50_000) + "\n",
      .refused(["line 2", "nested deeper"])),
    Input("data.jsonl", "{\"label\":0,\"x\":1e999}\n{\"label\":1,\"x\":\"\\ud800\"}\n", .read(2)),
    Input("data.jsonl", "{\"label\":0}\r\n\r\n{\"label\":1}", .read(2)),
    Input(
      "data.jsonl", (0..<5000).map { "{\"label\":0,\"m\($0)\":1}\n" }.joined(),
      .refused(["5000 lines with 5001 different members"])),
    Input("dataset.json", String(repeating: "[", count: 100_000), .refused(["nested deeper"])),
    Input("dataset.json", "{\"modality\":\"audio\"}", .refused(["modality", "audio"])),
    Input("dataset.json", "{\"n\":-5}", .refused(["n", "no count"])),
    Input("dataset.json", "{\"classes\":[\"a\",\"a\"]}", .refused(["classes", "twice"])),
    Input("dataset.json", "{\"name\":7}", .refused(["name", "no string"])),
    Input("dataset.json", "[]", .refused(["object"])),
  ]

  static func floats(_ values: [Float]) -> [UInt8] { values.flatMap { LoaderTests.bytes([$0.bitPattern]) } }
  static let ten = NPY.encode(shape: [10, 1], (0..<10).map(Float.init))
  static let twoClasses = Array("{\"classes\":[\"a\",\"b\"]}".utf8)

  static let arrays: [Input] = [
    Input(
      "features.npy", LoaderTests.npy("<f4", floats([1, 2, .nan, 4, 5, .infinity])),
      .noted(3, ["2 rows are not finite (rows 1, 2)"])),
    Input(
      "features.npy", LoaderTests.npy("<f4", floats([7, 7, 7, 7, 7, 7])), .noted(3, ["zero variance"])),
    Input(
      "features.npy", LoaderTests.npy("<f4", floats([1, 2, 3, 4, 5, 6])) + [1, 2],
      .noted(3, ["2 bytes follow"])),
    Input("features.npy", LoaderTests.npy("<f4", shape: "(3, 0)", []), .refused(["0 features"])),
    Input(
      "features.npy",
      [0x93] + Array("NUMPY".utf8) + [2, 0, 0xF0, 0xFF, 0xFF, 0xFF] + [UInt8](repeating: 32, count: 99),
      .refused(["claims 4294967280 bytes"])),
    Input("features.npy", Array("#!/bin/sh".utf8), .refused(["not a .npy file"])),
    Input(
      "labels.npy", NPY.encode(shape: [10], [0, 1, 0, 1, -1, 7, .max, .min, 0, 1] as [Int32]),
      .refused([
        "labels.npy: row 5: label 7 is not below the number of classes (2); 2 more out of range (rows 6, 7)"
      ]),
      with: ["features.npy": ten, "dataset.json": twoClasses]),
    Input(
      "labels.npy", NPY.encode(shape: [12], [Int32](repeating: 0, count: 12)),
      .refused(["12 rows", "has 10"]),
      with: ["features.npy": ten]),
    Input(
      "pred_probs.npy",
      NPY.encode(
        shape: [10, 2],
        [1, 0, -1, 2, .nan, 1, 0, 0, 0.9, 0.9, 0.5, 0.5, 1, 0, .infinity, 0, 1, 0, 0, 1] as [Float]),
      .noted(10, ["5 rows are no distribution", "rows 1, 2, 3, 4, 7"]),
      with: [
        "features.npy": ten,
        "labels.npy": NPY.encode(shape: [10], [0, 1, 0, 1, 0, 1, 0, 1, 0, 1] as [Int32]),
      ]),
  ]

  /// A few bytes that unpack to very many.
  static let packed: [Input] = ["csv", "jsonl", "json"].map { ending in
    Input("data.\(ending).gz", zeros, .refused(["data.\(ending).gz: line 1"]))
  }
  private static let zeros: [UInt8] = {
    guard let compressor = try? Compressor(.gzip),
      let body = try? compressor.append([UInt8](repeating: 0, count: 1 << 24)),
      let end = try? compressor.finish()
    else { return [] }
    return body + end
  }()

  @Test(arguments: tables + lines + arrays + packed)
  func hostileInput(_ input: Input) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "hostile-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, bytes) in input.others.merging([input.file: input.bytes], uniquingKeysWith: { $1 }) {
      try Data(bytes).write(to: folder.appending(path: name))
    }
    do {
      let dataset = try DatasetLoader.load(folder.path, options: DatasetOptions(), progress: { _ in })
      switch input.wanted {
      case .refused: Issue.record("it was read: \(dataset.notes)")
      case .read(let count): #expect(dataset.count == count)
      case .noted(let count, let parts):
        #expect(dataset.count == count)
        #expect(
          dataset.notes.contains { note in parts.allSatisfy { note.contains($0) } }, "\(dataset.notes)")
      }
      #expect(Set(dataset.ids).count == dataset.count)
    } catch {
      guard case .refused(let parts) = input.wanted else {
        Issue.record("\(error)")
        return
      }
      for part in parts { #expect(error.description.contains(part), "\(error)") }
      #expect(!error.description.contains("\n"))
    }
  }

  /// What is doubled a hundred thousand times takes no longer than what is different.
  @Test func equalNamesAreNumberedInOneGo() throws {
    let ids = Array(repeating: "r", count: 100_000)
    let text = "id,label\n" + ids.map { "\($0),0\n" }.joined()
    let file = FileManager.default.temporaryDirectory.appending(path: "same-\(UUID().uuidString).csv")
    try Data(text.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let dataset = try DatasetLoader.load(file.path, options: DatasetOptions(), progress: { _ in })
    #expect(dataset.ids[0] == "r" && dataset.ids[99_999] == "r-100000")
  }
}
