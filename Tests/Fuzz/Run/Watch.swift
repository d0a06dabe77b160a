import Foundation
import Synchronization

/// Runs the targets in processes and says what became of them.
struct Watch {
  let options: Options

  /// - Returns: whether nothing was found.
  func runAll() -> Bool {
    let isSound = Mutex(true)
    let waiting = Mutex(options.targets[...])
    DispatchQueue.concurrentPerform(iterations: ProcessInfo.processInfo.activeProcessorCount) { _ in
      while let target = waiting.withLock({ $0.popFirst() }) {
        let (line, isFine) = run(target)
        isSound.withLock {
          print(line)
          $0 = $0 && isFine
        }
      }
    }
    return isSound.withLock { $0 }
  }

  private func run(_ target: String) -> (line: String, isFine: Bool) {
    let folder = FileManager.default.temporaryDirectory.appending(path: "fuzz-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    let page = folder.appending(path: "page").path
    process.arguments = [
      "--run", page, "--seconds", "\(options.seconds)", "--seed", "\(options.seed)", "--seeds", options.seeds,
      target,
    ]
    // What a target writes goes with the folder, also when it is killed.
    process.environment = ProcessInfo.processInfo.environment.merging(
      ["TMPDIR": folder.path, "SWIFT_BACKTRACE": "enable=no"]
    ) { $1 }
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try process.run()
    } catch { return ("\(target): cannot be run: \(error)", false) }
    process.waitUntilExit()
    guard let shared = Page(path: page) else { return ("\(target): cannot be watched", false) }
    let count = "\(target): \(shared.executions) inputs"
    guard process.terminationReason == .uncaughtSignal else {
      return (count, process.terminationStatus == 0 && shared.executions > 0)
    }
    let signal = process.terminationStatus
    let reason = signal == SIGALRM ? "over 10 seconds" : "signal \(signal)"
    return ("\(count), then \(reason) at \(keep(shared.input, target))", false)
  }

  /// - Returns: the path of the file that holds the input.
  private func keep(_ input: UnsafeRawBufferPointer, _ target: String) -> String {
    let path = "\(options.finds)/\(target)"
    do {
      try FileManager.default.createDirectory(atPath: options.finds, withIntermediateDirectories: true)
      try Data(input).write(to: URL(fileURLWithPath: path))
      return path
    } catch { return "an input that cannot be kept: \(Data(input).base64EncodedString())" }
  }
}
