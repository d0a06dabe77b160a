import CaseFiles
import Formats
import Foundation
import Model
import Review

/// Decisions from the shell: the same journal lines as the workbench writes.
struct Marker {
  private let opened: OpenedCase
  private let payloads: any PayloadSource
  private let journal: CaseJournal
  private let reviewer: String
  private let note: String?
  private let rowOf: [String: Int]

  init(opened: OpenedCase, dataset: DatasetArguments, journal: JournalArguments, note: String?) throws {
    self.opened = opened
    self.note = note
    payloads = try opened.payloads(at: dataset.dataset, options: opened.options)
    self.journal = journal.journal(
      of: opened, payloads: payloads, known: UserState().knownJournals)
    reviewer = journal.reviewerName
    rowOf = Dictionary(zip(opened.report.ids, 0...), uniquingKeysWith: { first, _ in first })
  }

  /// One decision over all of `ids`.
  func mark(_ ids: [String], as verdict: Verdict) throws -> [Decision] {
    try append(.verdict(verdict), on: ids)
  }

  /// A word on all of `ids`, or off them.
  func tag(_ ids: [String], _ word: String, isSet: Bool) throws -> [Decision] {
    try append(.tag(word, isSet: isSet), on: ids)
  }

  private func append(_ act: Decision.Act, on ids: [String]) throws -> [Decision] {
    let samples = try ids.map { id in
      guard let row = rowOf[id] else { throw Failure(ExitStatus.dataError, "no sample has the id \(id)") }
      return Decision.SampleReference(id: id, digest: payloads.contentDigest(at: row))
    }
    return try append { _ in [(act, samples)] }
  }

  /// Undoes the last standing decision on each of `ids`; a bulk decision is undone once, for all its samples.
  func undo(_ ids: [String]) throws -> [Decision] {
    try append { review in
      var sequences: [UInt64] = []
      for id in ids {
        guard let decision = review.standingDecision(on: id) else {
          throw Failure(ExitStatus.dataError, "no decision stands on the sample \(id)")
        }
        if !sequences.contains(decision.sequence) { sequences.append(decision.sequence) }
      }
      return sequences.map { (.undo($0), []) }
    }
  }

  private func append(
    _ acts: (ReviewState) throws -> [(act: Decision.Act, samples: [Decision.SampleReference])]
  ) throws -> [Decision] {
    var writer = try journal.writer(patience: 10_000)
    if let strangers = journal.strangers(in: writer.contents) {
      throw Failure(
        ExitStatus.dataError,
        "\(journal.path): \(strangers); --trust counts them, --journal FILE names another")
    }
    if let news = journal.news(in: writer.contents) {
      StandardError.write("foretaste: \(displayText("\(journal.path): \(news)"))\n")
    }
    let saved = try acts(ReviewState(journal.decisions(writer.decisions))).map { act, samples in
      let decision = Decision(
        at: currentMilliseconds(), reviewer: reviewer, samples: samples, act: act, note: note)
      do throws(JournalError) {
        return try journal.append(decision, to: &writer)
      } catch {
        guard error.kind == .notSaved else { throw error }
        let kept = UserState().keep(writer.decisions + [decision], of: journal.path)
        throw JournalError(
          kind: .notSaved, path: error.path, message: "\(error.message); \(UserState.place(ofKept: kept))")
      }
    }
    if let warning = journal.remember(writer.contents) {
      StandardError.write("foretaste: \(displayText(warning))\n")
    }
    return saved
  }
}

/// Milliseconds since 1970 UTC.
func currentMilliseconds() -> Int64 { Int64(Date().timeIntervalSince1970 * 1000) }
