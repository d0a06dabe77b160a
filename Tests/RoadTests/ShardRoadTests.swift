import Compression
import Formats
import Foundation
import TestSupport
import Testing

/// Records that are cut up into several files are one dataset, and stay cut up in copies.
@Suite struct ShardRoadTests {
  private static func write(_ files: [(name: String, text: String)], in folder: ScratchFolder) throws
    -> String
  {
    let root = folder.url.appending(path: "shards")
    for (name, text) in files {
      let place = root.appending(path: name)
      try FileManager.default.createDirectory(
        at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
      var bytes = Array(text.utf8)
      if name.hasSuffix(".gz") {
        let compressor = try Compressor(.gzip)
        bytes = try compressor.append(bytes) + compressor.finish()
      }
      try Data(bytes).write(to: place)
    }
    return root.path
  }

  private static func scores(_ road: Road) throws -> [[String]] {
    _ = try road.run("scan", road.dataset)
    return try CSVReader.readSmall(path: road.casePath + "/scores.csv").rows
  }

  @Test func linesInSeveralFilesAreScoredAsInOne() throws {
    let folder = try ScratchFolder()
    let part = try Samples.part(of: "chat/data.jsonl", rows: 400, in: folder.url)
    let lines = try String(contentsOfFile: part, encoding: .utf8).split(separator: "\n").map { $0 + "\n" }
    let cut = [
      (name: "data/train-00000-of-00002.jsonl.gz", text: lines[..<150].joined()),
      (name: "data/train-00001-of-00002.jsonl.gz", text: lines[150...].joined()),
    ]
    let road = try Road(try Self.write(cut, in: folder))
    #expect(try Self.scores(road) == Self.scores(Road(part)))

    let ids = try road.ids()
    for id in [ids[3], ids[200]] { _ = try road.run("mark", road.dataset, id, "--poisoned") }
    let target = road.folder.url.appending(path: "clean").path
    _ = try road.run("export", road.dataset, "--format", "clean", "--output", target)
    var kept: [String] = []
    for (name, _) in cut {
      let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: target + "/" + name)))
      let text = try bytes.withUnsafeBytes { try Decompressor(.gzip, outputLimit: 1 << 24).decompressed($0) }
      kept.append(String(decoding: text, as: UTF8.self))
    }
    #expect(kept[0] == (lines[..<3] + lines[4..<150]).joined())
    #expect(kept[1] == (lines[150..<200] + lines[201...]).joined())
  }

  @Test func tablesBySplitKeepTheirFilesAndGetNewLabels() throws {
    let folder = try ScratchFolder()
    func rows(_ range: Range<Int>) -> String {
      range.map { "r\($0),a text of number \($0),\($0 % 2 == 0 ? "ham" : "spam")\n" }.joined()
    }
    let header = "id,text,label\n"
    let set = try Self.write(
      [("train.csv", header + rows(0..<30)), ("test.csv", header + rows(30..<40)), ("notes.csv", "x\n1\n")],
      in: folder)
    let road = try Road(set)
    let told = try road.run("inspect", set)
    #expect(told.contains("40 samples (text), 2 classes") && told.contains("test | train"))
    #expect(told.contains("notes.csv"), "what is not read is told")
    _ = try road.run("scan", set, "--detectors", "exact-copies")
    _ = try road.run("mark", set, "r3", "--poisoned")
    _ = try road.run("mark", set, "r31", "--relabel", "ham")
    let target = road.folder.url.appending(path: "clean").path
    _ = try road.run("export", set, "--format", "corrected", "--output", target)
    #expect(
      try String(contentsOfFile: target + "/train.csv", encoding: .utf8) == header + rows(0..<3)
        + rows(4..<30))
    #expect(
      try String(contentsOfFile: target + "/test.csv", encoding: .utf8)
        == header + rows(30..<31) + "r31,a text of number 31,ham\n" + rows(32..<40))
  }

  /// What is added stands in the file of what it is made of, and the truth says so of the right samples.
  @Test func attacksArePlantedIntoTheFiles() throws {
    let folder = try ScratchFolder()
    let part = try Samples.part(of: "chat/data.jsonl", rows: 300, in: folder.url)
    let lines = try String(contentsOfFile: part, encoding: .utf8).split(separator: "\n").map { $0 + "\n" }
    let set = try Self.write(
      [("part-0.jsonl", lines[..<100].joined()), ("part-1.jsonl", lines[100...].joined())], in: folder)
    for attack in ["flood", "flip-random"] {
      let planted = folder.url.appending(path: attack).path
      let result = try Program.run(["simulate", attack, set, "--rate", "0.1", "--output", planted])
      #expect(result.status == 0, "\(result.errors)")
      let truth = try CSVReader.readSmall(path: planted + "/truth.csv").rows
      let poisoned = truth.filter { $0[1] == "1" }.map { $0[0] }
      #expect(!poisoned.isEmpty)
      let road = try Road(planted)
      _ = try road.run("scan", planted, "--detectors", "exact-copies")
      #expect(try road.ids() == truth.map { $0[0] })
      if attack == "flood" { #expect(poisoned.allSatisfy { $0.hasPrefix("added-") }) }
    }
  }
}
