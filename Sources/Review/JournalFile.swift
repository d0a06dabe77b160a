import Glibc
import Model

/// A journal as an open file. The file under the descriptor is what is read and written; `standing` tells whether it is
/// still the one under the name.
struct JournalFile: ~Copyable {
  private static let bufferSize = 1 << 22
  let path: String
  let descriptor: Int32

  /// Opens a file that is there, for reading. Links are followed; pipes and devices are refused.
  init(reading path: String) throws(JournalError) {
    try self.init(path: path, flags: O_RDONLY, failure: .invalid)
  }

  /// Opens or makes (0600) a file, for reading and appending.
  /// - Parameter folder: links are followed that lie in this folder and lead to a file in it; others are refused, and
  ///   nothing is made through any.
  init(appendingTo path: String, linksWithin folder: String?) throws(JournalError) {
    let target = try Self.target(of: path, linksWithin: folder)
    try self.init(path: target, flags: O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW, failure: .cannotWrite)
  }

  /// Opens a file again that is there, by the path that it was opened with.
  init(reopening path: String) throws(JournalError) {
    try self.init(path: path, flags: O_RDWR | O_APPEND | O_NOFOLLOW, failure: .cannotWrite)
  }

  private init(path: String, flags: Int32, failure: JournalError.Kind) throws(JournalError) {
    // A pipe must not be waited for.
    let descriptor = open(path, flags | O_CLOEXEC | O_NONBLOCK, 0o600)
    guard descriptor >= 0 else {
      throw JournalError(
        kind: errno == ENOENT ? .notFound : failure, path: path, message: systemMessage())
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw JournalError(kind: .invalid, path: path, message: "is no regular file")
    }
    self.path = path
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  private static func target(of path: String, linksWithin folder: String?) throws(JournalError) -> String {
    var status = stat()
    guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFLNK else { return path }
    guard let folder, let inside = real(folder), let target = real(path),
      real(Folder.parent(of: path)) == inside, Folder.parent(of: target) == inside
    else {
      throw JournalError(
        kind: .cannotWrite, path: path,
        message: "is a link that leads elsewhere; name the file that it leads to")
    }
    return target
  }

  private static func real(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  // MARK: Reading

  /// - Parameter known: the valid prefix, which is not read again.
  /// - Throws: `JournalError` when it cannot be read; what is wrong inside is in `problems`.
  borrowing func contents(after known: JournalContents = JournalContents()) throws(JournalError)
    -> JournalContents
  {
    var scanner = JournalScanner(
      after: known, doubtful: DoubtfulLine.hash(of: Self.real(path) ?? path))
    var offset = known.end.bytes
    // Read, not mapped: a file that is cut short under a mapping ends the process.
    var buffer = [UInt8](repeating: 0, count: Self.bufferSize)
    var filled = 0
    let size = try size()
    var isFirst = true
    while !scanner.hasFailed {
      if filled == buffer.count { buffer += [UInt8](repeating: 0, count: buffer.count) }
      let count = try read(into: &buffer, from: filled, at: offset)
      offset += count
      filled += count
      guard count > 0 else { break }
      let taken = buffer.withUnsafeBytes { scanner.take(UnsafeRawBufferPointer(rebasing: $0[..<filled])) }
      buffer.withUnsafeMutableBytes { bytes in
        bytes.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[taken..<filled]))
      }
      filled -= taken
      if isFirst, offset < size { scanner.expect(bytes: size) }
      isFirst = false
    }
    return buffer.withUnsafeBytes { scanner.finish(rest: UnsafeRawBufferPointer(rebasing: $0[..<filled])) }
  }

  /// The bytes in `range`; fewer where the file ends.
  borrowing func bytes(in range: Range<Int>) throws(JournalError) -> [UInt8] {
    var buffer = [UInt8](repeating: 0, count: range.count)
    var filled = 0
    while filled < buffer.count {
      let count = try read(into: &buffer, from: filled, at: range.lowerBound + filled)
      if count == 0 { break }
      filled += count
    }
    return Array(buffer[..<filled])
  }

  private borrowing func read(
    into buffer: inout [UInt8], from start: Int, at offset: Int
  ) throws(JournalError) -> Int {
    while true {
      let count = buffer.withUnsafeMutableBytes { bytes in
        let free = UnsafeMutableRawBufferPointer(rebasing: bytes[start...])
        return pread(descriptor, free.baseAddress, free.count, off_t(offset))
      }
      if count >= 0 { return count }
      guard errno == EINTR else { throw JournalError(kind: .invalid, path: path, message: systemMessage()) }
    }
  }

  borrowing func size() throws(JournalError) -> Int {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      throw JournalError(kind: .invalid, path: path, message: systemMessage())
    }
    return Int(status.st_size)
  }

  /// Copies everything from `offset` on to a side file and cuts it off here.
  /// - Returns: the side file's path, how many bytes were moved, and their SHA-256.
  borrowing func moveTail(
    from offset: Int, to side: String
  ) throws(JournalError) -> (path: String, removed: Decision.Removed) {
    let size = try size()
    var digest = Digest.zero
    let path = try SideFile.createNumbered(side) { (file) throws(JournalError) in
      var hash = SHA256()
      var position = offset
      while position < size {
        let block = try bytes(in: position..<min(size, position + Self.bufferSize))
        guard !block.isEmpty else { break }
        block.withUnsafeBytes { hash.update($0) }
        try file.write(block)
        position += block.count
      }
      digest = hash.digest
    }
    guard ftruncate(descriptor, off_t(offset)) == 0, fdatasync(descriptor) == 0 else {
      throw JournalError(kind: .cannotWrite, path: self.path, message: systemMessage())
    }
    let name = path.split(separator: "/").last.map(String.init) ?? path
    return (path, .init(bytes: size - offset, digest: digest, file: name))
  }

  // MARK: Identity

  /// What has become of the file under the name since it was opened.
  enum Standing: Equatable {
    case inPlace
    /// The same file, of which overlayfs has two by now: they show the same content and do not share locks.
    case renumbered
    case displaced(String)
  }

  /// - Returns: in place while the file under the name is the one under the descriptor and holds the prefix that is known.
  borrowing func standing(from known: JournalContents.End) throws(JournalError) -> Standing {
    var open = stat()
    var isSame = false
    var reason: String?
    // A scan that replaces the case may have to move what lies in it, which has no name for a moment; and of a file that
    // has become two another process may write to the other one between two looks.
    for look in 0..<50 {
      if look > 0 { usleep(10_000) }
      var named = stat()
      guard fstat(descriptor, &open) == 0 else { return .displaced(systemMessage()) }
      guard lstat(path, &named) == 0 else {
        guard errno == ENOENT else { return .displaced(systemMessage()) }
        reason = "the journal was moved or removed"
        continue
      }
      isSame = open.st_dev == named.st_dev && open.st_ino == named.st_ino
      let isSeen = isSame || isOnOverlay && open.isSeenAs(named)
      reason = isSeen ? nil : "another file stands in the journal's place"
      if isSeen || !isOnOverlay { break }
    }
    if let reason { return .displaced(reason) }
    guard Int(open.st_size) >= known.bytes else { return .displaced("the journal was cut short") }
    if known.bytes > 0 {
      let line = try bytes(in: known.lastLine..<known.bytes - 1)
      guard line.withUnsafeBytes(SHA256.digest) == known.hash else {
        return .displaced("the journal was overwritten")
      }
    }
    return isSame ? .inPlace : .renumbered
  }

  private var isOnOverlay: Bool {
    // struct statfs begins with the type of the file system, a long, and is smaller than this.
    withUnsafeTemporaryAllocation(byteCount: 512, alignment: 8) { status in
      guard let start = status.baseAddress, fstatfs(descriptor, start) == 0 else { return false }
      return start.load(as: Int.self) == 0x794C_7630
    }
  }
}

/// fstatfs(2), which the module of the C library leaves out.
@_silgen_name("fstatfs")
private func fstatfs(_ descriptor: CInt, _ status: UnsafeMutableRawPointer) -> CInt

extension stat {
  /// Whether two files that have other numbers show the attributes of one. The times are set by the kernel, to its tick: no
  /// copy has those of its original.
  fileprivate func isSeenAs(_ other: stat) -> Bool {
    st_size == other.st_size && st_mode == other.st_mode && st_uid == other.st_uid
      && st_mtim.tv_sec == other.st_mtim.tv_sec && st_mtim.tv_nsec == other.st_mtim.tv_nsec
      && st_ctim.tv_sec == other.st_ctim.tv_sec && st_ctim.tv_nsec == other.st_ctim.tv_nsec
  }
}
