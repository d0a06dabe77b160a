/// The one line above the status line.
package struct Messages: Sendable, Equatable {
  package enum Weight: Sendable, Equatable { case note, warning, error }
  package private(set) var text: String?
  package private(set) var weight = Weight.note
  /// How often something was said that is more than a note: what stops a macro.
  private(set) var refusals = 0

  /// Text must have passed `displayText` where it holds data. An error stays until Esc; others until the next.
  mutating func say(_ text: String, _ weight: Weight = .note) {
    if weight != .note { refusals += 1 }
    if self.weight == .error, self.text != nil, weight != .error { return }
    self.text = text
    self.weight = weight
  }

  mutating func dismiss() {
    text = nil
    weight = .note
  }

  /// Notes and warnings are gone with the next command; errors are not.
  mutating func fade() { if weight != .error { dismiss() } }
}
