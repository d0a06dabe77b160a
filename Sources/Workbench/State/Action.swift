import Review
import Screen

/// All that can happen to the workbench. Times are milliseconds since 1970 UTC, from a clock that never steps
/// back within a session (the wall clock at the start plus monotonic time).
package enum Action: Sendable {
  /// Once, before anything else: starts the first summary of the case.
  case started(at: Int64)
  case key(Key, at: Int64)
  /// Text between bracketed-paste marks. Goes into an open prompt and nowhere else: pasted text never decides.
  case paste(String)
  case resized(ScreenSize)
  /// The frame of the present state has been handed to the terminal. A verdict within 60 ms of the first
  /// frame of a sample is ignored: nobody has seen it. Where this action never comes (scripts) no key is.
  case painted(at: Int64)
  /// The decision is on the disk, with its sequence number; `after` are those that others appended to the same
  /// journal since the last one, which stand before it.
  case saved(Decision, after: [Decision])
  case saveFailed(SaveFailure)
  /// The decisions of a journal that was not written here, which count from now on.
  case trusted([Decision])
  /// The answer to `Effect.work` of the same generation; others are ignored.
  case workDone(generation: Int, WorkResult)
  /// The answer to `Effect.read`, or a part of it.
  case samplesRead(SampleValues)
  /// The answer to `Effect.identify`.
  case identified(Decision.SampleReference)
  /// How much of the work that runs is done, from 0 to 1.
  case progressed(Double)
  /// The journals beside one's own as they are now.
  case besideRead([BesideJournal])
  /// Paths that begin as the one that was asked about; folders end in a slash.
  case pathCompleted(String, [String])
  /// A macro that is played may go on.
  case nextKey
  /// No key has come for a moment.
  case rested
  /// What an effect has to say: "wrote 512 ids to drop.txt", or why it failed.
  case notice(String, isError: Bool)
}

/// Why a decision is not on the disk.
package struct SaveFailure: Sendable, Equatable {
  package var reason: String
  /// Nothing has been written and the same decision may be taken again; otherwise the session turns read-only.
  package var canBeTriedAgain: Bool
  /// The file that holds the decision and those before it.
  package var keptIn: String?
  package init(reason: String, canBeTriedAgain: Bool = false, keptIn: String? = nil) {
    self.reason = reason
    self.canBeTriedAgain = canBeTriedAgain
    self.keptIn = keptIn
  }
}
