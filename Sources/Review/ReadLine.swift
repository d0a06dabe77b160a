import Dispatch
import Model

/// A line of a journal as it was read by itself; whether it follows the line before it is not known yet.
struct ReadLine {
  let line: Result<JournalLine, any Error>
  let hash: Digest
  /// In bytes, without the line feed.
  let length: Int

  init(_ bytes: UnsafeRawBufferPointer) {
    line = Result { try LineReader.read(bytes) }
    hash = SHA256.digest(of: bytes)
    length = bytes.count
  }

  private static let linesPerTask = 128

  /// Reads lines on all cores, then hands them over in order until `body` returns false.
  static func read(
    _ lines: ArraySlice<UnsafeRawBufferPointer>, _ body: (consuming ReadLine) -> Bool
  ) {
    withUnsafeTemporaryAllocation(of: ReadLine.self, capacity: lines.count) { results in
      nonisolated(unsafe) let (lines, results) = (lines, results)
      let tasks = (lines.count + linesPerTask - 1) / linesPerTask
      DispatchQueue.concurrentPerform(iterations: tasks) { task in
        for line in task * linesPerTask..<min(lines.count, (task + 1) * linesPerTask) {
          results.initializeElement(at: line, to: ReadLine(lines[lines.startIndex + line]))
        }
      }
      // Moved out, not copied: a line holds a dozen references, and this part runs on one core.
      var next = 0
      while next < lines.count {
        next += 1
        guard body(results.moveElement(from: next - 1)) else { break }
      }
      results[next..<lines.count].deinitialize()
    }
  }
}
