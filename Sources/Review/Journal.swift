import Foundation
import Model

/// What a journal holds: the decisions of its longest valid prefix, and what is wrong behind it.
package struct JournalContents: Sendable {
  package var decisions: [Decision] = []
  package var problems: [JournalProblem] = []
  /// Bytes of the valid prefix, its last line feed included.
  package var validBytes = 0
  /// Hash that the next line's `prev` must hold.
  package var lastHash = JournalCodec.genesis
}

package struct JournalError: Error, CustomStringConvertible, Equatable {
  package enum Kind: Sendable { case notFound, invalid, cannotWrite }
  package let kind: Kind
  package let path: String
  package let message: String
  package var description: String { displayText("\(path): \(message)") }
}

package enum Journal {
  /// A line longer than this is no decision.
  static let lineLimit = 64 << 20

  /// - Throws: `JournalError` when the file is not there or cannot be read; what is wrong inside is in `problems`.
  package static func read(path: String) throws(JournalError) -> JournalContents {
    let data: Data
    do {
      data = try Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe)
    } catch {
      let isThere = FileManager.default.fileExists(atPath: path)
      throw JournalError(
        kind: isThere ? .invalid : .notFound, path: path,
        message: isThere ? "cannot be read" : "No such file or directory")
    }
    return parse(data)
  }

  /// An absent journal is an empty one.
  package static func readIfPresent(path: String) throws(JournalError) -> JournalContents {
    FileManager.default.fileExists(atPath: path) ? try read(path: path) : JournalContents()
  }

  /// Walks the chain: a line counts while its JSON is whole, its number follows and its `prev` is the hash of the
  /// line before.
  package static func parse(_ data: Data) -> JournalContents {
    var contents = JournalContents()
    var start = data.startIndex
    var line = 1
    func fail(_ reason: String, isTorn: Bool = false) {
      contents.problems.append(JournalProblem(line: line, reason: reason, isTornTail: isTorn))
    }
    while start < data.endIndex {
      guard let end = data[start...].firstIndex(of: UInt8(ascii: "\n")) else {
        fail("is cut off; its decision was never shown as saved", isTorn: true)
        return contents
      }
      let bytes = Data(data[start..<end])
      do {
        guard bytes.count <= lineLimit else {
          throw JournalProblem.Reason("is longer than \(lineLimit) bytes")
        }
        let (decision, prev) = try JournalCodec.decode(bytes)
        guard prev == contents.lastHash else {
          throw JournalProblem.Reason("does not follow the line before it: one of the two was altered")
        }
        guard decision.sequence == UInt64(line) else {
          throw JournalProblem.Reason("has the number \(decision.sequence)")
        }
        contents.decisions.append(decision)
        contents.lastHash = JournalCodec.hash(bytes)
      } catch {
        fail((error as? JournalProblem.Reason)?.text ?? "is no decision")
        return contents
      }
      start = data.index(after: end)
      contents.validBytes = start - data.startIndex
      line += 1
    }
    return contents
  }
}
