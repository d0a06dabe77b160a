/// An attack that a scan would not see, and why.
package struct CoverageGap: Sendable, Equatable {
  /// What would go unnoticed, e.g. "bursts in time".
  package var attack: String
  /// What is missing, e.g. "needs times".
  package var reason: String
  package init(attack: String, reason: String) {
    self.attack = attack
    self.reason = reason
  }
}
