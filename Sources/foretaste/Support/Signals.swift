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

  /// From here on ^C and SIGTERM ask running work to stop, which then ends with `CancellationError`, so that a
  /// scan leaves no half-written case. A second ^C ends at once.
  static func cancelOnInterrupt() {
    _ = interrupts.load(ordering: .relaxed)  // Made before a handler can need it.
    for number in [SIGINT, SIGTERM, SIGHUP] {
      signal(number) { _ in
        if interrupts.add(1, ordering: .relaxed).newValue > 1 { _exit(ExitStatus.interrupted) }
      }
    }
  }

  static func checkInterrupt() throws {
    if interrupts.load(ordering: .relaxed) > 0 { throw CancellationError() }
  }
}

private let interrupts = Atomic<Int>(0)
