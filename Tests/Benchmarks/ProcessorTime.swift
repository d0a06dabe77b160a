import Glibc
import Scanning
import Synchronization

/// Processor time of this process, which other work on the machine does not lengthen as it does the time of day.
enum ProcessorTime {
  /// Seconds of all threads, in the program and in the kernel.
  static var now: Double {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
    return seconds(usage.ru_utime) + seconds(usage.ru_stime)
  }
}

/// Processor seconds of each stage of a scan, told apart by what its progress says.
final class StageMeter: Sendable {
  private struct State {
    var stages: [(name: String, processor: Double)] = []
    var open: (name: String, since: Double)?
  }
  private let state = Mutex(State())

  func see(_ progress: ScanProgress) {
    let now = ProcessorTime.now
    state.withLock { state in
      if state.open?.name == progress.stage { return }
      if let open = state.open { state.stages.append((open.name, now - open.since)) }
      state.open = (progress.stage, now)
    }
  }

  var stages: [(name: String, processor: Double)] { state.withLock { $0.stages } }
}
