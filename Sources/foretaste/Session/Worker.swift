import Foundation
import Synchronization
import Workbench

/// One slot of long work beside the main thread: the newest request wins, the one that runs is asked to stop.
/// A descriptor becomes readable when a result waits, so that the event loop can sleep on it.
final class Worker: Sendable {
  private struct Mailbox {
    var waiting: (generation: Int, request: WorkRequest)?
    var answers: [Action] = []
    var isClosed = false
  }
  private let mailbox = Mutex(Mailbox())
  /// Work of an older generation is no longer wanted.
  private let wanted = Atomic<Int>(0)
  private let work = DispatchSemaphore(value: 0)
  /// What `run` was given and is not done.
  private let jobs = DispatchGroup()
  private let pipe = Pipe()

  private let samples: CaseSamples

  init(_ samples: CaseSamples) {
    self.samples = samples
    for end in [pipe.fileHandleForReading, pipe.fileHandleForWriting] {
      _ = fcntl(end.fileDescriptor, F_SETFL, O_NONBLOCK)
    }
    let thread = Thread { [self] in run() }
    thread.stackSize = 8 << 20
    thread.name = "worker"
    thread.start()
  }

  /// Readable while results wait.
  var wakeDescriptor: Int32 { pipe.fileHandleForReading.fileDescriptor }

  func submit(_ request: WorkRequest, generation: Int) {
    wanted.store(generation, ordering: .sequentiallyConsistent)
    mailbox.withLock { $0.waiting = (generation, request) }
    work.signal()
  }

  /// What runs and what waits is no longer wanted.
  func cancel() {
    wanted.store(-1, ordering: .sequentiallyConsistent)
    mailbox.withLock { $0.waiting = nil }
  }

  /// Work that nothing supersedes: an export that was asked for is finished.
  func run(_ job: @escaping @Sendable () -> Action) {
    jobs.enter()
    Thread.detachNewThread { [self] in
      answer(job())
      jobs.leave()
    }
  }

  /// Looks again and again beside the main thread until the slot ends; what it finds is an answer.
  func watch(everyMilliseconds pause: UInt32, _ look: @escaping @Sendable () -> Action?) {
    Thread.detachNewThread { [self] in
      while true {
        usleep(pause * 1000)
        if mailbox.withLock({ $0.isClosed }) { return }
        if let action = look() { answer(action) }
      }
    }
  }

  /// An answer to be taken when its turn comes.
  func post(_ action: Action) { answer(action) }

  /// The answers since the last call; those to superseded requests are dropped.
  func takeAnswers() -> [Action] {
    var bytes = [UInt8](repeating: 0, count: 64)
    while read(wakeDescriptor, &bytes, bytes.count) == bytes.count {}
    return mailbox.withLock { box in
      defer { box.answers = [] }
      return box.answers
    }
  }

  /// Whether something that `run` was given is not done.
  var hasJobs: Bool { jobs.wait(timeout: .now()) == .timedOut }

  /// Ends the slot; what `run` was given goes on while the program does.
  func close() {
    cancel()
    mailbox.withLock { $0.isClosed = true }
    work.signal()
  }

  private func run() {
    while true {
      work.wait()
      let next = mailbox.withLock { box in
        defer { box.waiting = nil }
        return box.isClosed ? nil : box.waiting
      }
      guard let next else {
        if mailbox.withLock({ $0.isClosed }) { return }
        continue
      }
      let isStale: @Sendable () -> Bool = { [self] in wanted.load(ordering: .relaxed) != next.generation }
      let result = next.request.run(on: samples, isCancelled: isStale)
      guard !isStale() else { continue }
      answer(.workDone(generation: next.generation, result))
    }
  }

  private func answer(_ action: Action) {
    mailbox.withLock { $0.answers.append(action) }
    // A full pipe is readable already.
    _ = write(pipe.fileHandleForWriting.fileDescriptor, [1], 1)
  }
}
