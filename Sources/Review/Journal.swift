import Glibc
import Model

package struct JournalError: Error, CustomStringConvertible, Equatable {
  package enum Kind: Sendable {
    case notFound, invalid
    /// The journal cannot be opened for writing.
    case cannotWrite
    /// A decision could not be appended; the writer takes no more.
    case notSaved
    /// Somebody else holds the journal's lock; to be tried again.
    case busy
  }
  package let kind: Kind
  package let path: String
  package let message: String

  package init(kind: Kind, path: String, message: String) {
    self.kind = kind
    self.path = path
    self.message = message
  }

  package var description: String {
    displayText("\(path): \(kind == .notSaved || kind == .busy ? "NOT saved: " : "")\(message)")
  }
}

package enum Journal {
  /// - Throws: `JournalError` when the file is not there or cannot be read; what is wrong inside is in `problems`.
  package static func read(path: String) throws(JournalError) -> JournalContents {
    try JournalFile(reading: path).contents()
  }

  /// What does not exist is empty. What is there and cannot be reached (a link to nothing, a folder without permission)
  /// is an error: decisions may stand in it.
  package static func readIfPresent(path: String) throws(JournalError) -> JournalContents {
    var status = stat()
    if lstat(path, &status) != 0 {
      guard errno == ENOENT else { throw JournalError(kind: .invalid, path: path, message: systemMessage()) }
      return JournalContents()
    }
    do {
      return try read(path: path)
    } catch  where error.kind == .notFound {
      throw JournalError(kind: .invalid, path: path, message: "is a link to nothing")
    }
  }

  /// Of bytes in memory.
  package static func parse(_ bytes: UnsafeRawBufferPointer) -> JournalContents {
    var scanner = JournalScanner()
    let taken = scanner.take(bytes)
    return scanner.finish(rest: UnsafeRawBufferPointer(rebasing: bytes[taken...]))
  }

  /// Writes `decisions` as a new journal (0600) with a chain of its own, on stable storage when it returns.
  /// - Throws: `JournalError` when the file is there already or cannot be written.
  package static func write(_ decisions: [Decision], toNew path: String) throws(JournalError) {
    var head = Digest.zero
    var next: UInt64 = 1
    // Numbers change where a decision has other parts now.
    var numbers: [UInt64: UInt64] = [:]
    try SideFile.create(path) { (file) throws(JournalError) in
      for var decision in decisions {
        numbers[decision.sequence] = next
        decision.sequence = next
        if case .undo(let old) = decision.act { decision.act = .undo(numbers[old] ?? old) }
        let encoded = JournalCodec.encode(decision, prev: head)
        try file.write(encoded.bytes)
        head = encoded.hashes.last ?? head
        next += UInt64(encoded.hashes.count)
      }
    }
  }
}

/// The error of the last call, in words.
func systemMessage() -> String { String(cString: strerror(errno)) }
