import Glibc
import Model

/// A file beside a journal that takes what must not be lost: what was cut off, what nobody can read, what could not be
/// saved. Never wider than 0600, never in place of another file.
struct SideFile: ~Copyable {
  private let path: String
  private let descriptor: Int32

  /// Makes the file, which must not be there yet, and lets `body` fill it; it is on stable storage when this returns.
  static func create(
    _ path: String, _ body: (borrowing SideFile) throws(JournalError) -> Void
  ) throws(JournalError) {
    guard try createUnlessThere(path, body) else {
      throw JournalError(kind: .cannotWrite, path: path, message: "is there already")
    }
  }

  /// The same under the first free name of `path-1`, `path-2` …
  /// - Returns: the name's path.
  static func createNumbered(
    _ path: String, _ body: (borrowing SideFile) throws(JournalError) -> Void
  ) throws(JournalError) -> String {
    var number = 1
    while try !createUnlessThere("\(path)-\(number)", body) { number += 1 }
    return "\(path)-\(number)"
  }

  private static func createUnlessThere(
    _ path: String, _ body: (borrowing SideFile) throws(JournalError) -> Void
  ) throws(JournalError) -> Bool {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      if errno == EEXIST { return false }
      throw JournalError(kind: .cannotWrite, path: path, message: systemMessage())
    }
    let file = SideFile(path: path, descriptor: descriptor)
    do throws(JournalError) {
      try body(file)
      guard fsync(descriptor) == 0 else { throw file.failure() }
      try Folder.synchronize(holding: path)
      return true
    } catch {
      unlink(path)
      throw error
    }
  }

  private init(path: String, descriptor: Int32) {
    self.path = path
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  borrowing func write(_ bytes: [UInt8]) throws(JournalError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw failure() }
      rest = rest.dropFirst(count)
    }
  }

  private borrowing func failure() -> JournalError {
    JournalError(kind: .cannotWrite, path: path, message: systemMessage())
  }
}

enum Folder {
  /// A new file is only there after a crash when its folder is synced too.
  static func synchronize(holding path: String) throws(JournalError) {
    let folder = parent(of: path)
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw JournalError(kind: .cannotWrite, path: folder, message: systemMessage())
    }
    defer { close(descriptor) }
    // Some file systems (9p, some of FUSE) cannot sync folders and say so.
    guard fsync(descriptor) == 0 || errno == EINVAL else {
      throw JournalError(kind: .cannotWrite, path: folder, message: systemMessage())
    }
  }

  static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}
