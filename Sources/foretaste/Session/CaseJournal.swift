import CaseFiles
import Foundation
import Model
import Review

/// The journal that a command reads or writes for a case, and what counts of it.
struct CaseJournal {
  let path: String
  private let caseFolder: String
  /// Name of the journal in which decisions on the case were begun, as case.json has it.
  private let begun: String?
  /// The person has named it: what stands in it is wanted.
  private let isNamed: Bool
  /// The person takes it as it is.
  private let isTrusted: Bool
  private let known: KnownJournals
  private let names: CurrentNames

  /// - Parameter named: a path from the command line; nil for the journal of the case.
  init(
    of opened: OpenedCase, payloads: any PayloadSource, named: String?, isTrusted: Bool, known: KnownJournals
  ) {
    path = named ?? CaseFolder.journalPath(in: opened.path)
    caseFolder = opened.path
    begun = opened.journalName
    isNamed = named != nil
    self.isTrusted = isTrusted
    self.known = known
    names = CurrentNames(report: opened.report, payloads: payloads)
  }

  /// Decisions that stand in it, on the ids that the samples have now.
  func decisions(_ decisions: [Decision]) -> [Decision] { names.renamed(decisions) }

  /// What stands in it and counts.
  /// - Throws: where it is gone, does not hold, or holds what was not written here. Half a decision at the end is said
  ///   on standard error: it was never shown as saved.
  func read() throws -> JournalContents {
    // A journal that a person names must be there.
    let contents = try isNamed ? Journal.read(path: path) : Journal.readIfPresent(path: path)
    for problem in contents.problems where problem.isTornTail {
      StandardError.write("foretaste: \(displayText("\(path): \(problem)"))\n")
    }
    try refuse(refusal(of: contents))
    if let news = news(in: contents) {
      StandardError.write("foretaste: \(displayText("\(path): \(news)"))\n")
    }
    return contents
  }

  /// Why nothing may be handed on by what stands in it; nil where it counts.
  /// - Parameter countsStrangers: the person has taken what others wrote.
  func refusal(of contents: JournalContents, countsStrangers: Bool = false) -> String? {
    if let problem = contents.problems.first(where: { !$0.isTornTail }) {
      return "\(path): the journal does not hold: \(problem); see foretaste verify"
    }
    if let loss = loss(in: contents) { return loss }
    return countsStrangers
      ? nil
      : strangers(in: contents).map { "\(path): \($0); --trust counts them, --journal FILE names another" }
  }

  /// What was appended to a journal of this user's since it was last used here, by reviewer; nil where that is nothing.
  func news(in contents: JournalContents) -> String? {
    guard !isNamed, !isTrusted, let added = known.added(to: contents), !added.isEmpty else { return nil }
    return
      "\(counted(added.count, "decision")) (\(reviewers(of: added))) came in since you last used it"
  }

  /// What an export goes by; nil where nothing was ever decided in the case's own journal.
  func reviewed(_ contents: JournalContents, isCounted: Bool = true) -> ReviewedJournal? {
    guard isNamed || contents.first != nil else { return nil }
    return ReviewedJournal(
      path: path, decisions: decisions(contents.decisions), head: contents.head.hex, isCounted: isCounted)
  }

  /// - Parameter patience: milliseconds to wait where others write.
  /// - Throws: what `read` throws, before anything is written.
  func writer(patience: Int) throws -> JournalWriter {
    try refuse(loss(in: Journal.readIfPresent(path: path)))
    return try JournalWriter(path: path, linksWithin: caseFolder, patience: patience)
  }

  /// Appends; the first decision in the case's own journal is noted in case.json before it is written, so that the
  /// journal's absence can be told from its loss.
  func append(_ decision: Decision, to writer: inout JournalWriter) throws(JournalError) -> Decision {
    if writer.decisions.isEmpty, isOfCase {
      do {
        try CaseFolder.noteJournal(name, in: caseFolder, patience: writer.patience)
      } catch {
        throw JournalError(
          kind: error.kind == .busy ? .busy : .notSaved, path: path, message: ExitReport.message(of: error))
      }
    }
    // Before it is written: a process that is killed in between leaves a journal that is known as this user's.
    return try writer.append(decision) { try? known.remember(first: $0, head: $1) }
  }

  /// - Returns: nil, or why the journal will count as somebody else's the next time.
  func remember(_ contents: JournalContents) -> String? {
    do {
      try known.remember(contents)
      return nil
    } catch {
      return "cannot keep that this journal is yours (\(error.localizedDescription)): name it with --journal"
    }
  }

  /// Whose decisions stand in it that no session of this user has written; nil where there are none, or where the
  /// person has named or trusted it.
  func strangers(in contents: JournalContents) -> String? {
    guard !isNamed, !isTrusted, !contents.decisions.isEmpty, !known.knows(contents) else { return nil }
    let count = contents.decisions.count
    return
      "\(counted(count, "decision")) (\(reviewers(of: contents.decisions[...]))) not written by you: not counted"
  }

  /// "ada 12, bob 3"
  private func reviewers(of decisions: ArraySlice<Decision>) -> String {
    let all = Decision.reviewers(of: decisions)
    return all.prefix(5).map { "\($0.name) \($0.decisions)" }.joined(separator: ", ")
      + (all.count > 5 ? ", …" : "")
  }

  private func loss(in contents: JournalContents) -> String? {
    guard !isTrusted, isOfCase, name == begun, contents.decisions.isEmpty else { return nil }
    return
      "\(path): its decisions are no longer there; restore it, or begin a new one with --trust"
  }

  private func refuse(_ reason: String?) throws {
    if let reason { throw Failure(ExitStatus.dataError, reason) }
  }

  private var name: String { path.split(separator: "/").last.map(String.init) ?? path }

  private var isOfCase: Bool {
    let folder = path.contains("/") ? String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)]) : "."
    func resolved(_ path: String) -> String { URL(fileURLWithPath: path).resolvingSymlinksInPath().path }
    return resolved(folder.isEmpty ? "/" : folder) == resolved(caseFolder)
  }
}
