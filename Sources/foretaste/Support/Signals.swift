import CaseFiles
import Foundation
import Synchronization

/// Signals of the commands that run without the workbench; the workbench's terminal has its own.
enum Signals {
  /// A closed pipe and a full quota become errors of the write instead of a silent end.
  static func ignoreBrokenPipes() {
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
  }

  /// A parent may have blocked what ends or resizes a program (a thread of a test runner does): a mask is inherited.
  static func unblock() {
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH] {
      sigaddset(&signals, number)
    }
    sigprocmask(SIG_UNBLOCK, &signals, nil)
  }

  /// From here on ^C, SIGTERM and SIGHUP end the program at once, whatever it computes, with status 130: nothing of a scan is
  /// on the disk before it is written, and what is being written is waited for (`protect`), but for exports, of which nothing
  /// stays. A second signal does not wait.
  /// - Parameter atEnd: what has to be done before, from another thread.
  static func endOnInterrupt(_ atEnd: @escaping @Sendable () -> Void = {}) {
    let isFirst = ending.withLock { ending in
      ending.append(atEnd)
      return ending.count == 1
    }
    guard isFirst else { return }
    sem_init(arrival, 0, 0)
    _ = interrupts.load(ordering: .relaxed)  // Made before a handler can need it.
    Thread.detachNewThread {
      while sem_wait(arrival) != 0 {}
      claimEnd()
      for atEnd in ending.withLock({ $0 }) { atEnd() }
      UnfinishedExports.abandon()
      StandardError.write("foretaste: interrupted\n")
      _exit(ExitStatus.interrupted)
    }
    for number in [SIGINT, SIGTERM, SIGHUP] where !isIgnored(number) {
      signal(number) { _ in
        if interrupts.add(1, ordering: .relaxed).newValue > 1 { _exit(ExitStatus.interrupted) }
        sem_post(arrival)
      }
    }
  }

  /// Who was started with a signal ignored, as by nohup, keeps it ignored.
  private static func isIgnored(_ number: Int32) -> Bool {
    var known = sigaction()
    sigaction(number, nil, &known)
    return unsafeBitCast(known.__sigaction_handler.sa_handler, to: Int.self)
      == unsafeBitCast(SIG_IGN, to: Int.self)
  }

  /// Work that leaves something on the disk: a signal ends the program after it. It should ask `checkInterrupt`.
  static func protect<Result>(_ body: () throws -> Result) rethrows -> Result {
    try unfinished.withLock(body)
  }

  /// Whoever ends the program does so alone; others who want to end it wait for that.
  static func claimEnd() { unfinished.lock() }

  static func checkInterrupt() throws {
    if interrupts.load(ordering: .relaxed) > 0 { throw CancellationError() }
  }
}

private let interrupts = Atomic<Int>(0)
private let ending = Mutex<[@Sendable () -> Void]>([])
private let unfinished = NSLock()
/// Posted by the handler, which may do next to nothing else. Unsafe: for the functions of semaphores alone, made for threads.
private nonisolated(unsafe) let arrival = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)
