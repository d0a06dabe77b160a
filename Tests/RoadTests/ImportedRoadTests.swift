import Compression
import Formats
import Foundation
import TestSupport
import Testing

/// The same samples in other files have the same scores, and what is left out is left out of files of the same kind.
@Suite struct ImportedRoadTests {
  @Test(arguments: PictureForm.allCases) func picturesAreScoredAndCleanedInEveryForm(form: PictureForm) throws
  {
    let folder = try ScratchFolder()
    let part = try Samples.part(of: "digits", rows: 700, in: folder.url)
    let digits = try Digits(part)
    // Without the sources and times that other forms do not have.
    let ids = (["id"] + digits.ids).joined(separator: "\n") + "\n"
    try Data(ids.utf8).write(to: URL(fileURLWithPath: part + "/metadata.csv"))
    let road = try Road(form.write(digits, in: folder))
    let expected = try scores(Road(part))
    let found = try scores(road)
    #expect(found == expected)

    let own = try road.ids()
    let relabel = own[4]
    _ = try road.run("mark", road.dataset, own[3], "--poisoned")
    _ = try road.run("mark", road.dataset, relabel, "--relabel", digits.classes[7])
    let target = road.folder.url.appending(path: "clean").path
    _ = try road.run("export", road.dataset, "--format", "corrected", "--output", target)
    let cleaned = try Road(target)
    _ = try cleaned.run("scan", target, "--detectors", "exact-copies")
    #expect(try Set(cleaned.ids().map(Self.stem)) == Set(own.map(Self.stem)).subtracting([Self.stem(own[3])]))
    let labels = zip(try cleaned.ids().map(Self.stem), try cleaned.labels())
    let before = Dictionary(uniqueKeysWithValues: zip(digits.ids, digits.names))
    let changed = labels.filter { before[$0] != $1 }.map(\.0)
    #expect(changed == (before[Self.stem(relabel)] != digits.classes[7] ? [Self.stem(relabel)] : []))
  }

  /// Each split has a folder with a list of its pictures, whose names are relative to it.
  @Test(arguments: ["csv", "jsonl", "parquet"]) func listsOfPicturesInTheFoldersOfSplitsAreOneDataset(
    ending: String
  )
    throws
  {
    let folder = try ScratchFolder()
    let part = try Samples.part(of: "digits", rows: 300, in: folder.url)
    let digits = try Digits(part)
    let ids = (["id"] + digits.ids).joined(separator: "\n") + "\n"
    try Data(ids.utf8).write(to: URL(fileURLWithPath: part + "/metadata.csv"))
    let root = folder.url.appending(path: "splits")
    for (split, rows) in [("train", 0..<200), ("test", 200..<300)] {
      let place = root.appending(path: split)
      try FileManager.default.createDirectory(
        at: place.appending(path: "png"), withIntermediateDirectories: true)
      try Data(Self.list(of: digits, rows, ending)).write(to: place.appending(path: "metadata." + ending))
      for row in rows {
        try Data(digits.pictures[row]).write(to: place.appending(path: "png/\(digits.ids[row]).png"))
      }
    }
    let road = try Road(root.path)
    #expect(try scores(road) == scores(Road(part)))
    _ = try road.run("mark", road.dataset, digits.ids[250], "--poisoned")
    let target = road.folder.url.appending(path: "clean").path
    _ = try road.run("export", road.dataset, "--format", "clean", "--output", target)
    let cleaned = try Road(target)
    _ = try cleaned.run("scan", target, "--detectors", "exact-copies")
    #expect(try Set(cleaned.ids()) == Set(digits.ids).subtracting([digits.ids[250]]))
    #expect(FileManager.default.fileExists(atPath: target + "/test/png/\(digits.ids[251]).png"))
    #expect(!FileManager.default.fileExists(atPath: target + "/test/png/\(digits.ids[250]).png"))
  }

  private static func list(of digits: Digits, _ rows: Range<Int>, _ ending: String) throws -> [UInt8] {
    if ending == "parquet" { return try PictureForm.list(digits, rows) }
    let lines = rows.map { row in
      ending == "csv"
        ? "png/\(digits.ids[row]).png,\(digits.ids[row]),\(digits.names[row])\n"
        : #"{"file_name": "png/\#(digits.ids[row]).png", "id": "\#(digits.ids[row])", "label": "\#(digits.names[row])"}"#
          + "\n"
    }
    return Array(((ending == "csv" ? "file_name,id,label\n" : "") + lines.joined()).utf8)
  }

  @Test(arguments: StreamFormat.allCases) func compressedRecordsAreScoredAndCleaned(format: StreamFormat)
    throws
  {
    let folder = try ScratchFolder()
    let part = try Samples.part(of: "chat/data.jsonl", rows: 500, in: folder.url)
    let packed = folder.url.appending(path: "packed.jsonl.\(Self.ending(format))").path
    let compressor = try Compressor(format)
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: part)))
    try Data(try compressor.append(bytes) + compressor.finish()).write(to: URL(fileURLWithPath: packed))
    let road = try Road(packed)
    let plain = try Road(part)
    #expect(try scores(road) == scores(plain))

    var cleaned: [[UInt8]] = []
    for road in [road, plain] {
      _ = try road.run("mark", road.dataset, try road.ids()[3], "--poisoned")
      let target = road.folder.url.appending(path: "clean").path
      _ = try road.run("export", road.dataset, "--format", "clean", "--output", target)
      cleaned.append([UInt8](try Data(contentsOf: URL(fileURLWithPath: target))))
    }
    let unpacked = try cleaned[0].withUnsafeBytes {
      try Decompressor(format, outputLimit: 1 << 24).decompressed($0)
    }
    #expect(unpacked == cleaned[1])
  }

  /// 1.50 is 1.5, and 1e0 is 1: the order of the samples, which all that is random hangs on, is that of their values.
  @Test func numbersThatAreWrittenOtherwiseAreScoredAlike() throws {
    let folder = try ScratchFolder()
    let part = try Samples.part(of: "table", rows: 600, in: folder.url)
    let file = URL(fileURLWithPath: part + "/data.csv")
    let expected = try scores(Road(part))
    let text = try String(contentsOf: file, encoding: .utf8)
    let rewritten = text.replacing(/,(-?[0-9]+\.[0-9]+)(?=[,\n])/) { ",\($0.output.1)00" }
    #expect(rewritten != text)
    try Data(rewritten.utf8).write(to: file)
    #expect(try scores(Road(part)) == expected)
  }

  /// One sample each that no decoder can read, and that leads out of the folder, do not stop the rest.
  @Test func picturesThatCannotBeReadCostThemselvesOnly() throws {
    let folder = try ScratchFolder()
    let digits = try Digits(try Samples.part(of: "digits", rows: 200, in: folder.url))
    let dataset = try PictureForm.folder.write(digits, in: folder)
    try Data("no picture".utf8).write(to: URL(fileURLWithPath: dataset + "/3/broken.png"))
    try FileManager.default.createSymbolicLink(
      atPath: dataset + "/4/link.png", withDestinationPath: "/etc/passwd")
    let road = try Road(dataset)
    let output = try road.run("scan", dataset)
    #expect(output.contains("2 of 202 pictures cannot be decoded and are not scored"))
    #expect(output.contains("leaves the dataset folder"))
    #expect(!output.contains("root:"))
    let rows = try CSVReader.readSmall(path: road.casePath + "/scores.csv").rows
    #expect(
      rows.filter { $0.dropFirst(5).allSatisfy(\.isEmpty) }.map { $0[0] }.sorted() == [
        "3/broken.png", "4/link.png",
      ])
  }

  /// A file that is called as a batch of CIFAR-10 is does not make a folder of pictures one of batches.
  @Test(arguments: ["train.bin", "test.bin", "data_batch_1.bin"])
  func picturesBesideAFileThatIsCalledABatchAreRead(_ name: String) throws {
    let folder = try ScratchFolder()
    let digits = try Digits(try Samples.part(of: "digits", rows: 100, in: folder.url))
    let dataset = try PictureForm.folder.write(digits, in: folder)
    try Data("an index".utf8).write(to: URL(fileURLWithPath: dataset + "/" + name))
    let road = try Road(dataset)
    _ = try road.run("scan", dataset)
    #expect(try CSVReader.readSmall(path: road.casePath + "/scores.csv").rows.count == 100)
  }

  private static func ending(_ format: StreamFormat) -> String {
    switch format {
    case .gzip: "gz"
    case .zstd: "zst"
    case .xz: "xz"
    }
  }

  /// The id of the sample that a file in a folder of its class holds.
  private static func stem(_ id: String) -> String {
    let name = id.split(separator: "/").last ?? ""
    return String(name.split(separator: ".").first ?? "")
  }

  /// All scores but the label, by id.
  private func scores(_ road: Road) throws -> [String: [String]] {
    _ = try road.run("scan", road.dataset)
    let rows = try CSVReader.readSmall(path: road.casePath + "/scores.csv").rows
    return Dictionary(
      rows.map { (Self.stem($0[0]), Array($0.dropFirst())) }, uniquingKeysWith: { first, _ in first })
  }
}
