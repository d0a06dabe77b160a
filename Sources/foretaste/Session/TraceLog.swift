import Foundation

/// One JSON line a key: its name, the screen that it led to, and the milliseconds from its arrival until its frame
/// was handed to the terminal. For measuring a session as a person had it.
struct TraceLog {
  private let file: FileHandle

  /// - Throws: `Failure` where anything but an empty file is there: nothing is overwritten, and no link is followed.
  init(path: String) throws {
    let flags = O_WRONLY | O_APPEND | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC
    var descriptor = open(path, flags | O_CREAT | O_EXCL, 0o600)
    if descriptor < 0, errno == EEXIST { descriptor = open(path, flags) }
    guard descriptor >= 0 else {
      let reason = errno == ELOOP ? "is a link" : String(cString: strerror(errno))
      throw Failure(ExitStatus.cannotCreate, "\(path): cannot write the trace: \(reason)")
    }
    file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size == 0 else {
      throw Failure(ExitStatus.cannotCreate, "\(path): is there already; nothing is overwritten")
    }
  }

  /// A full disk ends the trace, not the session.
  func record(key: String, screen: String, milliseconds: Double) {
    let line =
      "{\"key\":\(JSONText.quoted(key)),\"screen\":\(JSONText.quoted(screen)),\"ms\":\(milliseconds.fixed(3))}\n"
    try? file.write(contentsOf: Data(line.utf8))
  }
}
