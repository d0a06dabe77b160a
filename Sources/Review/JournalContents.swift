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

  /// Whether the line with this hash stands in the valid prefix: then all before it is what it was when the line was
  /// written.
  package func holds(line hash: Digest) -> Bool { lineHashes.contains(hash.prefix) }

  /// How many decisions each reviewer took, the most first; undone ones included.
  package var reviewers: [(name: String, decisions: Int)] {
    var counts: [String: Int] = [:]
    for decision in decisions { counts[decision.reviewer, default: 0] += 1 }
    return counts.sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }.map {
      (name: $0.key, decisions: $0.value)
    }
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
