import Foundation
import Synchronization

/// One line on standard error that says which stage runs and how far it is; only on a terminal, only once half a
/// second has gone by.
final class ProgressBar: Sendable {
  private struct Line {
    var drawnAt = Date.distantPast
    var isVisible = false
  }
  private let line = Mutex(Line())
  private let startedAt = Date()
  private let isEnabled: Bool

  init(quiet: Bool) { isEnabled = !quiet && StandardError.isTerminal }

  /// - Parameter fraction: 0...1 of this stage.
  func update(stage: String, fraction: Double) {
    guard isEnabled else { return }
    line.withLock { line in
      let now = Date()
      guard now.timeIntervalSince(startedAt) > 0.5, now.timeIntervalSince(line.drawnAt) > 0.1 else { return }
      let width = 24
      let filled = Int(Double(width) * min(1, max(0, fraction)))
      let bar = String(repeating: "=", count: filled) + String(repeating: ".", count: width - filled)
      let name = stage.padding(toLength: 28, withPad: " ", startingAt: 0)
      StandardError.write("\r[\(bar)] \(Int(fraction * 100).formatted(width: 3))% \(name)")
      line.drawnAt = now
      line.isVisible = true
    }
  }

  /// Takes the line away before a result is printed.
  func finish() {
    line.withLock { line in
      if line.isVisible { StandardError.write("\r" + String(repeating: " ", count: 64) + "\r") }
      line.isVisible = false
    }
  }
}
