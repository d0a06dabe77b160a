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
    for job in Job.all where job.set == set.name { try job.run(on: road) }
    if set.name != "table" { try traffic(road) }
    try screens(road)
    try decisions(road, ids: try road.ids())
    try exports(road)

    let truth = Samples.path("truth/\(set.name).csv")
    let bench = try Strict.object(try road.run("bench", road.dataset, "--truth", truth, "--oracle", "--json"))
    let rows = try #require(bench["rows"] as? [[String: Any]])
    let suspicion = try #require(rows.first { $0["name"] as? String == "suspicion" })
    #expect(suspicion["auroc"] as? Double ?? 0 >= set.auroc)
    #expect(suspicion["averagePrecision"] as? Double ?? 0 >= set.averagePrecision)
    // Who is told which are poison finds them by the detectors' scores at least about as well.
    let oracle = try #require((bench["oracle"] as? [String: Any])?["rows"] as? [[String: Any]])
    let told = try #require(oracle.first { $0["reads"] as? String == "detectors of content" })
    #expect(told["auroc"] as? Double ?? 0 > 0.95)
  }

  /// All screens, also with a sample, a finding and the help open, at four sizes.
  private func screens(_ road: Road) throws {
    let script = try road.folder.write(
      "screens",
      [
        "D", "Q", "<Enter>", "<Tab>", "<Tab>", "F", "j", "<Enter>", "C", "W", "T", "L", "?", "Q",
        ":sort label<Enter>",
        "&suspicion > 0.1<Enter>", "/1<Enter>",
      ].map { $0 + "\n:screen \($0 == "?" ? "help" : $0.filter(\.isLetter))\n" }.joined())
    for (width, height) in [(60, 16), (80, 24), (120, 40), (200, 60)] {
      let output = try road.run(
        "play", script, road.dataset, "--size", "\(width)x\(height)", "--read-only")
      let screens = output.split(separator: "== ").map {
        $0.split(separator: "\n", omittingEmptySubsequences: false)
      }
      #expect(screens.count == 17)
      for screen in screens {
        // Its name, its lines, and what ends the last of them.
        let lines = screen.dropFirst().dropLast()
        #expect(lines.count == height, "\(screen[0]) at \(width)x\(height)")
        #expect(lines.allSatisfy { $0.count <= width }, "\(screen[0]) at \(width)x\(height)")
        #expect(lines.count { $0.contains { $0.isLetter } } >= 4, "\(screen[0]) at \(width)x\(height)")
      }
      // The queue of all samples, of a filter, and the help show different things.
      #expect(Set(screens.map { $0.dropFirst().joined() }).count >= 8)
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
    let labels = try road.labels()
    let other = try #require(labels.first { $0 != labels[30] && !$0.isEmpty })
    _ = try road.run("mark", road.dataset, ids[30], "--relabel", other)
    let lines = try road.run("log", journal).split(separator: "\n")
    #expect(lines.count == 7, "\(lines.joined(separator: "\n"))")
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
    let rows = road.folder.url.appending(path: "rows").path
    _ = try road.run("export", road.dataset, "--format", "drop-list", "--by", "row", "--output", rows)
    let ids = try road.ids()
    #expect(
      try String(contentsOfFile: rows, encoding: .utf8).split(separator: "\n").map { Int($0).map { ids[$0] } }
        == dropped.split(separator: "\n").map(String.init))
    try corrected(road, without: Set(dropped.split(separator: "\n").map(String.init)))
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

  /// The corrected copy reads as the dataset without what was dropped, with the one new label.
  private func corrected(_ road: Road, without dropped: Set<String>) throws {
    let copy = road.folder.url.appending(path: "copy." + (road.dataset as NSString).pathExtension)
    _ = try road.run("export", road.dataset, "--format", "corrected", "--output", copy.path)
    _ = try road.run("scan", copy.path, case: "copy.case")
    let (ids, labels) = (try road.ids(), try road.labels())
    let kept = ids.indices.filter { !dropped.contains(ids[$0]) }
    let found = try road.labels(case: "copy.case")
    #expect(found.count == kept.count)
    let changed = zip(kept, found).filter { labels[$0] != $1 }.map(\.0)
    #expect(changed == (dropped.contains(ids[30]) ? [] : [30]))
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
