import Glibc

/// A folder that is held open. What is done in it is done in this very folder, whatever its path names by now, and no
/// link in it is followed.
package final class OpenFolder: Sendable {
  /// What errors call it.
  let path: String
  let descriptor: Int32
  let operations: FileOperations

  private init(path: String, descriptor: Int32, operations: FileOperations) {
    self.path = path
    self.descriptor = descriptor
    self.operations = operations
  }

  /// - Parameter isForLookup: what is in it is looked up by name only: a folder that may not be listed will do.
  /// - Throws: `CaseFileError` when there is no such folder or it cannot be read.
  convenience init(
    path: String, isForLookup: Bool = false, operations: FileOperations = .real
  ) throws(CaseFileError) {
    let descriptor = Self.opened(AT_FDCWD, FileName(path), O_DIRECTORY | (isForLookup ? lookupOnly : 0))
    guard descriptor >= 0 else { throw CaseFileError(.cannotWrite, path, String(cString: strerror(errno))) }
    self.init(path: path, descriptor: descriptor, operations: operations)
  }

  deinit { close(descriptor) }

  /// - Throws: `CaseFileError` for anything but a folder, also for a link to one.
  func folder(_ name: FileName) throws(CaseFileError) -> OpenFolder {
    let opened = Self.opened(descriptor, name, O_DIRECTORY | O_NOFOLLOW)
    guard opened >= 0 else { throw problem(name) }
    return OpenFolder(path: place(of: name), descriptor: opened, operations: operations)
  }

  /// Nil where there is no folder of this name.
  func folderIfPresent(_ name: FileName) throws(CaseFileError) -> OpenFolder? {
    try status(of: name)?.isFolder == true ? folder(name) : nil
  }

  func makeFolder(_ name: FileName, mode: mode_t = 0o700) throws(CaseFileError) -> OpenFolder {
    guard mkdirat(descriptor, name.bytes, mode) == 0 else { throw problem(name) }
    return try folder(name)
  }

  /// The same folder, opened another time, to be read: a lock on it is another one.
  func reopened() throws(CaseFileError) -> OpenFolder {
    let opened = Self.opened(descriptor, ".", O_DIRECTORY)
    guard opened >= 0 else { throw problem() }
    return OpenFolder(path: path, descriptor: opened, operations: operations)
  }

  /// Of the name itself; nil where there is none. That it cannot be told is an error.
  func status(of name: FileName) throws(CaseFileError) -> stat? {
    var status = stat()
    if fstatat(descriptor, name.bytes, &status, AT_SYMLINK_NOFOLLOW) == 0 { return status }
    guard errno == ENOENT else { throw problem(name) }
    return nil
  }

  func status() throws(CaseFileError) -> stat {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw problem() }
    return status
  }

  /// All entries but the folder itself and its parent, in no order.
  func names() throws(CaseFileError) -> [FileName] {
    let listed = Self.opened(descriptor, ".", O_DIRECTORY)
    guard listed >= 0 else { throw problem() }
    guard let stream = fdopendir(listed) else {
      let problem = problem()
      close(listed)
      throw problem
    }
    defer { closedir(stream) }
    var names: [FileName] = []
    errno = 0
    while let entry = readdir(stream) {
      names.append(
        withUnsafePointer(to: &entry.pointee.d_name) {
          FileName(UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self))
        })
      errno = 0
    }
    guard errno == 0 else { throw problem() }
    return names.filter { $0 != "." && $0 != ".." }
  }

  /// The folder and those above it, up to the root.
  func ancestors() throws(CaseFileError) -> [FileIdentity] {
    var identities = [try status().identity]
    var current = descriptor
    defer { if current != descriptor { close(current) } }
    while true {
      let above = Self.opened(current, "..", O_DIRECTORY | lookupOnly)
      guard above >= 0 else { throw problem() }
      if current != descriptor { close(current) }
      current = above
      var status = stat()
      guard fstat(current, &status) == 0 else { throw problem() }
      guard status.identity != identities.last else { return identities }
      identities.append(status.identity)
    }
  }

  /// Its entries are on stable storage when it returns. Some file systems have no such thing for folders and say so.
  func synchronize() throws(CaseFileError) {
    let error = operations.synchronize(descriptor)
    guard error == 0 || error == EINVAL || error == EOPNOTSUPP else {
      throw problem(nil, error, .writeFailed)
    }
  }

  /// - Returns: whether there was such a file or link.
  @discardableResult
  func removeFile(_ name: FileName) throws(CaseFileError) -> Bool {
    let error = operations.remove(entry(name), false)
    guard error == 0 || error == ENOENT else { throw problem(name, error) }
    return error == 0
  }

  /// - Returns: false where something is in it.
  func removeFolder(_ name: FileName) throws(CaseFileError) -> Bool {
    let error = operations.remove(entry(name), true)
    if error == ENOTEMPTY || error == EEXIST { return false }
    guard error == 0 || error == ENOENT else { throw problem(name, error) }
    return true
  }

  /// A file, or a folder with all that is in it; no link is followed.
  func removeTree(_ name: FileName) throws(CaseFileError) {
    guard let folder = try folderIfPresent(name) else {
      try removeFile(name)
      return
    }
    for entry in try folder.names() { try folder.removeTree(entry) }
    guard try removeFolder(name) else { throw problem(name, ENOTEMPTY) }
  }

  func entry(_ name: FileName) -> FileOperations.Entry { .init(folder: descriptor, name: name) }
  func place(of name: FileName) -> String { path + "/" + name.text }

  func problem(
    _ name: FileName? = nil, _ error: Int32 = errno, _ kind: CaseFileError.Kind = .cannotWrite
  ) -> CaseFileError {
    CaseFileError(kind, name.map(place(of:)) ?? path, String(cString: strerror(error)))
  }

  private static func opened(_ folder: Int32, _ name: FileName, _ flags: Int32) -> Int32 {
    while true {
      let opened = openat(folder, name.bytes, O_RDONLY | O_CLOEXEC | flags)
      if opened >= 0 || errno != EINTR { return opened }
    }
  }
}

/// O_PATH, which the C headers show to GNU sources only: a descriptor for looking names up.
private let lookupOnly: Int32 = 0o10_000_000
