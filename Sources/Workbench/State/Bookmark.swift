/// A place to return to: a screen, and where it is of samples the list and the sample.
package struct Bookmark: Sendable, Equatable, Codable {
  /// `Context` by its name.
  package var screen: String
  /// Nil on screens that are not of samples.
  package var queue: ViewMemory.Queue?

  package init(screen: String, queue: ViewMemory.Queue? = nil) {
    self.screen = screen
    self.queue = queue
  }
}
