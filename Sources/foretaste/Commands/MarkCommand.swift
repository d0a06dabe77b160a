import ArgumentParser
import CaseFiles
import Formats
import Foundation
import Model
import Review
import Workbench

struct MarkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mark", abstract: "Record a decision on samples from a script.",
    discussion:
      "The ids are one decision: one line of the journal, one step of undo. '-' reads ids from standard input, one a line."
  )

  @OptionGroup var dataset: DatasetArguments
  @OptionGroup var scan: ScanArguments
  @OptionGroup var journal: JournalArguments
  @Argument(help: "Sample ids.") var ids: [String] = []
  @Flag(help: "Mark them as poisoned.") var poisoned = false
  @Flag(help: "Mark them as clean.") var clean = false
  @Flag(help: "Mark them as unsure.") var unsure = false
  @Option(help: "Relabel them as this class.") var relabel: String?
  @Flag(help: "The class of --relabel may be one that no sample has yet.") var newClass = false
  @Option(help: "Put a tag on them: one short word.") var tag: String?
  @Option(help: "Take a tag off them.") var untag: String?
  @Flag(help: "Undo the last standing decision on each.") var undo = false
  @Option(help: "A note that stands with the decision.") var note: String?

  func validate() throws {
    let chosen = [poisoned, clean, unsure, relabel != nil, tag != nil, untag != nil, undo].count { $0 }
    if chosen != 1 {
      throw ValidationError(
        "Give one of --poisoned, --clean, --unsure, --relabel LABEL, --tag WORD, --untag WORD, --undo.")
    }
    if let word = tag ?? untag, let objection = Tags.objection(to: word) {
      throw ValidationError("--tag '\(word)': \(objection).")
    }
    if ids.isEmpty { throw ValidationError("Give sample ids, or '-' to read them from standard input.") }
  }

  mutating func run() throws {
    let opened = try CaseRunner(dataset: dataset, scan: scan).open()
    try opened.checkCurrent(dataset.dataset)
    let marker = try Marker(opened: opened, dataset: dataset, journal: journal, note: note)
    let wanted = try readIDs()
    let saved: [Decision]
    if undo {
      saved = try marker.undo(wanted)
    } else if let word = tag ?? untag {
      saved = try marker.tag(wanted, word, isSet: tag != nil)
    } else {
      saved = try marker.mark(wanted, as: verdict(for: opened))
    }
    try StandardOutput.write(saved.map { JournalLog.line(for: $0) + "\n" }.joined())
  }

  private func verdict(for opened: OpenedCase) throws -> Verdict {
    if poisoned { return .poisoned }
    if clean { return .clean }
    guard let relabel else { return .unsure }
    let classes = opened.report.facts.classes
    if !newClass, let known = ClassChoice.meant(relabel, among: classes) { return .relabel(known) }
    guard classes.isEmpty || newClass else {
      throw Failure(
        ExitStatus.usage,
        "--relabel \(relabel): no sample has this class; there are \(classes.prefix(20).joined(separator: ", ")); "
          + "--new-class makes it one")
    }
    return .relabel(relabel)
  }

  private func readIDs() throws -> [String] {
    guard ids == ["-"] else { return ids }
    var lines: [String] = []
    while let line = readLine(strippingNewline: true) {
      if !line.isEmpty { lines.append(line) }
    }
    if lines.isEmpty { throw Failure(ExitStatus.noInput, "standard input: no ids") }
    return lines
  }
}
