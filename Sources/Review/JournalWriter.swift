import Foundation
import Glibc
import Model

/// The operations that durability hangs on, so that tests can make them fail or leave them out.
package struct JournalFileOperations: Sendable {
  package var write: @Sendable (Int32, UnsafeRawBufferPointer) -> Int
  /// 0 when the data is on stable storage.
  package var synchronize: @Sendable (Int32) -> Int32
  package init(
    write: @escaping @Sendable (Int32, UnsafeRawBufferPointer) -> Int,
    synchronize: @escaping @Sendable (Int32) -> Int32
  ) {
    self.write = write
    self.synchronize = synchronize
  }
  package static let real = JournalFileOperations(
    write: { Glibc.write($0, $1.baseAddress, $1.count) }, synchronize: { fdatasync($0) })
}

/// Appends decisions to a journal. When `append` returns, the line is on stable storage; when it throws, the decision
/// is not saved and the writer takes no more.
///
/// Every append holds the file's lock and reads what others appended first, so that two reviewers at once extend one
/// chain. A failed write or sync is never retried: what the kernel dropped would look saved the second time
/// (Rebello et al., "Can applications recover from fsync failures?", ATC 2020).
package struct JournalWriter: ~Copyable {
  private let path: String
  private let descriptor: Int32
  private let operations: JournalFileOperations
  private var known: JournalContents
  private var failure: String?
  /// The file that a torn tail was moved to when the journal was opened.
  package let tornTailPath: String?

  /// Opens or creates the journal (0600, in a folder that is there).
  /// - Throws: `JournalError`, also when a line inside is altered: nothing is appended to a broken chain.
  package init(path: String, operations: JournalFileOperations = .real) throws(JournalError) {
    let descriptor = open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw JournalError(kind: .cannotWrite, path: path, message: String(cString: strerror(errno)))
    }
    do {
      try Self.lock(descriptor, path)
      defer { flock(descriptor, LOCK_UN) }
      Self.synchronizeFolder(of: path)
      var contents = try Self.contents(of: descriptor, path: path)
      tornTailPath = try Self.moveTornTail(contents, descriptor, path: path)
      contents.problems.removeAll(where: \.isTornTail)
      known = contents
    } catch {
      close(descriptor)
      throw error
    }
    self.path = path
    self.descriptor = descriptor
    self.operations = operations
  }

  deinit { close(descriptor) }

  /// All decisions in the journal as of the last append or opening.
  package var decisions: [Decision] { known.decisions }

  /// Writes `decision` with the next number.
  /// - Returns: the decision as it stands in the journal.
  package mutating func append(_ decision: Decision) throws(JournalError) -> Decision {
    if let failure { throw error(failure) }
    try Self.lock(descriptor, path)
    defer { flock(descriptor, LOCK_UN) }
    try readWhatOthersAppended()
    var numbered = decision
    numbered.sequence = UInt64(known.decisions.count) + 1
    guard var line = try? JournalCodec.encode(numbered, prev: known.lastHash) else {
      throw error("the decision cannot be written as JSON")
    }
    let hash = JournalCodec.hash(line)
    line.append(UInt8(ascii: "\n"))
    let written = line.withUnsafeBytes { operations.write(descriptor, $0) }
    guard written == line.count else {
      throw fail(
        written < 0 ? String(cString: strerror(errno)) : "only \(written) of \(line.count) bytes were written"
      )
    }
    guard operations.synchronize(descriptor) == 0 else { throw fail(String(cString: strerror(errno))) }
    known.decisions.append(numbered)
    known.lastHash = hash
    known.validBytes += line.count
    return numbered
  }

  private mutating func readWhatOthersAppended() throws(JournalError) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw fail(String(cString: strerror(errno))) }
    guard Int(status.st_size) != known.validBytes else { return }
    known = try Self.contents(of: descriptor, path: path)
    if let problem = known.problems.first { throw fail("\(problem)") }
  }

  private mutating func fail(_ reason: String) -> JournalError {
    failure = reason
    return error(reason)
  }

  private func error(_ reason: String) -> JournalError {
    JournalError(kind: .cannotWrite, path: path, message: "not saved: \(reason)")
  }

  private static func lock(_ descriptor: Int32, _ path: String) throws(JournalError) {
    while flock(descriptor, LOCK_EX) != 0 {
      guard errno == EINTR else {
        throw JournalError(
          kind: .cannotWrite, path: path, message: "cannot lock: \(String(cString: strerror(errno)))")
      }
    }
  }

  private static func contents(of descriptor: Int32, path: String) throws(JournalError) -> JournalContents {
    var data = Data()
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = pread(descriptor, &buffer, buffer.count, off_t(data.count))
      if count == 0 { break }
      guard count > 0 else {
        if errno == EINTR { continue }
        throw JournalError(kind: .invalid, path: path, message: String(cString: strerror(errno)))
      }
      data.append(contentsOf: buffer[..<count])
    }
    let contents = Journal.parse(data)
    if let broken = contents.problems.first(where: { !$0.isTornTail }) {
      throw JournalError(
        kind: .invalid, path: path, message: "\(broken); nothing is appended to a broken chain")
    }
    return contents
  }

  /// What was cut off goes to a file beside the journal; the journal then ends with its last whole line.
  private static func moveTornTail(
    _ contents: JournalContents, _ descriptor: Int32, path: String
  ) throws(JournalError) -> String? {
    guard contents.problems.contains(where: \.isTornTail) else { return nil }
    var number = 1
    while access("\(path).torn-\(number)", F_OK) == 0 { number += 1 }
    let side = "\(path).torn-\(number)"
    do {
      let whole = try Data(contentsOf: URL(fileURLWithPath: path))
      try whole.dropFirst(contents.validBytes).write(to: URL(fileURLWithPath: side))
      chmod(side, 0o600)
    } catch {
      throw JournalError(kind: .cannotWrite, path: side, message: "cannot set the torn tail aside")
    }
    guard ftruncate(descriptor, off_t(contents.validBytes)) == 0, fdatasync(descriptor) == 0 else {
      throw JournalError(kind: .cannotWrite, path: path, message: String(cString: strerror(errno)))
    }
    return side
  }

  /// A new file is only there after a crash when its folder is synced too.
  private static func synchronizeFolder(of path: String) {
    let folder = path.contains("/") ? String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)]) : "."
    let descriptor = open(folder.isEmpty ? "/" : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }
}
