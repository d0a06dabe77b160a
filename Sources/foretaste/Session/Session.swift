import CaseFiles
import Formats
import Foundation
import Model
import Review
import Screen
import Workbench

/// What a session works on, opened once: the case, its samples, the journal. The same under a terminal and in a
/// script; what differs is who sends the keys and looks at the frames.
struct Session {
  let opened: OpenedCase
  let dataset: DatasetArguments
  let reviewer: String
  let material: CaseMaterial
  let journal: SessionJournal
  let userState = UserState()

  init(
    opened: OpenedCase, dataset: DatasetArguments, journal: JournalArguments, readOnly: Bool
  ) throws {
    self.opened = opened
    self.dataset = dataset
    reviewer = journal.reviewerName
    material = CaseMaterial(
      report: opened.report, payloads: try opened.payloads(at: dataset.dataset, options: dataset.options),
      version: toolVersion)
    self.journal = try SessionJournal(path: journal.path(inCase: dataset.casePath), readOnly: readOnly)
  }

  func state(
    capabilities: Capabilities, background: Theme.Background, size: ScreenSize, memory: ViewMemory?
  ) -> State {
    State(
      material: material, review: journal.review, reviewer: reviewer, readOnlyReason: journal.readOnlyReason,
      capabilities: capabilities, background: background, size: size, memory: memory)
  }

  /// Carries out what has to do with files; nil for what belongs to a terminal or a worker.
  func perform(_ effect: Effect) -> Action? {
    switch effect {
    case .append(let decision):
      do {
        let (saved, others) = try journal.append(decision)
        return .saved(saved, after: others)
      } catch {
        return .saveFailed(reason: error.message)
      }
    case .export(let format, let path): return export(format, path)
    case .copy(let text):
      do {
        return .notice("copied \(text); it is also in \(try userState.writeCopied(text))", isError: false)
      } catch {
        return .notice("cannot copy: \(error.localizedDescription)", isError: true)
      }
    case .work, .cancelWork, .saveView, .redraw, .suspend, .quit: return nil
    }
  }

  private func export(_ format: String, _ path: String) -> Action {
    .notice("export of \(format) to \(path) is not here yet", isError: true)
  }
}
