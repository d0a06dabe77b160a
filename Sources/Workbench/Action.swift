import Review
import Screen

/// All that can happen to the workbench. Times are milliseconds since 1970 UTC, from a clock that never steps
/// back within a session (the wall clock at the start plus monotonic time).
package enum Action: Sendable {
  /// Once, before anything else: starts the first survey of the case.
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
  /// It is not, and the session turns read-only.
  case saveFailed(reason: String)
  /// The answer to `Effect.work` of the same generation; others are ignored.
  case workDone(generation: Int, WorkResult)
  /// What an effect has to say: "wrote 512 ids to drop.txt", or why it failed.
  case notice(String, isError: Bool)
}
