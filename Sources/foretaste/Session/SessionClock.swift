import Foundation

/// The wall clock at the start plus monotonic time: it tells the day and never steps back within a session.
struct SessionClock {
  private let wall = currentMilliseconds()
  private let start = ContinuousClock.now

  func now() -> Int64 { wall + Int64(start.duration(to: .now).seconds * 1000) }
}
