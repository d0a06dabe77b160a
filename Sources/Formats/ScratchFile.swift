import Glibc
import Model

/// A file without a name, gone when it is closed and no longer mapped.
final class ScratchFile {
  /// O_TMPFILE (open(2)), which the headers show to GNU sources only.
  private static let withoutName = O_DIRECTORY | 0o20_000_000

  let descriptor: Int32
  private let name: String
  let folder: String
  /// The bytes that may be written.
  let room: Int
  private(set) var count = 0
  private(set) var problem = ""

  init(name: String) throws(FormatError) {
    let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var status = statvfs()
    let opened = open(folder, Self.withoutName | O_RDWR | O_CLOEXEC, 0o600)
    guard opened >= 0, fstatvfs(opened, &status) == 0 else {
      let reason = String(cString: strerror(errno))
      if opened >= 0 { close(opened) }
      throw FormatError(name, "cannot be read into \(folder): \(reason); set TMPDIR")
    }
    descriptor = opened
    self.name = name
    self.folder = folder
    let free = UInt64(status.f_bavail).multipliedReportingOverflow(by: UInt64(status.f_frsize))
    // A tenth is left to others.
    room = free.overflow ? Int.max : Int(clamping: free.partialValue / 10 * 9)
  }

  deinit { close(descriptor) }

  /// - Throws: `FormatError` where it cannot be written, or `room` is used up.
  func write(_ bytes: UnsafeRawBufferPointer) throws(FormatError) {
    guard append(bytes) else { throw unwritable }
  }

  func write(_ bytes: [UInt8]) throws(FormatError) {
    guard bytes.withUnsafeBytes(append) else { throw unwritable }
  }

  private var unwritable: FormatError {
    FormatError(name, "cannot be read into \(folder): \(problem); set TMPDIR")
  }

  /// What was written, mapped; it stays after this object.
  /// - Parameter path: where it comes from; its name by default.
  func mapped(from path: String? = nil) throws(FormatError) -> MappedFile {
    try MappedFile(descriptor: descriptor, size: count, path: path ?? name, name: name)
  }

  /// - Returns: false where it cannot be written; `problem` says why.
  func append(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard bytes.count <= room - count else {
      problem = "more than \(room >> 20) MB"
      return false
    }
    var done = 0
    while done < bytes.count {
      let rest = UnsafeRawBufferPointer(rebasing: bytes[done...])
      let written = Glibc.write(descriptor, rest.baseAddress, rest.count)
      if written < 0, errno == EINTR { continue }
      guard written > 0 else {
        problem = String(cString: strerror(errno))
        return false
      }
      done += written
    }
    count += bytes.count
    return true
  }
}
