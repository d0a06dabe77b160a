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

  /// Reads lines on all cores.
  static func read(_ lines: ArraySlice<UnsafeRawBufferPointer>) -> ContiguousArray<ReadLine> {
    ContiguousArray(unsafeUninitializedCapacity: lines.count) { buffer, count in
      nonisolated(unsafe) let (lines, results) = (lines, buffer)
      let tasks = (lines.count + linesPerTask - 1) / linesPerTask
      DispatchQueue.concurrentPerform(iterations: tasks) { task in
        for line in task * linesPerTask..<min(lines.count, (task + 1) * linesPerTask) {
          results.initializeElement(at: line, to: ReadLine(lines[lines.startIndex + line]))
        }
      }
      count = lines.count
    }
  }
}
