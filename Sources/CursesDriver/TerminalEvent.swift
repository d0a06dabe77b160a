import Screen

/// What woke the program.
package enum TerminalEvent: Sendable, Equatable {
  case key(Key)
  case paste(String)
  /// The size may have changed, or the screen was lost (after a suspension): draw again.
  case resized
  /// The program should end: the number of the signal. SIGINT comes from `kill` alone, since ^C is a key.
  case terminated(Int32)
  /// The descriptor that was given to `poll` is readable.
  case wake
}

/// What the caller wishes of a terminal beyond what its environment says.
package struct TerminalOptions: Sendable, Equatable {
  package var ascii: Bool
  package var noColor: Bool
  package init(ascii: Bool = false, noColor: Bool = false) {
    self.ascii = ascii
    self.noColor = noColor
  }
}
