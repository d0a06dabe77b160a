import Foundation
import Synchronization

/// The most private memory (pages of no file) that this process has had since the watch began.
final class PrivateMemory: Sendable {
  private let most = Atomic<Int>(0)
  private let isDone = Atomic(false)

  init() {
    Thread.detachNewThread { [self] in
      while !isDone.load(ordering: .relaxed) {
        if let now = Self.now(), now > most.load(ordering: .relaxed) { most.store(now, ordering: .relaxed) }
        usleep(2000)
      }
    }
  }

  /// In MB; ends the watch.
  func finish() -> Int {
    isDone.store(true, ordering: .relaxed)
    return most.load(ordering: .relaxed) / 1024
  }

  /// kB, as proc(5) tells it.
  private static func now() -> Int? {
    guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
      let line = status.split(separator: "\n").first(where: { $0.hasPrefix("RssAnon:") })
    else { return nil }
    return line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) }
  }
}
