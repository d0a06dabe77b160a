import CSpill
import Synchronization

/// Gives memory that a scan has freed back to the system when a stage begins: what one stage took in pieces would otherwise
/// stay with the process, beside what the next ones take.
final class FreedMemory: Sendable {
  private struct State {
    var stage = ""
    var last = ContinuousClock.now
  }
  private let state = Mutex(State())
  /// Memory that is soon needed again costs time to be given back: short stages keep it.
  private static let interval = Duration.seconds(2)

  func begin(stage: String) {
    let isDue = state.withLock { state in
      guard stage != state.stage else { return false }
      state.stage = stage
      guard state.last.duration(to: .now) >= Self.interval else { return false }
      state.last = .now
      return true
    }
    if isDue { cspill_trim() }
  }
}
