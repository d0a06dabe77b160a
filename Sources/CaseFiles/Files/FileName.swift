import Glibc

/// The name of an entry of a folder: bytes, which need not be UTF-8.
package struct FileName: Hashable, Sendable, ExpressibleByStringLiteral {
  /// With the zero at the end that the system calls expect.
  let bytes: [CChar]

  package init(_ text: String) { bytes = Array(text.utf8CString) }
  package init(stringLiteral text: String) { self.init(text) }
  init(_ start: UnsafePointer<CChar>) {
    bytes = Array(UnsafeBufferPointer(start: start, count: strlen(start) + 1))
  }
  private init(bytes: [CChar]) { self.bytes = bytes }

  /// For comparisons and errors; what is no UTF-8 is replaced.
  package var text: String {
    String(decoding: bytes.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  func adding(_ suffix: String) -> FileName { FileName(bytes: bytes.dropLast() + Array(suffix.utf8CString)) }
}

/// What makes two names the same file or folder.
struct FileIdentity: Hashable, Sendable {
  let device: UInt64
  let inode: UInt64
  init(_ status: stat) {
    device = UInt64(status.st_dev)
    inode = UInt64(status.st_ino)
  }
}

extension stat {
  var identity: FileIdentity { FileIdentity(self) }
  var isFolder: Bool { st_mode & S_IFMT == S_IFDIR }
  var isRegularFile: Bool { st_mode & S_IFMT == S_IFREG }
  var isLink: Bool { st_mode & S_IFMT == S_IFLNK }
}
