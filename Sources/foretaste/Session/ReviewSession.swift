import CaseFiles
import Formats
import Foundation
import Model
import Review
import Screen
import Workbench

/// What a session works on, opened once: the case, its samples, the journal. The same under a terminal and in a
/// script; what differs is who sends the keys and looks at the frames.
struct ReviewSession {
  let opened: OpenedCase
  let dataset: DatasetArguments
  let reviewer: String
  let material: CaseMaterial
  let journal: SessionJournal
  let userState: UserState

  init(
    opened: OpenedCase, dataset: DatasetArguments, journal: JournalArguments, readOnly: Bool
  ) throws {
    self.opened = opened
    self.dataset = dataset
    reviewer = journal.reviewerName
    userState = UserState()
    material = CaseMaterial(
      report: opened.report, payloads: try opened.payloads(at: dataset.dataset, options: opened.options),
      version: toolVersion)
    self.journal = try SessionJournal(
      journal.journal(of: opened, payloads: material.payloads, known: userState.knownJournals),
      reviewer: reviewer, readOnly: readOnly, userState: userState)
  }

  func state(
    capabilities: Capabilities, background: Theme.Background, size: ScreenSize, memory: ViewMemory?
  ) -> State {
    State(
      material: material, review: journal.review, reviewer: reviewer, readOnlyReason: journal.readOnlyReason,
      untrusted: journal.untrusted, capabilities: capabilities, background: background, size: size,
      memory: memory)
  }

  /// Carries out what has to do with files; nil for what belongs to a terminal or a worker.
  func perform(_ effect: Effect) -> Action? {
    switch effect {
    case .append(let decision): return journal.append(decision)
    case .trust: return .trusted(journal.trust())
    case .export(let format, let path): return exporting(format, path)()
    case .copy(let text, let isQuoted):
      do {
        let how = isQuoted ? " (quoted for a shell: it holds characters that cannot be shown)" : ""
        return .notice(
          "copied \(text)\(how); it is also in \(try userState.writeCopied(text))", isError: false)
      } catch {
        return .notice("cannot copy: \(error.localizedDescription)", isError: true)
      }
    case .work, .cancelWork, .saveView, .redraw, .suspend, .quit: return nil
    }
  }

  /// The session ends.
  /// - Parameter interruption: the signal that ended it, if one did.
  /// - Throws: `Failure` where something that was decided is not saved, whatever ended the session.
  func end(interrupted interruption: Interrupted? = nil) throws {
    journal.close()
    if let loss = journal.loss {
      throw Failure(ExitStatus.ioError, (interruption == nil ? "" : "ended by a signal; ") + loss)
    }
    if let interruption { throw interruption }
  }

  /// An export of the decisions as they stand now, which may run beside the session.
  func exporting(_ format: ExportFormat, _ path: String) -> @Sendable () -> Action {
    if let refusal = journal.refusal { return { .notice("nothing was written: \(refusal)", isError: true) } }
    let loss = journal.loss
    let exporter = Exporter(
      opened: opened, dataset: dataset.dataset, payloads: material.payloads,
      journals: [journal.current].compactMap(\.self))
    return {
      do {
        let told = try exporter.export(format, to: path)
        return loss.map { .notice("\(told); not in it: \($0)", isError: true) }
          ?? .notice(told, isError: false)
      } catch {
        return .notice(ExitReport.message(of: error), isError: true)
      }
    }
  }
}
