import Glibc
import Model

/// Makes a journal usable again whose end no reader accepts, as after a power cut.
package enum JournalRepair {
  package struct Outcome: Sendable {
    /// The file that holds what was removed.
    package let side: String
    package let removed: Decision.Removed
    /// How many decisions remain.
    package let decisions: Int
    /// How many of the lines that were removed read as a decision, or a part of one, that no longer follows the chain.
    package let readableLines: Int
  }

  /// Moves everything from the first line that no reader accepts on to a file beside the journal, and appends a line
  /// that says so. What stands before it is not touched.
  /// - Parameter isKnownJournal: the file is a journal by its place, whatever its first line is.
  /// - Returns: nil when there is nothing to repair.
  /// - Throws: `JournalError`; then nothing was moved, or the moved part stands in both files.
  package static func run(
    path: String, reviewer: String, at: Int64, isKnownJournal: Bool, linksWithin folder: String? = nil
  ) throws(JournalError) -> Outcome? {
    var status = stat()
    guard lstat(path, &status) == 0 else {
      throw JournalError(kind: .notFound, path: path, message: systemMessage())
    }
    let repaired: (path: String, removed: Decision.Removed, decisions: Int, readableLines: Int)
    do {
      let file = try JournalFile(appendingTo: path, linksWithin: folder)
      switch FileLock.take(file.descriptor, patience: 5000) {
      case .held: break
      case .busy(let holder):
        throw JournalError(kind: .busy, path: path, message: "\(holder) holds the lock; try again")
      case .failed(let reason, _): throw JournalError(kind: .cannotWrite, path: path, message: reason)
      }
      let contents = try file.contents()
      guard !contents.problems.isEmpty else { return nil }
      guard contents.end.bytes > 0 || isKnownJournal else {
        throw JournalError(
          kind: .invalid, path: path, message: "is no review journal: its first line is no decision")
      }
      let tail = try file.bytes(in: contents.end.bytes..<file.size())
      let readable = tail.split(separator: UInt8(ascii: "\n")).count { line in
        line.withUnsafeBytes { (try? LineReader.read($0)) != nil }
      }
      let (side, removed) = try file.moveTail(from: contents.end.bytes, to: "\(path).removed")
      repaired = (side, removed, contents.decisions.count, readable)
    }
    var writer = try JournalWriter(path: path, linksWithin: folder)
    _ = try writer.append(Decision(at: at, reviewer: reviewer, samples: [], act: .repair(repaired.removed)))
    return Outcome(
      side: repaired.path, removed: repaired.removed, decisions: repaired.decisions,
      readableLines: repaired.readableLines)
  }
}
