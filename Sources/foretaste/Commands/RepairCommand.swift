import ArgumentParser
import CaseFiles
import Foundation
import Model
import Review

struct RepairCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "repair", abstract: "Repair a journal whose end is damaged.",
    discussion: """
      Everything from the first line that does not hold on is moved to a file beside the journal, and a line is \
      appended that says so. What stands before it is not touched. Nothing is done to a journal that holds.
      """)

  @Argument(help: "A review journal, or a case folder with one.", completion: .file()) var path: String
  @Option(help: "Reviewer's name for the repair (default: the user's).") var reviewer: String?

  mutating func run() throws {
    let journal = JournalPath(path)
    let outcome = try JournalRepair.run(
      path: journal.path, reviewer: reviewer ?? ProcessInfo.processInfo.userName, at: currentMilliseconds(),
      isKnownJournal: journal.isOfCase, linksWithin: journal.caseFolder)
    guard let outcome else {
      return try StandardOutput.write(displayText("\(journal.path): holds; nothing was changed") + "\n")
    }
    let sentence =
      "\(journal.path): \(counted(outcome.decisions, "decision remains", "decisions remain")); \(counted(outcome.removed.bytes, "byte")) moved to \(outcome.side)"
      + (outcome.readableLines > 0
        ? "; \(counted(outcome.readableLines, "line of it reads as a decision that follows", "lines of it read as decisions that follow")) no sound line: decide again what they say"
        : "")
    try StandardOutput.write(displayText(sentence) + "\n")
  }
}

/// A journal as it is named on the command line: a file, or the case folder that it lies in.
struct JournalPath {
  let path: String
  /// The case that it lies in, if it does.
  let caseFolder: String?

  init(_ given: String) {
    var isFolder: ObjCBool = false
    let isThere = FileManager.default.fileExists(atPath: given, isDirectory: &isFolder)
    path = isThere && isFolder.boolValue ? CaseFolder.journalPath(in: given) : given
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    caseFolder = FileManager.default.fileExists(atPath: folder + "/case.json") ? folder : nil
  }

  /// The journal that a case keeps.
  var isOfCase: Bool {
    caseFolder.map { URL(fileURLWithPath: CaseFolder.journalPath(in: $0)) == URL(fileURLWithPath: path) }
      ?? false
  }
}
