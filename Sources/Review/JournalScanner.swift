import Glibc
import Model

/// Walks the chain of a journal line by line: a line counts while it is whole, its number follows and its `prev` is
/// the hash of the line before. A decision in parts counts with its last part.
struct JournalScanner {
  private(set) var contents: JournalContents
  /// The decision whose further parts are awaited.
  private var begun: Begun?
  /// The chain up to the line that was read last, parts of a decision included.
  private var head: Digest
  private var hashes: ContiguousArray<UInt64> = []
  private var first: Digest?
  private var position: Int

  /// Bounds what is read of a journal and not yet joined to the chain.
  private static let linesAtOnce = 1 << 14

  private struct Begun {
    var decision: Decision
    let total: UInt64
    let line: Int
  }

  /// A line that was never shown as saved, wherever it stands.
  private let doubtful: Digest?

  /// - Parameters:
  ///   - contents: where to go on: the valid prefix that is known, without problems.
  ///   - doubtful: hash of a line that does not count, nor what follows it.
  init(after contents: JournalContents = JournalContents(), doubtful: Digest? = nil) {
    self.contents = contents
    self.doubtful = doubtful
    head = contents.end.hash
    first = contents.first
    position = contents.end.bytes
  }

  var hasFailed: Bool { !contents.problems.isEmpty }

  /// Takes in all whole lines.
  /// - Parameter bytes: what follows the bytes that were taken in before.
  /// - Returns: how many bytes the whole lines are; what remains is to be given again with what follows it. Nothing
  ///   is taken in after a problem.
  mutating func take(_ bytes: UnsafeRawBufferPointer) -> Int {
    var taken = 0
    var lines = bytes.wholeLines()[...]
    while !lines.isEmpty {
      // Read on all cores, and joined to the chain in order.
      ReadLine.read(lines.prefix(Self.linesAtOnce)) { line in
        taken += line.length + 1
        take(line)
        return !hasFailed
      }
      guard !hasFailed else { return taken }
      lines = lines.dropFirst(Self.linesAtOnce)
    }
    return taken
  }

  /// Makes room for the decisions of a file of this size, if they go on as they began.
  mutating func expect(bytes: Int) {
    guard position > 0, bytes / position < 1 << 20 else { return }
    let (count, size) = (Double(contents.decisions.count), Double(bytes) / Double(position))
    contents.decisions.reserveCapacity(Int(count * size) + 16)
    contents.lineHashes.reserveCapacity(Int(Double(contents.lineHashes.count) * size) + 16)
  }

  /// - Parameter rest: what stands behind the last line feed.
  mutating func finish(rest: UnsafeRawBufferPointer) -> JournalContents {
    guard !hasFailed else { return contents }
    if let begun {
      fail(
        "is the begin of a decision that was cut off; it was never shown as saved", at: begun.line,
        isTorn: true)
    } else if !rest.isEmpty {
      fail("is cut off; its decision was never shown as saved", isTorn: true)
    }
    return contents
  }

  private mutating func take(_ read: consuming ReadLine) {
    do {
      let (hash, length) = (read.hash, read.length)
      let line = try (consume read).line.get()
      guard line.prev == head else {
        throw JournalProblem.Reason("does not follow the line before it: one of the two was altered")
      }
      guard line.sequence == UInt64(lineNumber) else {
        throw JournalProblem.Reason("has the number \(line.sequence)")
      }
      guard hash != doubtful else {
        return fail("could not be saved, nor cut off again; it was never shown as saved", isTorn: true)
      }
      let whole = try decision(of: line.content)
      head = hash
      hashes.append(head.prefix)
      first = first ?? head
      let start = position
      position += length + 1
      if let whole { count(whole, lastLine: start) }
    } catch {
      fail((error as? JournalProblem.Reason)?.text ?? "is no decision")
    }
  }

  /// The decision that the line completes, if it does.
  private mutating func decision(of content: JournalLine.Content) throws -> Decision? {
    // Nearly all lines are decisions, which are passed on without a look at the parts of others.
    guard begun == nil else { return try last(content) }
    switch content {
    case .decision(let decision): return decision
    case .begin(let decision, let total):
      begun = Begun(decision: decision, total: total, line: lineNumber)
      return nil
    case .more: throw JournalProblem.Reason("is a part of no decision")
    }
  }

  /// The decision that has begun, if the line is its last part.
  private mutating func last(_ content: JournalLine.Content) throws -> Decision? {
    guard case .more(let samples, let of, let isEnd) = content, of == begun?.decision.sequence else {
      throw JournalProblem.Reason("stands between the parts of the decision of line \(begun?.line ?? 0)")
    }
    begun?.decision.samples += samples
    guard isEnd, let done = begun else { return nil }
    guard UInt64(done.decision.samples.count) == done.total else {
      throw JournalProblem.Reason(
        "the parts of the decision of line \(done.line) hold \(counted(done.decision.samples.count, "sample")), not \(grouped(Int(clamping: done.total)))"
      )
    }
    begun = nil
    return done.decision
  }

  private mutating func count(_ decision: Decision, lastLine: Int) {
    contents.decisions.append(decision)
    contents.end = .init(bytes: position, lastLine: lastLine, hash: head)
    contents.first = first
    if hashes.count == 1 {
      contents.lineHashes.append(hashes[0])
    } else {
      contents.lineHashes += hashes
    }
    hashes.removeAll(keepingCapacity: true)
  }

  /// Of the line that is read next.
  private var lineNumber: Int { contents.lineHashes.count + hashes.count + 1 }

  private mutating func fail(_ reason: String, at line: Int? = nil, isTorn: Bool = false) {
    contents.problems.append(JournalProblem(line: line ?? lineNumber, reason: reason, isTornTail: isTorn))
  }
}

extension UnsafeRawBufferPointer {
  /// The lines that end in a line feed, without it.
  fileprivate func wholeLines() -> [UnsafeRawBufferPointer] {
    var lines: [UnsafeRawBufferPointer] = []
    var start = 0
    while start < count, let base = baseAddress, let end = memchr(base + start, 0x0A, count - start) {
      lines.append(UnsafeRawBufferPointer(rebasing: self[start..<UnsafeRawPointer(end) - base]))
      start = UnsafeRawPointer(end) - base + 1
    }
    return lines
  }
}
