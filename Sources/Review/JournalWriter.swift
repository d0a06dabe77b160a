import Glibc
import Model

/// The operations that durability depends on, so that tests can make them fail or leave them out.
package struct JournalFileOperations: Sendable {
  package var write: @Sendable (Int32, UnsafeRawBufferPointer) -> Int
  /// 0 when the data is on stable storage.
  package var synchronize: @Sendable (Int32) -> Int32
  /// 0 when the file ends at the given size.
  package var truncate: @Sendable (Int32, Int) -> Int32
  /// Takes the file's lock, waiting some milliseconds for others.
  package var lock: @Sendable (Int32, Int) -> FileLock.Outcome
  package static let real = JournalFileOperations(
    write: { Glibc.write($0, $1.baseAddress, $1.count) }, synchronize: { fdatasync($0) },
    truncate: { ftruncate($0, off_t($1)) }, lock: { FileLock.take($0, patience: $1) })

  fileprivate func hold(_ descriptor: Int32, _ path: String, _ patience: Int) throws(JournalError) {
    switch lock(descriptor, patience) {
    case .held: return
    case .busy(let holder):
      throw JournalError(kind: .busy, path: path, message: "\(holder) holds the lock; try again")
    case .failed(let reason, _): throw JournalError(kind: .cannotWrite, path: path, message: reason)
    }
  }
}

/// Appends decisions to a journal. When `append` returns, the decision is on stable storage, in the file under the
/// journal's name; when it throws, the decision is not saved and, unless the journal was only busy, the writer takes
/// no more.
///
/// Every append holds the file's lock and reads what others appended first, so that two reviewers at once extend one
/// chain. A failed write or sync is never retried: what the kernel dropped would look saved the second time
/// (Rebello et al., "Can applications recover from fsync failures?", ATC 2020). What may have reached the file is cut
/// back instead, so that it does not count when the journal is opened again.
package struct JournalWriter: ~Copyable {
  private var file: JournalFile
  private let operations: JournalFileOperations
  /// Milliseconds to wait where others write.
  package let patience: Int
  private var known: JournalContents
  private var failure: String?
  /// The file that a torn tail was moved to when the journal was opened.
  package let tornTailPath: String?

  /// Opens or creates the journal (0600, in a folder that is there).
  /// - Parameters:
  ///   - linksWithin: the folder whose links to files in it are followed; nil for none.
  ///   - patience: milliseconds to wait for the lock.
  /// - Throws: `JournalError`, also when a line inside is altered: nothing is appended to a broken chain, and nothing
  ///   at all is done to a file that is no journal.
  package init(
    path: String, linksWithin folder: String? = nil, patience: Int = 5000,
    operations: JournalFileOperations = .real
  ) throws(JournalError) {
    let file = try JournalFile(appendingTo: path, linksWithin: folder)
    let descriptor = file.descriptor
    try operations.hold(descriptor, file.path, patience)
    defer { FileLock.release(descriptor) }
    try Folder.synchronize(holding: file.path)
    let isInCase = folder.map { Folder.parent(of: path) == $0 } ?? false
    (known, tornTailPath) = try Self.withoutTornTail(file, try file.contents(), isInCase: isInCase)
    self.file = file
    self.operations = operations
    self.patience = patience
  }

  /// All decisions in the journal as of the last append or opening.
  package var decisions: [Decision] { known.decisions }
  package var contents: JournalContents { known }

  /// Writes `decision` with the next number.
  /// - Parameter willBegin: is told the hash of the first line, and of the last of the decision, before a journal begins
  ///   with them; it may be killed afterwards.
  /// - Returns: the decision as it stands in the journal.
  package mutating func append(
    _ decision: Decision, willBegin: (_ first: Digest, _ head: Digest) -> Void = { _, _ in }
  ) throws(JournalError) -> Decision {
    if let failure { throw error(failure) }
    try operations.hold(file.descriptor, file.path, patience)
    defer { FileLock.release(file.descriptor) }
    try readWhatOthersAppended()
    var numbered = decision
    numbered.sequence = known.nextSequence
    let encoded = JournalCodec.encode(numbered, prev: known.head)
    if known.first == nil, let first = encoded.hashes.first, let head = encoded.hashes.last {
      willBegin(first, head)
    }
    guard writeAll(encoded.bytes), operations.synchronize(file.descriptor) == 0 else {
      throw fail(cutBack(systemMessage(), encoded.hashes.first ?? .zero))
    }
    let end = JournalContents.End(
      bytes: known.end.bytes + encoded.bytes.count, lastLine: known.end.bytes + encoded.lastLine,
      hash: encoded.hashes.last ?? known.head)
    // The name may have come to stand for another file while this one was written.
    try confirmInPlace(end)
    known.decisions.append(numbered)
    known.lineHashes += encoded.hashes.map(\.prefix)
    known.first = known.first ?? encoded.hashes.first
    known.end = end
    return numbered
  }

  private mutating func readWhatOthersAppended() throws(JournalError) {
    if try confirmInPlace(known.end) == .renumbered { try openAnew() }
    do {
      guard try file.size() != known.end.bytes else { return }
      (known, _) = try Self.withoutTornTail(file, try file.contents(after: known))
    } catch {
      throw fail(error.message)
    }
  }

  @discardableResult
  private mutating func confirmInPlace(_ end: JournalContents.End) throws(JournalError)
    -> JournalFile.Standing
  {
    let standing: JournalFile.Standing
    do { standing = try file.standing(from: end) } catch { throw fail(error.message) }
    if case .displaced(let reason) = standing { throw fail(reason) }
    return standing
  }

  /// Who opens the journal by its name must find it locked.
  private mutating func openAnew() throws(JournalError) {
    let again = try JournalFile(reopening: file.path)
    try operations.hold(again.descriptor, again.path, patience)
    file = again
    guard try confirmInPlace(known.end) == .inPlace else {
      throw fail("another file stands in the journal's place")
    }
  }

  private borrowing func writeAll(_ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { operations.write(file.descriptor, $0) }
      if count < 0, errno == EINTR { continue }
      // The rest of a short write meets the reason that it was short for.
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  /// Takes what may have been written of a decision out of the file again.
  /// - Parameter first: hash of its first line, by which it is known where it cannot be taken out.
  /// - Returns: the reason, with a warning where that failed too.
  private borrowing func cutBack(_ reason: String, _ first: Digest) -> String {
    let isCut =
      operations.truncate(file.descriptor, known.end.bytes) == 0
      && (try? file.size()) == known.end.bytes && operations.synchronize(file.descriptor) == 0
    if isCut { return reason }
    return reason
      + (DoubtfulLine.mark(first, of: file.path)
        ? "; it may stand in the journal, marked as not saved"
        : "; it may stand in the journal all the same, see `foretaste log`")
  }

  private mutating func fail(_ reason: String) -> JournalError {
    failure = reason
    return error(reason)
  }

  private borrowing func error(_ reason: String) -> JournalError {
    JournalError(kind: .notSaved, path: file.path, message: reason)
  }

  /// What was cut off goes to a file beside the journal; the journal then ends with its last whole decision.
  private static func withoutTornTail(
    _ file: borrowing JournalFile, _ contents: JournalContents, isInCase: Bool = false
  ) throws(JournalError) -> (JournalContents, side: String?) {
    guard let problem = contents.problems.first else {
      DoubtfulLine.clear(of: file.path)
      return (contents, nil)
    }
    guard try isJournal(file, contents, isInCase: isInCase) else {
      throw JournalError(
        kind: .invalid, path: file.path, message: "is no review journal: its first line is no decision")
    }
    guard problem.isTornTail else {
      throw JournalError(
        kind: .invalid, path: file.path,
        message: "\(problem); nothing is appended to a broken chain, see `foretaste repair`")
    }
    var whole = contents
    whole.problems = []
    let side = try file.moveTail(from: contents.end.bytes, to: "\(file.path).torn").path
    DoubtfulLine.clear(of: file.path)
    return (whole, side)
  }

  /// A journal is known by its first line, or by the begin of one that was cut off: with a time and the name of the next
  /// member, or, in a case, as far as it goes.
  private static func isJournal(
    _ file: borrowing JournalFile, _ contents: JournalContents, isInCase: Bool
  ) throws(JournalError) -> Bool {
    if contents.end.bytes > 0 { return true }
    guard contents.problems.contains(where: \.isTornTail) else { return false }
    // {"at":"2026-03-01T09:30:00.123Z","by" or "label", "note", "part", "removed", "reviewer"
    let begin = Array("{\"at\":\"".utf8)
    let time = begin.count..<begin.count + 24
    let bytes = try file.bytes(in: 0..<time.upperBound + 4)
    guard bytes.count == time.upperBound + 4 else {
      return isInCase && begin.starts(with: bytes.prefix(begin.count))
    }
    return bytes.starts(with: begin)
      && bytes[time].withUnsafeBytes({ Timestamp.milliseconds($0) }) != nil
      && bytes[time.upperBound...].starts(with: "\",\"".utf8)
      && "blnpr".utf8.contains(bytes[time.upperBound + 3])
  }
}
