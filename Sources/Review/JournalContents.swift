import Model

/// What a journal holds: the decisions of its longest valid prefix, and what is wrong behind it.
package struct JournalContents: Sendable {
  package internal(set) var decisions: [Decision] = []
  package internal(set) var problems: [JournalProblem] = []
  package internal(set) var end = End()
  /// Hash of the first line, by which a journal is known wherever it lies; nil for an empty one.
  package internal(set) var first: Digest?
  /// The first bytes of the hash of each line of the valid prefix.
  var lineHashes: ContiguousArray<UInt64> = []

  /// Where the valid prefix ends.
  package struct End: Sendable, Equatable {
    /// Bytes of the prefix, its last line feed included: all whole decisions.
    package internal(set) var bytes = 0
    /// Where its last line begins.
    var lastLine = 0
    /// Hash of that line, which the next line's `prev` must hold.
    package internal(set) var hash = Digest.zero
  }

  /// The hash of the last line that counts: with it anyone can tell later that nothing was cut off or altered.
  package var head: Digest { end.hash }

  package init() {}

  /// The number that the next line must have.
  var nextSequence: UInt64 { UInt64(lineHashes.count) + 1 }

  /// What follows the line with this hash; nil where no such line stands in the valid prefix. Where one does, all before it
  /// is what it was when the line was written.
  package func decisions(after hash: Digest) -> ArraySlice<Decision>? {
    guard let line = lineHashes.lastIndex(of: hash.prefix) else { return nil }
    // Lines and decisions are both numbered by line; a decision in parts has the number of its first.
    return decisions[(decisions.lastIndex { $0.sequence <= UInt64(line) + 1 }.map { $0 + 1 } ?? 0)...]
  }
}

/// What is wrong with one line of a journal.
package struct JournalProblem: Sendable, Equatable, CustomStringConvertible {
  struct Reason: Error {
    let text: String
    init(_ text: String) { self.text = text }
  }
  /// From 1.
  package let line: Int
  package let reason: String
  /// The last decision was cut off: it was never shown as saved.
  package let isTornTail: Bool
  package var description: String { "line \(line): \(reason)" }
}
