/// What a broken check does to the gate.
package enum Level: String, Sendable, CaseIterable {
  /// The check is not run.
  case off
  /// It is told of; the gate stays open.
  case warn
  /// The gate is closed.
  case fail
}
