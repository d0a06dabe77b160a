/// The one line above the status line.
package struct Messages: Sendable, Equatable {
  package enum Weight: Sendable, Equatable { case note, warning, error }
  package private(set) var text: String?
  package private(set) var weight = Weight.note

  /// Text must have passed `displayText` where it holds data. An error stays until Esc; others until the next.
  mutating func say(_ text: String, _ weight: Weight = .note) {
    if self.weight == .error, self.text != nil, weight != .error { return }
    self.text = text
    self.weight = weight
  }

  mutating func dismiss() {
    text = nil
    weight = .note
  }

  /// A note is gone with the next key; warnings and errors are not.
  mutating func fade() { if weight != .error { dismiss() } }
}
