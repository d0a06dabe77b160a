import Foundation

/// One JSON line a key: its name, the screen that it led to, and the milliseconds from its arrival until its frame
/// was handed to the terminal. For measuring a session as a person had it.
struct TraceLog {
  private let file: FileHandle

  init(path: String) throws {
    guard FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]),
      let file = FileHandle(forWritingAtPath: path)
    else { throw Failure(ExitStatus.cannotCreate, "\(path): cannot write the trace") }
    self.file = file
  }

  /// A full disk ends the trace, not the session.
  func record(key: String, screen: String, milliseconds: Double) {
    let line =
      "{\"key\":\(JSONText.quoted(key)),\"screen\":\(JSONText.quoted(screen)),\"ms\":\(milliseconds.fixed(3))}\n"
    try? file.write(contentsOf: Data(line.utf8))
  }
}
