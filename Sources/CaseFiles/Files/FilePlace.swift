import Glibc
import Review

/// How a finished file or folder comes to its place: others see all of it or nothing, and what is there is never
/// overwritten.
extension OpenFolder {
  /// Moves an entry to a name that is free.
  /// - Returns: false when something has the name, even if it came a moment ago.
  func moveIfAbsent(
    _ name: FileName, to target: OpenFolder, as newName: FileName
  ) throws(CaseFileError) -> Bool {
    let error = operations.rename(entry(name), target.entry(newName), .onlyIfAbsent)
    if error == 0 { return true }
    if error == EEXIST { return false }
    guard FileOperations.isUnsupported(error) else { throw target.problem(newName, error) }
    return try status(of: name)?.isFolder == true
      ? moveFolder(name, to: target, as: newName) : moveFile(name, to: target, as: newName)
  }

  /// Moves an entry; where its name is taken by something else it becomes NAME.1, NAME.2 …, and where the name is
  /// another one of the same file nothing is left to move. Nobody else may know the entry by its old name.
  func keep(_ name: FileName, in target: OpenFolder, as wanted: FileName) throws(CaseFileError) {
    for number in 0..<100_000 {
      let candidate = number == 0 ? wanted : wanted.adding(".\(number)")
      if try moveIfAbsent(name, to: target, as: candidate) { return }
      if try isSameFile(name, target, candidate) {
        try removeFile(name)
        return
      }
      // A move that was cut off may have left it.
      if try moveOverEmptyFile(name, to: target, as: candidate) { return }
    }
    throw target.problem(wanted, EEXIST)
  }

  /// Whether two names are one file. Inode numbers of overlayfs may differ for two names of a file that came from a lower
  /// layer; there a third name shows it, which both count.
  private func isSameFile(
    _ name: FileName, _ target: OpenFolder, _ other: FileName
  ) throws(CaseFileError) -> Bool {
    guard let mine = try status(of: name), !mine.isFolder, let theirs = try target.status(of: other) else {
      return false
    }
    if mine.identity == theirs.identity { return true }
    guard !theirs.isFolder, mine.st_nlink > 1, mine.st_nlink == theirs.st_nlink else { return false }
    let third = name.adding(".name")
    guard operations.link(entry(name), entry(third)) == 0 else { return false }
    let counted = try target.status(of: other)?.st_nlink
    try removeFile(third)
    return counted == theirs.st_nlink + 1
  }

  /// Where renameat2(2) has no flags: a second name is only made where there is none.
  private func moveFile(
    _ name: FileName, to target: OpenFolder, as newName: FileName
  ) throws(CaseFileError) -> Bool {
    let error = operations.link(entry(name), target.entry(newName))
    if error == EEXIST { return false }
    if [EPERM, EOPNOTSUPP, ENOSYS, EMLINK].contains(error) {
      return try moveOverEmptyFile(name, to: target, as: newName, creates: true)
    }
    guard error == 0 else { throw target.problem(newName, error) }
    // The new name is on the disk before the old one goes: they are in two folders.
    do throws(CaseFileError) { try target.synchronize() } catch {
      _ = try? target.removeFile(newName)
      throw error
    }
    try removeFile(name)
    return true
  }

  /// Puts a file in the place of one that is empty, as where neither flags nor second names can be had: an empty file holds
  /// the name, and a rename replaces it. Whoever opens that meanwhile to append finds it locked, and then that another file
  /// has the name.
  /// - Parameter creates: makes the empty file where the name is free.
  /// - Returns: false where what has the name is anything else.
  private func moveOverEmptyFile(
    _ name: FileName, to target: OpenFolder, as newName: FileName, creates: Bool = false
  ) throws(CaseFileError) -> Bool {
    let flags = O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC
    let holder = openat(target.descriptor, newName.bytes, creates ? flags | O_CREAT : flags, 0o600)
    guard holder >= 0 else {
      if [ENOENT, EEXIST, ELOOP, EISDIR, ENXIO, EACCES].contains(errno) { return false }
      throw target.problem(newName)
    }
    defer { close(holder) }
    if case .busy = FileLock.take(holder, patience: 0) { return false }
    var status = stat()
    guard fstat(holder, &status) == 0, status.isRegularFile, status.st_size == 0 else { return false }
    let error = operations.rename(entry(name), target.entry(newName), .replacing)
    if error == ENOTDIR { return false }
    guard error == 0 else { throw target.problem(newName, error) }
    try target.synchronize()
    return true
  }

  /// Where renameat2(2) has no flags: a new folder holds the name, and a rename replaces it only while it is empty.
  private func moveFolder(
    _ name: FileName, to target: OpenFolder, as newName: FileName
  ) throws(CaseFileError) -> Bool {
    guard mkdirat(target.descriptor, newName.bytes, 0o700) == 0 else {
      if errno == EEXIST { return false }
      throw target.problem(newName)
    }
    let error = operations.rename(entry(name), target.entry(newName), .replacing)
    if error == ENOTEMPTY || error == EEXIST || error == ENOTDIR { return false }
    guard error == 0 else {
      let problem = target.problem(newName, error)
      _ = try? target.removeFolder(newName)
      throw problem
    }
    return true
  }
}

/// A path as a folder and a name in it.
enum FilePath {
  static func withoutTrailingSlashes(_ path: String) -> String {
    var path = path
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    return path
  }

  static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  static func name(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
  }

  /// The path without links, `.` and `..`; nil, with errno set, where it leads nowhere.
  static func resolved(_ path: String) -> String? {
    guard let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    return String(cString: real)
  }
}
