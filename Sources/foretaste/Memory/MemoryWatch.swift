import CSpill
import Formats
import Foundation
import Memory
import Synchronization

/// Looks again and again how much memory the process has, and gives pages of spilled arrays and of mapped files back where it
/// is more than the budget: those of files come to be in memory by being read, whoever reads them.
final class MemoryWatch: Sendable {
  private let isStopped = Atomic<Bool>(false)
  /// More bytes than come to be in memory in a microsecond: some are read in one, and this thread may have to wait.
  private static let bytesPerMicrosecond = 50_000
  /// Microseconds between two looks.
  private static let pause = 500...20_000

  init(_ budget: MemoryBudget) {
    let limit = budget.size.bytes / 10 * 8
    // Those of the program itself can be given back too, and are needed again at once.
    let own = ProcessMemory.now.ofFiles
    let minOfFiles = own + budget.size.bytes / 20
    Thread.detachNewThread { [self] in
      while !isStopped.load(ordering: .relaxed) {
        let now = ProcessMemory.now
        if now.resident > limit, now.ofFiles > minOfFiles {
          cspill_release()
          MappedFile.forgetAllPages()
        }
        let room = max(budget.size.bytes - now.resident, budget.size.bytes - limit)
        let pause = room / Self.bytesPerMicrosecond
        usleep(UInt32(min(max(pause, Self.pause.lowerBound), Self.pause.upperBound)))
      }
    }
  }

  func stop() { isStopped.store(true, ordering: .relaxed) }
}
