import Glibc

/// The system calls that the files of others depend on, so that tests can make them fail or do something in between.
/// Each gives 0 or the number of the error.
package struct FileOperations: Sendable {
  /// A name in an open folder.
  package struct Entry: Sendable {
    package let folder: Int32
    package let name: FileName
  }
  /// The flags of renameat2(2).
  package enum Rename: CUnsignedInt, Sendable {
    case replacing = 0
    /// RENAME_NOREPLACE
    case onlyIfAbsent = 1
    /// RENAME_EXCHANGE
    case exchanging = 2
  }
  package var rename: @Sendable (Entry, Entry, Rename) -> Int32
  /// A second name; of a link itself, not of what it points to.
  package var link: @Sendable (Entry, Entry) -> Int32
  package var remove: @Sendable (Entry, _ isFolder: Bool) -> Int32
  /// 0 when all is on stable storage.
  package var synchronize: @Sendable (Int32) -> Int32

  package static let real = FileOperations(
    rename: { old, new, how in
      // Without flags the older call, which every file system has.
      outcome(
        how == .replacing
          ? renameat(old.folder, old.name.bytes, new.folder, new.name.bytes)
          : renameat2(old.folder, old.name.bytes, new.folder, new.name.bytes, how.rawValue))
    },
    link: { old, new in outcome(linkat(old.folder, old.name.bytes, new.folder, new.name.bytes, 0)) },
    remove: { entry, isFolder in
      outcome(unlinkat(entry.folder, entry.name.bytes, isFolder ? AT_REMOVEDIR : 0))
    },
    synchronize: { descriptor in outcome(fsync(descriptor)) })

  private static func outcome(_ result: CInt) -> Int32 { result == 0 ? 0 : errno }

  /// The file system knows nothing of the flags of a rename.
  static func isUnsupported(_ error: Int32) -> Bool {
    [EINVAL, ENOSYS, EOPNOTSUPP, ENOTTY].contains(error)
  }
}

/// renameat2(2), which the C headers show to GNU sources only.
@_silgen_name("renameat2")
private func renameat2(
  _ oldFolder: CInt, _ old: UnsafePointer<CChar>, _ newFolder: CInt, _ new: UnsafePointer<CChar>,
  _ flags: CUnsignedInt
) -> CInt
