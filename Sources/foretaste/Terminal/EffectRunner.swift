import CaseFiles
import Formats
import Foundation
import Model
import Review
import Screen
import Workbench

/// Does what `update` asks for and gives back what came of it as actions: the journal, the worker, exports, files.
final class EffectRunner {
  let worker = Worker()
  private let opened: OpenedCase
  private let dataset: DatasetArguments
  private let journalPath: String
  private let reviewer: String
  private var isReadOnly: Bool
  private var writer: JournalWriter?

  init(opened: OpenedCase, dataset: DatasetArguments, journal: JournalArguments, readOnly: Bool) throws {
    self.opened = opened
    self.dataset = dataset
    journalPath = journal.path(inCase: dataset.casePath)
    reviewer = journal.reviewerName
    isReadOnly = readOnly
    if !readOnly { writer = try JournalWriter(path: journalPath) }
  }

  deinit { worker.close() }

  func milliseconds() -> Int64 { currentMilliseconds() }
}
