import Foundation
import TestSupport
import Testing

/// Two reviewers on one dataset with the real program, and a session that is played again.
@Suite struct BesideTests {
  let folder: ScratchFolder
  let dataset: String

  init() throws {
    folder = try ScratchFolder()
    let rows = (0..<60).map { "r\($0),\($0 % 2 == 0 ? "a" : "b"),\($0 % 7),\($0 % 11)" }
    dataset = try folder.write("rows.csv", (["id,label,x,y"] + rows).joined(separator: "\n") + "\n")
    #expect(try run("scan", dataset, "--quiet").status == 0)
  }

  func run(_ arguments: String...) throws -> Program.Outcome {
    try Program.run(arguments, state: folder.url.path)
  }

  func path(_ name: String) -> String { folder.url.appending(path: name).path }

  func play(_ script: String, _ options: String...) throws -> Program.Outcome {
    try Program.run(
      ["play", try folder.write("script-\(UUID().uuidString)", script), dataset] + options,
      state: folder.url.path)
  }

  /// Verdict word and sample of each line of a journal.
  func log(_ journal: String) throws -> [String] {
    try run("log", journal).output.split(separator: "\n").map {
      $0.split(separator: " ").dropFirst(3).joined(separator: " ")
    }
  }

  @Test func disputesBlockAnExportUntilSomebodyAdjudicates() throws {
    let (ada, bob) = (path("ada.jsonl"), path("bob.jsonl"))
    #expect(
      try run("mark", dataset, "r1", "r2", "--poisoned", "--reviewer", "ada", "--journal", ada).status == 0)
    #expect(
      try run("mark", dataset, "r2", "r3", "--clean", "--reviewer", "bob", "--journal", bob).status == 0)
    func export(_ name: String) throws -> Program.Outcome {
      try run(
        "export", dataset, "--format", "drop-list", "--output", path(name), "--journal", ada, "--journal", bob
      )
    }
    let refused = try export("no")
    #expect(refused.status == 65 && refused.errors.contains("1 disputed sample: r2"))
    let played = try play(
      "A\n:screen disputes\n:write drop-list \(path("early"))<Enter>\n:screen early\n<Esc>p=\n"
        + ":write drop-list \(path("mine"))<Enter>\n:screen done",
      "--reviewer", "ada", "--journal", ada, "--beside", bob, "--size", "120x40")
    #expect(played.status == 0, "\(played.errors)")
    #expect(played.output.contains("disputed") && played.output.contains("Cohen's kappa"))
    #expect(played.output.contains("1 disputed sample: r2"))
    #expect(try log(ada).last == "poisoned r2 settles bob clean")
    #expect(try export("yes").status == 0)
    for name in ["mine", "yes"] {
      #expect(try String(contentsOfFile: path(name), encoding: .utf8) == "r1\nr2\n")
    }
    // Bob was not heard on what he says now.
    #expect(try run("mark", dataset, "r2", "--unsure", "--reviewer", "bob", "--journal", bob).status == 0)
    #expect(try export("again").status == 65)
  }

  @Test func aJournalBesideIsReadAsItGrows() throws {
    let (ada, bob) = (path("ada.jsonl"), path("bob.jsonl"))
    #expect(try run("mark", dataset, "r2", "--clean", "--reviewer", "bob", "--journal", bob).status == 0)
    let pty = try Pty(height: 24, width: 120)
    defer { pty.hangUp() }
    let review = try ReviewInTerminal(
      dataset, in: folder, on: pty, options: ["--journal", ada, "--reviewer", "ada", "--beside", bob])
    _ = try #require(pty.take(until: "what next"), "the dashboard never came")
    #expect(
      try run("mark", dataset, "r3", "r4", "--clean", "--reviewer", "bob", "--journal", bob).status == 0)
    _ = try #require(pty.take(until: "1 more decision in bob.jsonl"))
    // A second instance on one journal is told how to work beside it.
    let second = try play("Q\n:screen", "--journal", ada, "--size", "200x60")
    // Wherever a long path breaks the line.
    #expect(
      second.output.filter { !$0.isWhitespace }
        .contains("--journalFILEbeginsoneofyourown,--beside\(ada)shows"))
    pty.type("gq")
    review.process.waitUntilExit()
    #expect(review.process.terminationStatus == 0)
  }

  @Test func aJournalBesideThatIsNotThereOrOnesOwnIsRefused() throws {
    #expect(try play("Q", "--beside", path("none.jsonl")).status == 66)
    let ada = path("ada.jsonl")
    #expect(try run("mark", dataset, "r1", "--clean", "--journal", ada).status == 0)
    #expect(try play("Q", "--journal", ada, "--beside", ada).status == 64)
  }

  @Test func aTranscriptIsPlayedToTheSameJournal() throws {
    let (first, second, keys) = (path("first.jsonl"), path("second.jsonl"), path("session.keys"))
    let script =
      "Q<Enter>pcsiseen<Enter>tcrop<Enter>uq\n&label = a<Enter>*gcy\nMapjM3@a:sort id<Enter>rb<Enter>\n"
      + ":write transcript \(keys)<Enter>\n:screen"
    let played = try play(script, "--journal", first, "--size", "120x40")
    #expect(played.output.contains("wrote a transcript of"))
    let again = try run("play", keys, dataset, "--journal", second)
    #expect(again.status == 0, "\(again.errors)")
    #expect(try log(first) == log(second))
    #expect(try log(first).count > 8)
    // It is not written over.
    let third = try play(script, "--journal", path("third.jsonl"), "--size", "120x40")
    #expect(third.output.contains("is there already"))
  }

  @Test func tagsFromTheShellAreInTheTables() throws {
    #expect(try run("mark", dataset, "r1", "r2", "--tag", "crop").status == 0)
    #expect(try run("mark", dataset, "r1", "--poisoned").status == 0)
    #expect(try run("mark", dataset, "r2", "--tag", "ask").status == 0)
    #expect(try run("mark", dataset, "r2", "--tag", "two words").status == 64)
    #expect(
      try run("export", dataset, "--format", "csv", "--output", path("t.csv")).output.hasPrefix(
        "wrote 1 decision and 1 tagged sample without one"))
    let rows = try String(contentsOfFile: path("t.csv"), encoding: .utf8).split(whereSeparator: \.isNewline)
      .dropFirst()
    #expect(
      rows.map { $0.split(separator: ",", omittingEmptySubsequences: false).last.map(String.init) } == [
        "crop", "ask crop",
      ])
    #expect(rows.last?.contains(",tagged,") == true)
    #expect(try run("mark", dataset, "r2", "--untag", "crop").status == 0)
    #expect(try run("export", dataset, "--format", "jsonl", "--output", path("t.jsonl")).status == 0)
    let text = try String(contentsOfFile: path("t.jsonl"), encoding: .utf8)
    #expect(text.contains("\"tags\":[\"ask\"]") && text.contains("\"tags\":[\"crop\"]"))
  }
}
