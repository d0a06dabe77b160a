import Glibc

/// The folder NAME.writing-PID beside a place, in which is made what shall come there. It is locked while its process
/// lives: one that can be locked was left behind by a process that is gone.
final class WorkFolder: Sendable {
  let folder: OpenFolder
  private let parent: OpenFolder
  private let name: FileName

  /// - Parameters:
  ///   - parent: the folder of the place.
  ///   - target: the name of the place.
  init(in parent: OpenFolder, for target: FileName) throws(CaseFileError) {
    let wanted = target.adding(Self.suffix + "\(getpid())")
    for number in 0..<1000 {
      let name = number == 0 ? wanted : wanted.adding(".\(number)")
      guard mkdirat(parent.descriptor, name.bytes, 0o700) == 0 else {
        if errno == EEXIST { continue }
        throw parent.problem(name)
      }
      // Another process that cleans up may take a folder that is not locked yet: then the next name.
      guard let folder = try? parent.folder(name), try Self.lock(folder) != .taken,
        try parent.status(of: name)?.identity == folder.status().identity
      else { continue }
      (self.folder, self.parent, self.name) = (folder, parent, name)
      return
    }
    throw parent.problem(wanted, EEXIST)
  }

  private init(_ folder: OpenFolder, _ parent: OpenFolder, _ name: FileName) {
    (self.folder, self.parent, self.name) = (folder, parent, name)
  }

  /// What processes that are gone have left beside the place `target`; locked from now on.
  static func leftBehind(in parent: OpenFolder, of target: FileName) throws(CaseFileError) -> [WorkFolder] {
    let prefix = Array(target.adding(suffix).bytes.dropLast())
    let allowed = Set("0123456789.".utf8.map(CChar.init(bitPattern:)))
    var found: [WorkFolder] = []
    for name in try parent.names() where name.bytes.starts(with: prefix) {
      let number = name.bytes.dropFirst(prefix.count).dropLast()
      guard !number.isEmpty, number.allSatisfy(allowed.contains), let folder = try? parent.folder(name),
        try folder.status().st_uid == geteuid(), try lock(folder) == .held,
        try parent.status(of: name)?.identity == folder.status().identity
      else { continue }
      found.append(WorkFolder(folder, parent, name))
    }
    return found
  }

  /// - Returns: false where something is in it; then it stays. True where it is gone already.
  func removeIfEmpty() throws(CaseFileError) -> Bool { try parent.removeFolder(name) }

  private static let suffix = ".writing-"
  private enum LockState { case held, taken, unsupported }

  private static func lock(_ folder: OpenFolder) throws(CaseFileError) -> LockState {
    while flock(folder.descriptor, LOCK_EX | LOCK_NB) != 0 {
      switch errno {
      case EINTR: continue
      case EWOULDBLOCK: return .taken
      case ENOLCK, EOPNOTSUPP, EBADF, EINVAL, ENOSYS: return .unsupported
      default: throw folder.problem()
      }
    }
    return .held
  }
}
