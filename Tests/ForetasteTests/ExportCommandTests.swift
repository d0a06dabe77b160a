import Foundation
import TestSupport
import Testing

/// `export` on the real binary: what it says and how it ends.
@Suite struct ExportCommandTests {
  let folder: ScratchFolder
  let dataset: String

  init() throws {
    folder = try ScratchFolder()
    dataset = try folder.write("t.csv", "id,label,x\na,0,1\n\u{1B}[2Jb,1,2\nc,0,3\n")
  }

  func run(_ arguments: String...) throws -> Program.Outcome { try Program.run(arguments, in: folder.url) }

  @Test func decisionsBecomeALeanerDataset() throws {
    #expect(try run("mark", "t.csv", "a", "--poisoned").status == 0)
    let outcome = try run("export", "t.csv", "--format", "clean", "--output", "clean.csv")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let head = try run("verify", "t.csv.case").output.split(separator: " ").last ?? ""
    #expect(head.count == 65, "64 digits and the end of the line")
    #expect(
      outcome.output
        == "wrote 2 of 3 samples to clean.csv; 1 poisoned left out; journal t.csv.case/review.jsonl: 1 decision, head \(head)"
    )
    #expect(
      try String(contentsOf: folder.url.appending(path: "clean.csv"), encoding: .utf8)
        == "id,label,x\n\u{1B}[2Jb,1,2\nc,0,3\n")
  }

  /// Lines that were left out of the scan are not in the copy, and change the numbers of the rows behind them.
  @Test func linesThatWereSkippedAreSaid() throws {
    _ = try folder.write("bad.csv", "id,label,x\na,0,1\nbroken\nb,1,2\nc,0,3\n")
    #expect(try run("mark", "bad.csv", "b", "--poisoned", "--skip-bad-lines").status == 0)
    let clean = try run("export", "bad.csv", "--skip-bad-lines", "--format", "clean", "--output", "clean.csv")
    #expect(clean.output.contains("not in it either: the 1 line that could not be read"), "\(clean.errors)")
    let rows = try run(
      "export", "bad.csv", "--skip-bad-lines", "--format", "drop-list", "--by", "row", "--output", "rows")
    #expect(rows.output.contains("rows are counted without the 1 line that could not be read"))
    #expect(try String(contentsOf: folder.url.appending(path: "rows"), encoding: .utf8) == "1\n")
  }

  @Test func severalJournalsAreMergedAndADisputeIsNamed() throws {
    let id = "\u{1B}[2Jb"
    #expect(try run("mark", "t.csv", id, "--poisoned", "--reviewer", "ada", "--journal", "1").status == 0)
    #expect(try run("mark", "t.csv", "a", "--poisoned", "--reviewer", "bob", "--journal", "2").status == 0)
    let merged = ["export", "t.csv", "--format", "drop-list", "--journal", "1", "--journal", "2", "--output"]
    let output = try Program.run(merged + ["drop"], in: folder.url).output
    #expect(output.hasPrefix("wrote 2 ids to drop; journal 1: 1 decision, head "))
    #expect(output.contains("; journal 2: 1 decision, head "))
    #expect(try run("mark", "t.csv", id, "--clean", "--reviewer", "bob", "--journal", "2").status == 0)
    let refused = try Program.run(merged + ["drop2"], in: folder.url)
    #expect(refused.status == 65)
    #expect(refused.errors.hasPrefix("foretaste: 1 disputed sample: <1B>[2Jb: "))
    #expect(!FileManager.default.fileExists(atPath: folder.url.appending(path: "drop2").path))
  }

  @Test func withoutAJournalItIsSaid() throws {
    let outcome = try run("export", "t.csv", "--format", "keep-list", "--by", "row", "--output", "keep")
    #expect(outcome.output == "wrote 3 row indices to keep; no journal: nothing was decided\n")
    #expect(
      try String(contentsOf: folder.url.appending(path: "keep"), encoding: .utf8) == "0\n1\n2\n")
  }

  /// On the screen and on the command line: labels that are still wrong, and what applies the relabels.
  @Test func relabelsThatAreNotAppliedAreSaid() throws {
    #expect(try run("mark", "t.csv", "c", "--relabel", "1").status == 0)
    let wrong = "1 label is still wrong: the relabels in "
    let outcome = try run("export", "t.csv", "--format", "clean", "--output", "clean.csv")
    #expect(outcome.output.contains(wrong) && outcome.output.contains("the format corrected applies them"))
    let script = try folder.write("script", "Q:write clean screen.csv<Enter>\n:screen\n")
    let screen = try run("play", script, "t.csv").output
      .replacingOccurrences(of: "\n", with: " ").split(separator: " ").joined(separator: " ")
    #expect(screen.contains(wrong) && screen.contains("the format corrected applies them"))
    #expect(screen.contains("journal t.csv.case/review.jsonl: 1 decision, head "))
    #expect(
      try run("export", "t.csv", "--format", "corrected", "--output", "right.csv").output.contains(
        "; 1 label corrected;"))
    #expect(
      try String(contentsOf: folder.url.appending(path: "right.csv"), encoding: .utf8)
        == "id,label,x\na,0,1\n\u{1B}[2Jb,1,2\nc,1,3\n")
  }

  @Test(arguments: [
    (["--format", "csv", "--output", "o", "--by", "row"], 64),
    (["--format", "csv", "--output", "t.csv"], 73), (["--format", "csv", "--output", "no/such/place"], 73),
    (["--format", "csv", "--output", "/dev/full"], 73), (["--format", "soup", "--output", "o"], 64),
    (["--format", "csv", "--output", "o", "--journal", "none"], 66), (["--format", "csv"], 64),
  ])
  func exitStatusOfTheContract(_ arguments: [String], _ status: Int) throws {
    let outcome = try Program.run(["export", "t.csv"] + arguments, in: folder.url)
    #expect(outcome.status == Int32(status) && !outcome.wasSignalled, "\(outcome.errors)")
  }

  /// The limit on the size of files stands for a full disk; both show as a failed write.
  @Test func aFailedWriteLeavesNothingBehind() throws {
    let rows = (0..<3000).map { "sample-with-a-long-name-\($0),0,\($0 % 7)\n" }.joined()
    _ = try folder.write("big.csv", "id,label,x\n" + rows)
    #expect(try run("scan", "big.csv", "--quiet").status == 0)
    let command = "ulimit -f 8; exec '\(Program.path.path)' export big.csv --format keep-list --output keep"
    let outcome = try Program.run(
      ["-c", command], in: folder.url, program: URL(fileURLWithPath: "/bin/bash"))
    #expect(outcome.status == 74 && !outcome.wasSignalled, "\(outcome.errors)")
    #expect(outcome.errors.hasPrefix("foretaste: keep: "))
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.url.path).filter { $0.hasPrefix("keep") }
        == [])
  }

  @Test func aReaderThatHasGoneIsNoSignal() throws {
    let command = "'\(Program.path.path)' export t.csv --format csv --output o | true; exit ${PIPESTATUS[0]}"
    let outcome = try Program.run(
      ["-c", command], in: folder.url, program: URL(fileURLWithPath: "/bin/bash"))
    #expect(outcome.status == 0 || outcome.status == 74)
  }

  @Test func aBrokenJournalIsNotExported() throws {
    for id in ["a", "c"] { #expect(try run("mark", "t.csv", id, "--clean").status == 0) }
    let journal = folder.url.appending(path: "t.csv.case/review.jsonl")
    let text = try String(contentsOf: journal, encoding: .utf8)
    try Data(text.replacingOccurrences(of: "\"a\"", with: "\"b\"").utf8).write(to: journal)
    let outcome = try run("export", "t.csv", "--format", "csv", "--output", "o")
    #expect(outcome.status == 65 && outcome.errors.contains("line 2"))
  }
}

/// Hostile files through the real binary.
@Suite struct HostileFileTests {
  static let inputs: [(name: String, bytes: [UInt8], status: Int32)] = [
    ("deep.json", [UInt8](repeating: UInt8(ascii: "["), count: 100_000), 65),
    ("deep.jsonl", Array((String(repeating: "{\"a\":", count: 50_000) + "\n").utf8), 65),
    ("pickle.npy", npy("|O", "(1,)", Array("cposix\nsystem\n(S'touch PICKLE_WAS_EXECUTED'\ntR.".utf8)), 65),
    ("huge.npy", npy("<f4", "(1000000000, 100000)", [0, 0, 0, 0]), 65),
    ("overflow.npy", npy("<f4", "(4611686018427387904, 4)", [0, 0, 0, 0]), 65),
    ("escapes.csv", Array("id,label,\u{1B}]0;x\u{07}\n\u{9B}2J,0,\u{202E}1\nb,\u{1B}[2J,2\n".utf8), 0),
    ("name\u{1B}[2J\nnewline.csv", Array("id,label,x\na,0,1\nb,1,2\n".utf8), 0),
    ("-rf --help.csv", Array("id,label,x\na,0,1\nb,1,2\n".utf8), 0),
    ("quote.csv", Array("id,label\na,0\n\"b,1\n".utf8), 65),
    ("nul.csv", Array("id,label,x\na\0,0,1\n".utf8), 0),
    ("wide.csv", Array(("id,label" + String(repeating: ",x", count: 100_000) + "\n").utf8), 65),
  ]

  static func npy(_ descr: String, _ shape: String, _ data: [UInt8]) -> [UInt8] {
    let dict = "{'descr': '\(descr)', 'fortran_order': False, 'shape': \(shape), }\n"
    return [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(dict.utf8.count), 0] + Array(dict.utf8) + data
  }

  @Test(arguments: inputs.indices)
  func scanMarkAndExportEndWell(_ index: Int) throws {
    let input = Self.inputs[index]
    let folder = try ScratchFolder()
    try Data(input.bytes).write(to: folder.url.appending(path: input.name))
    let path = "./" + input.name
    let scan = try Program.run(["scan", path, "--quiet"], in: folder.url)
    #expect(scan.status == input.status, "\(scan.errors)")
    let runs =
      [scan]
      + (try [
        ["mark", path, "a", "--clean", "--note", "\u{1B}[2J"],
        ["export", path, "--format", "clean", "--output", "\u{1B}[2Jclean"],
        ["export", path, "--format", "csv", "--output", "table"],
      ].map { try Program.run($0, in: folder.url) })
    for run in runs {
      #expect(!run.wasSignalled && [0, 64, 65, 66].contains(run.status), "\(run.errors)")
      #expect(run.status == 0 || run.errors.count { $0 == "\n" } == 1)
      for scalar in (run.output + run.errors).unicodeScalars where scalar != "\n" {
        #expect(scalar.value >= 0x20 && !(0x7F...0x9F).contains(scalar.value) && scalar.value != 0x202E)
      }
    }
    #expect(!FileManager.default.fileExists(atPath: folder.url.appending(path: "PICKLE_WAS_EXECUTED").path))
  }
}
