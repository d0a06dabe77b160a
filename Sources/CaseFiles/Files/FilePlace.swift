import Foundation
import Glibc

/// How a finished file or folder comes to its place: by one rename, so that others see all of it or nothing.
enum FilePlace {
  enum Policy {
    /// Fails where something is there, even if it came a moment ago.
    case onlyIfAbsent
    /// Takes the place of an empty file or an empty folder.
    case overEmpty
    /// The two change places.
    case exchanging
  }

  static func move(_ temporary: String, to path: String, _ policy: Policy) throws(CaseFileError) {
    let result =
      switch policy {
      case .onlyIfAbsent: renameat2(AT_FDCWD, temporary, AT_FDCWD, path, noReplace)
      case .overEmpty: rename(temporary, path)
      case .exchanging: renameat2(AT_FDCWD, temporary, AT_FDCWD, path, exchange)
      }
    guard result == 0 else { throw CaseFileError(.cannotWrite, path, String(cString: strerror(errno))) }
    synchronizeParent(of: path)
  }

  static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  private static func synchronizeParent(of path: String) {
    let descriptor = open(parent(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }
}

/// renameat2(2), which the C headers show to GNU sources only, and its flags RENAME_NOREPLACE and RENAME_EXCHANGE.
@_silgen_name("renameat2")
private func renameat2(
  _ oldFolder: CInt, _ old: UnsafePointer<CChar>, _ newFolder: CInt, _ new: UnsafePointer<CChar>,
  _ flags: CUnsignedInt
) -> CInt
private let noReplace: CUnsignedInt = 1
private let exchange: CUnsignedInt = 2
