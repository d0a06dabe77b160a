import Foundation
import TestSupport
import Testing

/// What the program says of a journal that is gone, out of reach, foreign or damaged.
@Suite struct JournalCommandTests {
  let folder: ScratchFolder
  let dataset: String
  var journal: String { dataset + ".case/review.jsonl" }

  init() throws {
    folder = try ScratchFolder()
    let rows = (0..<60).map { "r\($0),\($0 % 2 == 0 ? "a" : "b"),\($0 % 7),\($0 % 11)" }
    dataset = try folder.write("rows.csv", (["id,label,x,y"] + rows).joined(separator: "\n") + "\n")
    #expect(try run("scan", dataset, "--quiet").status == 0)
  }

  func run(_ arguments: String...) throws -> Program.Outcome {
    try Program.run(arguments, state: folder.url.path)
  }

  func export(_ name: String, _ options: String...) throws -> Program.Outcome {
    try Program.run(
      ["export", dataset, "--format", "drop-list", "--output", folder.url.appending(path: name).path]
        + options,
      state: folder.url.path)
  }

  @Test func aJournalThatIsLostIsNotEmpty() throws {
    #expect(try export("none").status == 0, "nothing was decided yet")
    #expect(try run("mark", dataset, "r1", "r3", "--poisoned").status == 0)
    let bytes = try Data(contentsOf: URL(fileURLWithPath: journal))
    for loss in ["removed", "emptied", "a link to nothing", "a folder"] {
      unlink(journal)
      rmdir(journal)
      switch loss {
      case "emptied": try Data().write(to: URL(fileURLWithPath: journal))
      case "a link to nothing":
        try FileManager.default.createSymbolicLink(atPath: journal, withDestinationPath: "/nowhere")
      case "a folder":
        try FileManager.default.createDirectory(atPath: journal, withIntermediateDirectories: false)
      default: break
      }
      let refused = try export("lost")
      #expect(refused.status == 65 && refused.output.isEmpty, "\(loss): \(refused.errors)")
      #expect(try run("mark", dataset, "r5", "--clean").status != 0, "\(loss)")
    }
    rmdir(journal)
    #expect(try export("without", "--trust").status == 0)
    try bytes.write(to: URL(fileURLWithPath: journal))
    #expect(try export("back").status == 0)
    #expect(
      try String(contentsOfFile: folder.url.appending(path: "back").path, encoding: .utf8) == "r1\nr3\n")
  }

  @Test func decisionsOfAJournalFromElsewhereCountWhenTheyAreTrusted() throws {
    #expect(try run("mark", dataset, "r1", "r3", "--clean", "--reviewer", "mallory").status == 0)
    let other = try ScratchFolder()
    func elsewhere(_ arguments: [String]) throws -> Program.Outcome {
      try Program.run(arguments, state: other.url.path)
    }
    let output = other.url.appending(path: "list").path
    let list = ["export", dataset, "--format", "csv", "--output", output]
    let refused = try elsewhere(list)
    #expect(refused.status == 65 && refused.errors.contains("1 decision (mallory 1)"))
    #expect(try elsewhere(["mark", dataset, "r5", "--poisoned"]).status == 65)
    let script = try folder.write("keys", "Qp\n:screen before\ngt\n:screen after\np\n")
    let played = try elsewhere(["play", script, dataset])
    let screens = played.output.components(separatedBy: "== after")
    #expect(screens[0].contains("NOT TRUSTED") && screens[0].contains("P 0 C 0"))
    #expect(screens.last?.contains("P 0 C 2") == true)
    // Trusted once and continued, it is known.
    #expect(try elsewhere(list).status == 0)
    // Cut back to before what was seen, it is another journal.
    let lines = try String(contentsOfFile: journal, encoding: .utf8).split(separator: "\n")
    #expect(lines.count == 2)
    try (lines[0] + "\n").write(toFile: journal, atomically: false, encoding: .utf8)
    #expect(try elsewhere(["mark", dataset, "r5", "--poisoned"]).status == 65)
  }

  /// A session hands nothing on either: what is lost, broken or of others would let the poison through.
  @Test(arguments: ["removed", "emptied", "read-only", "altered", "of others"])
  func noSessionExportsByAJournalThatDoesNotCount(_ event: String) throws {
    for id in ["r1", "r3", "r5"] { #expect(try run("mark", dataset, id, "--poisoned").status == 0) }
    var options: [String] = []
    var state = folder.url.path
    switch event {
    case "removed": unlink(journal)
    case "read-only":
      unlink(journal)
      options = ["--read-only"]
    case "emptied": try Data().write(to: URL(fileURLWithPath: journal))
    case "altered":
      let text = try String(contentsOfFile: journal, encoding: .utf8)
      try text.replacing("\"r3\"", with: "\"r4\"").write(toFile: journal, atomically: false, encoding: .utf8)
    default: state = folder.url.appending(path: "another").path
    }
    let output = folder.url.appending(path: "clean.csv").path
    let script = try folder.write("keys", "<Esc>:write clean \(output)<Enter>\n:screen end\n")
    let played = try Program.run(["play", script, dataset] + options, state: state)
    #expect(played.output.contains("nothing was written"), "\(played.output)")
    #expect(!FileManager.default.fileExists(atPath: output))
    // What is wrong is said at the start.
    let start = try Program.run(
      ["play", try folder.write("start", ":screen start\n"), dataset] + options, state: state)
    let words = ["altered": "altered", "of others": "not written by you"][event] ?? "no longer there"
    #expect(start.output.contains(words), "\(start.output)")
  }

  /// Decisions that others appended to one's own journal are said, by reviewer.
  @Test func whatOthersAppendedIsSaid() throws {
    #expect(try run("mark", dataset, "r1", "--poisoned").status == 0)
    let other = folder.url.appending(path: "another").path
    let mark = ["mark", dataset, "r3", "r5", "--poisoned", "--reviewer", "vendor", "--trust"]
    #expect(try Program.run(mark, state: other).status == 0)
    let exported = try export("list")
    #expect(exported.status == 0 && exported.errors.contains("1 decision (vendor 1) came in since"))
    let script = try folder.write("keys", ":screen start\n")
    #expect(try run("play", script, dataset).output.contains("1 decision (vendor 1) came in since"))
    // The session has seen it.
    #expect(try export("again").errors.isEmpty)
  }

  /// Somebody holds the lock of the journal, or of the folder that the case lies in: the decision is not saved, which is
  /// also the last word.
  @Test(arguments: [true, false]) func whatIsRefusedForALockIsNotCalledSaved(_ isOfJournal: Bool) throws {
    if isOfJournal { #expect(try run("mark", dataset, "r1", "--poisoned").status == 0) }
    let holder = open(isOfJournal ? journal : folder.url.path, O_RDONLY)
    defer { close(holder) }
    let script = try folder.write("script", "Qp\n:screen end\n")
    if isOfJournal {
      // A session that cannot lock the journal at its start only looks.
      #expect(flock(holder, LOCK_EX) == 0)
      let played = try run("play", script, dataset)
      #expect(played.output.contains("READ-ONLY") && played.status == 0)
      #expect(!played.output.contains("NOT saved"), "nothing was to be saved")
    } else {
      #expect(flock(holder, LOCK_EX) == 0)
      let played = try run("play", script, dataset)
      #expect(played.status == 74 && played.errors.contains("1 decision is NOT saved"), "\(played.errors)")
      #expect(played.output.contains("holds the lock of this folder"))
      #expect(flock(holder, LOCK_UN) == 0)
      #expect(try run("play", script, dataset).status == 0)
    }
  }

  @Test func aFileThatIsNoJournalIsNotWrittenTo() throws {
    let notes = try folder.write("notes.txt", "my notes\n")
    for arguments in [
      ["mark", dataset, "r1", "--poisoned", "--journal", notes], ["log", notes], ["verify", notes],
      ["repair", notes],
    ] { #expect(try Program.run(arguments, state: folder.url.path).status != 0) }
    let link = folder.url.appending(path: "link.jsonl").path
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "made-through-a-link")
    #expect(try run("mark", dataset, "r1", "--poisoned", "--journal", link).status != 0)
    #expect(try String(contentsOfFile: notes, encoding: .utf8) == "my notes\n")
    #expect(!FileManager.default.fileExists(atPath: folder.url.appending(path: "made-through-a-link").path))
  }

  @Test func aDamagedEndIsRepaired() throws {
    #expect(try run("mark", dataset, "r1", "--poisoned").status == 0)
    let handle = try #require(FileHandle(forWritingAtPath: journal))
    try handle.seekToEnd()
    try handle.write(contentsOf: Data([0, 0, 0, 10]))
    #expect(try run("verify", journal).status == 1)
    let refused = try run("mark", dataset, "r3", "--poisoned")
    #expect(refused.status == 65 && refused.errors.contains("foretaste repair"))
    let repaired = try run("repair", dataset + ".case")
    #expect(repaired.status == 0 && repaired.output.contains("1 decision remains; 4 bytes moved"))
    #expect(try run("verify", journal).status == 0)
    #expect(try run("mark", dataset, "r3", "--poisoned").status == 0)
    #expect(try run("log", journal).output.contains("repair: 4 bytes moved to review.jsonl.removed-1"))
    #expect(try run("repair", journal).output.contains("nothing was changed"))
  }

  /// The disk is full for the journal: nothing is called saved, all is kept where there is room, and the last word and
  /// the status say so.
  @Test func whatIsNotSavedIsKeptAndSaid() throws {
    #expect(try run("mark", dataset, "r1", "--poisoned").status == 0)
    let script = try folder.write("keys", "Q* gc y\n:screen end\n")
    // No file grows beyond eight blocks of 512 bytes, which the journal is about to.
    let limited = try Program.run(
      ["-c", "ulimit -f 8; exec \"$@\"", "sh", Program.path.path, "play", script, dataset],
      state: folder.url.path,
      program: URL(fileURLWithPath: "/bin/sh"))
    #expect(limited.status == 74 && limited.errors.contains("1 decision is NOT saved"), "\(limited.errors)")
    #expect(limited.output.contains("1 NOT SAVED") && limited.output.contains("READ-ONLY"))
    let log = try run("log", journal)
    #expect(log.status == 0 && log.output.split(separator: "\n").count == 1)
  }

  @Test func aStreamThatIsClosedAtTheStartTakesNoDecision() throws {
    for closing in ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"] {
      let marked = try Program.run(
        ["-c", "exec \"$@\" \(closing)", "sh", Program.path.path, "mark", dataset, "r1", "--poisoned"],
        state: folder.url.path, program: URL(fileURLWithPath: "/bin/sh"))
      #expect(!marked.wasSignalled)
    }
    #expect(try run("verify", journal).output.contains("4 decisions, the chain holds"))
  }
}
