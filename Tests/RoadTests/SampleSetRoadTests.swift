import Foundation
import Testing
import TestSupport

/// Every road that a person takes, with the real binary, on the sample sets.
@Suite struct SampleSetRoadTests {
  /// A set, and what the suspicion reaches on it at least.
  struct SampleSet: Sendable, CustomTestStringConvertible {
    let path: String
    let auroc: Double
    let averagePrecision: Double
    var name: String { String(path.prefix { $0 != "/" }) }
    var testDescription: String { name }
  }

  static let sets = [
    SampleSet(path: "digits", auroc: 0.98, averagePrecision: 0.9),
    SampleSet(path: "chat/data.jsonl", auroc: 0.98, averagePrecision: 0.9),
    SampleSet(path: "table", auroc: 0.98, averagePrecision: 0.9),
  ]

  @Test(arguments: sets) func everyRoadHolds(set: SampleSet) throws {
    let road = try Road(Samples.path(set.path))
    #expect(try road.run("scan", road.dataset).contains("flagged"))
    let json = try Strict.object(try road.run("scan", road.dataset, "--json"))
    #expect(json["n"] as? Int ?? 0 >= 2000)
    try screens(road)
    try decisions(road, ids: try road.ids())
    try exports(road)

    let truth = Samples.path("truth/\(set.name).csv")
    let bench = try Strict.object(try road.run("bench", road.dataset, "--truth", truth, "--json"))
    let rows = try #require(bench["rows"] as? [[String: Any]])
    let suspicion = try #require(rows.first { $0["name"] as? String == "suspicion" })
    #expect(suspicion["auroc"] as? Double ?? 0 >= set.auroc)
    #expect(suspicion["averagePrecision"] as? Double ?? 0 >= set.averagePrecision)
  }

  /// All screens, also with a sample, a finding and the help open, at four sizes.
  private func screens(_ road: Road) throws {
    let script = try road.folder.write(
      "screens",
      [
        "D", "Q", "<Enter>", "<Tab>", "<Tab>", "F", "j", "<Enter>", "C", "T", "L", "?", "Q",
        ":sort label<Enter>",
        "&suspicion > 0.1<Enter>", "/1<Enter>",
      ].map { $0 + "\n:screen \($0.filter(\.isLetter))\n" }.joined())
    for size in ["60x16", "80x24", "120x40", "200x60"] {
      let output = try road.run("play", script, road.dataset, "--size", size, "--read-only")
      #expect(output.contains("foretaste") || !output.isEmpty, "\(size)")
    }
  }

  /// By key, taken back, for many, and from a shell; the journal tells of each and holds.
  private func decisions(_ road: Road, ids: [String]) throws {
    let keys = try road.folder.write(
      "decide", "Q\n<Enter>\n:wait 100\np\n:wait 100\nu\n:wait 100\nc\nF\n*gpy\n")
    _ = try road.run("play", keys, road.dataset)
    _ = try road.run("mark", road.dataset, ids[10], ids[20], "--poisoned")
    _ = try road.run("mark", road.dataset, ids[20], "--undo")
    let journal = road.casePath + "/review.jsonl"
    let lines = try road.run("log", journal).split(separator: "\n")
    #expect(lines.count == 6, "\(lines.joined(separator: "\n"))")
    _ = try road.run("verify", journal)
  }

  private func exports(_ road: Road) throws {
    for format in ["csv", "jsonl", "drop-list", "keep-list", "clean"] {
      let target = road.folder.url.appending(path: "out-\(format)").path
      _ = try road.run("export", road.dataset, "--format", format, "--output", target)
    }
    let dropped = try String(
      contentsOfFile: road.folder.url.appending(path: "out-drop-list").path, encoding: .utf8)
    #expect(dropped.split(separator: "\n").count >= 20)
    var clean = road.folder.url.appending(path: "out-clean")
    if !road.isFolder {
      let named = road.folder.url.appending(path: "clean." + (road.dataset as NSString).pathExtension)
      try FileManager.default.moveItem(at: clean, to: named)
      clean = named
    }
    let again = try Strict.object(try road.run("scan", clean.path, "--json", case: "clean.case"))
    let whole = try Strict.object(try road.run("scan", road.dataset, "--json"))
    let left = try #require(again["n"] as? Int)
    let all = try #require(whole["n"] as? Int)
    #expect(left < all && left > all * 3 / 4)
  }

  /// Of a part of each set: every attack and history that it can carry, and a scan of the result.
  @Test(arguments: sets) func everyAttackAndHistoryIsPlantedAndScanned(set: SampleSet) throws {
    let folder = try ScratchFolder()
    let part = try Samples.part(of: set.path, rows: 160, in: folder.url)
    var planted = 0
    for attack in Samples.planted {
      let output = folder.url.appending(path: attack).path
      let made = try Program.run(
        ["simulate", attack, part, "--rate", "0.1", "--seed", "3", "--output", output])
      guard made.status == 0 else {
        // What a set cannot carry is refused in a line.
        #expect(
          made.status == 65 && made.errors.split(separator: "\n").count == 1, "\(attack): \(made.errors)")
        continue
      }
      planted += 1
      let road = try Road(output)
      #expect(try Strict.object(try road.run("scan", output, "--json"))["n"] as? Int ?? 0 >= 160, "\(attack)")
    }
    #expect(planted >= 4 + 5)
  }
}
