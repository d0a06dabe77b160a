import Foundation
import TestSupport
import Testing

/// The contract of the command line, on the real binary.
@Suite struct CommandLineTests {
  let folder: ScratchFolder
  let dataset: String

  init() throws {
    folder = try ScratchFolder()
    var lines = ["id,label,source,x,y"]
    for row in 0..<60 {
      let isEven = row % 2 == 0
      // Two classes far apart; r7 lies with the others' class.
      let center = (isEven || row == 7) ? 0.0 : 10.0
      let x = center + Double(row % 5) / 10
      let y = center + Double(row % 7) / 10
      lines.append("r\(row),\(isEven ? "a" : "b"),s\(row % 3),\(x),\(y)")
    }
    dataset = try folder.write("points.csv", lines.joined(separator: "\n") + "\n")
  }

  var casePath: String { dataset + ".case" }
  var journal: String { casePath + "/review.jsonl" }

  @Test func scanWritesTheColumnsOfTheContractInDatasetOrder() throws {
    let outcome = try Program.run(["scan", dataset, "--case", casePath])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let scores = try String(contentsOfFile: casePath + "/scores.csv", encoding: .utf8).split(separator: "\n")
    #expect(scores[0].hasPrefix("id,label,suspicion,hypothesis,"))
    #expect(scores.count == 61)
    #expect(scores[1].hasPrefix("r0,a,"))
    #expect(scores[60].hasPrefix("r59,b,"))
    for line in scores.dropFirst() {
      let suspicion = try #require(Double(line.split(separator: ",")[2]))
      #expect((0...1).contains(suspicion))
    }
  }

  /// Who types the name alone is told what to type here; scripts see that an argument is missing.
  @Test func withoutArgumentsItSaysWhatLiesHere() throws {
    _ = try folder.write("notes.md", "no dataset")
    _ = try folder.write(".hidden.csv", "a,b\n1,2\n")
    for name in [
      "photos/cat/1.png", "arrays/labels.npy", "work/sets/data.csv", "it's \u{1B}[31mred.jsonl.gz",
    ] {
      let path = folder.url.appending(path: name)
      try FileManager.default.createDirectory(
        at: path.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data("x".utf8).write(to: path)
    }
    #expect(try Program.run(["scan", dataset, "--quiet"]).status == 0)
    let outcome = try Program.run([], in: folder.url)
    #expect(outcome.status == 64 && outcome.output.isEmpty)
    let here = try #require(outcome.errors.split(separator: "\n").first { $0.hasPrefix("Here: ") })
    #expect(here == "Here: arrays, it's <1B>[31mred.jsonl.gz, photos, points.csv (scanned), work/sets")
    #expect(outcome.errors.contains("\n  foretaste arrays\n"))
    #expect(outcome.errors.split(separator: "\n").count <= 6)
    let empty = try Program.run([], in: URL(fileURLWithPath: "/proc/self/fdinfo"))
    #expect(empty.errors.contains("  foretaste DATASET\n") && empty.errors.contains("No dataset lies here"))
  }

  @Test func jsonSummaryHasWhatProgramsRelyOn() throws {
    let outcome = try Program.run(["scan", dataset, "--case", casePath, "--json"])
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    for key in ["n", "classes", "flagged", "findings", "detectors", "digest", "seconds", "stages"] {
      #expect(object[key] != nil, "\(key)")
    }
    #expect(object["n"] as? Int == 60)
    let detectors = try #require(object["detectors"] as? [[String: Any]])
    for detector in detectors { #expect(["ran", "skipped"].contains(detector["state"] as? String)) }
  }

  @Test func aDetectorThatCannotRunSaysWhy() throws {
    let unlabelled = try folder.write("bare.csv", "id,x\na,1\nb,2\nc,4\nd,8\n")
    let outcome = try Program.run(["scan", unlabelled, "--json"])
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    let detectors = try #require(object["detectors"] as? [[String: Any]])
    let skipped = detectors.filter { $0["state"] as? String == "skipped" }
    #expect(!skipped.isEmpty)
    for detector in skipped { #expect((detector["reason"] as? String)?.contains("needs") == true) }
  }

  @Test func aCurrentCaseIsNotScannedAgainAndAChangedDatasetIs() throws {
    _ = try Program.run(["scan", dataset, "--case", casePath])
    let file = casePath + "/case.json"
    let first = try FileManager.default.attributesOfItem(atPath: file)[.systemFileNumber] as? Int
    _ = try Program.run(["scan", dataset, "--case", casePath])
    #expect(try FileManager.default.attributesOfItem(atPath: file)[.systemFileNumber] as? Int == first)
    let handle = try #require(FileHandle(forWritingAtPath: dataset))
    try handle.seekToEnd()
    try handle.write(contentsOf: Data("r60,a,s0,0.1,0.1\n".utf8))
    try handle.close()
    _ = try Program.run(["scan", dataset, "--case", casePath])
    let scores = try String(contentsOfFile: casePath + "/scores.csv", encoding: .utf8)
    #expect(scores.split(separator: "\n").count == 62)
  }

  @Test func decisionsFromTheShellAreLoggedVerifiedAndUndone() throws {
    _ = try Program.run(["scan", dataset, "--case", casePath])
    #expect(
      try Program.run(["mark", dataset, "--case", casePath, "r7", "--poisoned", "--reviewer", "ada"]).status
        == 0)
    #expect(
      try Program.run(["mark", dataset, "--case", casePath, "-", "--clean"], input: "r1\nr2\n").status == 0)
    let log = try Program.run(["log", journal])
    #expect(log.output.split(separator: "\n").count == 2)
    #expect(log.output.contains("ada") && log.output.contains("poisoned") && log.output.contains("r7"))
    #expect(try Program.run(["verify", journal]).status == 0)

    #expect(try Program.run(["mark", dataset, "--case", casePath, "r7", "--undo"]).status == 0)
    #expect(try Program.run(["log", journal]).output.split(separator: "\n").count == 3)
  }

  @Test func anAlteredJournalIsNamedByLine() throws {
    _ = try Program.run(["scan", dataset, "--case", casePath])
    for id in ["r1", "r2", "r3"] {
      _ = try Program.run(["mark", dataset, "--case", casePath, id, "--clean"])
    }
    let text = try String(contentsOfFile: journal, encoding: .utf8)
    try Data(text.replacingOccurrences(of: "\"r2\"", with: "\"r4\"").utf8).write(
      to: URL(fileURLWithPath: journal))
    let outcome = try Program.run(["verify", journal])
    #expect(outcome.status == 1)
    #expect(
      (outcome.output + outcome.errors).contains("line 2")
        || (outcome.output + outcome.errors).contains("line 3"))
  }

  @Test(arguments: [
    (["scan", "no-such-set"], 66), (["scan"], 64), (["scan", "--threads", "0", "x"], 64),
    (["mark", "DATASET", "r1"], 64), (["mark", "DATASET", "nobody", "--clean"], 65),
    (["mark", "DATASET", "r1", "--relabel", "z"], 64), (["log", "no-such-journal"], 66),
  ])
  func exitStatusOfTheContract(_ arguments: [String], _ status: Int) throws {
    let outcome = try Program.run(arguments.map { $0 == "DATASET" ? dataset : $0 }, in: folder.url)
    #expect(outcome.status == Int32(status), "\(outcome.errors)")
    #expect(!outcome.wasSignalled)
  }

  @Test func withoutATerminalItPrintsTheSummary() throws {
    let outcome = try Program.run([dataset])
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("60 samples"))
    #expect(!outcome.output.contains("\u{1B}"))
  }

  @Test func controlCharactersOfDataNeverReachTheTerminal() throws {
    let hostile = try folder.write(
      "evil.csv", "id,label,x\n\u{1B}[2Jr0,a\u{1B}]0;t\u{07},1\nr1,b\u{202E},2\nr2,b\u{202E},x\u{9B}1\n")
    for arguments in [["scan", hostile], ["scan", hostile, "--json"], ["scan", "./\u{1B}[2J"]] {
      let outcome = try Program.run(arguments, in: folder.url)
      #expect(!outcome.wasSignalled)
      for scalar in (outcome.output + outcome.errors).unicodeScalars where scalar != "\n" {
        #expect(scalar.value >= 0x20 && !(0x7F...0x9F).contains(scalar.value) && scalar.value != 0x202E)
      }
    }
  }

  /// What was mistyped is told by the parser of the command line, which may hold anything.
  @Test(arguments: [
    ["scan", "--\u{1B}[2J"], ["\u{1B}]0;x\u{07}", "--format", "\u{9B}2J"],
    ["scan", "x", "\u{202E}y", "\u{34F}"],
    ["export", "x", "--format", "\u{1B}[31m", "--output", "o"], ["scan", "--seed", "a\r\u{1B}c", "x"],
    ["mark", "x", "\u{1B}[2J"],
  ])
  func controlCharactersOfTheCommandLineNeverReachTheTerminal(_ arguments: [String]) throws {
    let outcome = try Program.run(arguments, in: folder.url)
    #expect([64, 66].contains(outcome.status) && outcome.output.isEmpty && !outcome.errors.isEmpty)
    for scalar in outcome.errors.unicodeScalars where scalar != "\n" {
      #expect(scalar.value >= 0x20 && !(0x7F...0x9F).contains(scalar.value))
      #expect(!scalar.properties.isDefaultIgnorableCodePoint && scalar.properties.generalCategory != .format)
    }
  }

  @Test func helpAndVersionGoToStandardOutput() throws {
    for arguments in [["--help"], ["export", "--help"], ["--version"], ["help", "scan"]] {
      let outcome = try Program.run(arguments)
      #expect(outcome.status == 0 && outcome.errors.isEmpty && outcome.output.hasSuffix("\n"))
    }
    #expect(try Program.run(["--help"]).output.contains("\n  export "))
  }

  /// `head` goes away once it has what it wants: no mistake, and nothing to be said.
  @Test(arguments: [
    "log J", "verify J", "export DATASET --format csv --output o", "scan DATASET --json", "--help",
  ])
  func aReaderThatGoesAwayEndsTheCommandQuietly(_ command: String) throws {
    _ = try Program.run(["scan", dataset, "--case", casePath])
    let ids = (0..<60).map { "r\($0)\n" }.joined()
    for _ in 0..<3 {
      #expect(
        try Program.run(["mark", dataset, "--case", casePath, "-", "--clean", "--note", ids], input: ids)
          .status
          == 0)
    }
    let words = command.replacingOccurrences(of: "J", with: "'\(journal)'")
      .replacingOccurrences(of: "DATASET", with: "'\(dataset)'")
    // The reader is gone before the command begins.
    let line = "{ sleep 0.3; '\(Program.path.path)' \(words); echo $? >&2; } | true"
    let outcome = try Program.run(
      ["-c", line], in: folder.url, program: URL(fileURLWithPath: "/bin/bash"))
    #expect(outcome.errors == "0\n")
  }

  @Test func aCheckThatDoesNotHoldIsToldByTheStatusAlsoWhereNobodyReads() throws {
    let broken = try folder.write("broken.jsonl", "{}\n")
    let line = "{ sleep 0.3; '\(Program.path.path)' verify '\(broken)'; echo $? >&2; } | true"
    let outcome = try Program.run(["-c", line], program: URL(fileURLWithPath: "/bin/bash"))
    #expect(outcome.errors == "1\n")
  }
}
