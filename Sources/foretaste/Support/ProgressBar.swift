import Foundation
import Synchronization

/// One line on standard error that says which stage runs and how far it is; only on a terminal, only once half a
/// second has gone by.
final class ProgressBar: Sendable {
  private struct Line {
    var drawnAt = Date.distantPast
    var isVisible = false
    var isFinished = false
    /// Fractions begin anew with each kind of work: reading, then scanning.
    var fraction = 0.0
    var workBeganAt = Date()
  }
  private let line = Mutex(Line())
  private let startedAt = Date()
  private let isEnabled: Bool

  init(quiet: Bool) { isEnabled = !quiet && StandardError.isTerminal }

  /// - Parameters:
  ///   - fraction: 0...1 of this kind of work.
  ///   - amount: what is worked on.
  func update(stage: String, fraction: Double, amount: String = "") {
    guard isEnabled else { return }
    line.withLock { line in
      let now = Date()
      if fraction < line.fraction - 0.5 { line.workBeganAt = now }
      line.fraction = fraction
      guard !line.isFinished, now.timeIntervalSince(startedAt) > 0.5,
        now.timeIntervalSince(line.drawnAt) > 0.1
      else { return }
      let text = ProgressLine.text(
        stage: stage, fraction: fraction, amount: amount, seconds: now.timeIntervalSince(line.workBeganAt))
      StandardError.write("\r" + text)
      line.drawnAt = now
      line.isVisible = true
    }
  }

  /// Takes the line away before a result is printed; it does not come back.
  func finish() {
    line.withLock { line in
      if line.isVisible {
        StandardError.write("\r" + String(repeating: " ", count: ProgressLine.width) + "\r")
      }
      line.isVisible = false
      line.isFinished = true
    }
  }
}
