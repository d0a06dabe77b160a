import CSpill
import Foundation
import Synchronization

/// Looks fifty times a second how much memory the process has, and gives pages of spilled arrays back where it is more than
/// the budget.
final class MemoryWatch: Sendable {
  private let isStopped = Atomic<Bool>(false)

  init(_ budget: MemoryBudget) {
    let limit = budget.size.bytes / 10 * 8
    Thread.detachNewThread { [self] in
      while !isStopped.load(ordering: .relaxed) {
        if cspill_bytes() > 0, Self.resident > limit { cspill_release() }
        usleep(20_000)
      }
    }
  }

  func stop() { isStopped.store(true, ordering: .relaxed) }

  /// Bytes of the process that are in memory now.
  private static var resident: Int {
    let text = FileManager.default.contents(atPath: "/proc/self/statm").map {
      String(decoding: $0, as: UTF8.self)
    }
    let pages = text?.split(separator: " ").dropFirst().first.flatMap { Int($0) }
    return (pages ?? 0) * Int(sysconf(Int32(_SC_PAGESIZE)))
  }
}
