import Glibc
import Model
import Synchronization

/// A regular file mapped read-only. The mapping lives as long as the object.
package final class MappedFile: @unchecked Sendable {
  // Unchecked: the mapping is never written.
  package let path: String
  package let bytes: UnsafeRawBufferPointer

  /// - Parameter name: what errors call the file.
  /// - Throws: `FormatError` when it is not there, cannot be read or is not a regular file (a pipe or a device is
  ///   refused without waiting on it).
  package convenience init(path: String, name: String? = nil) throws(FormatError) {
    let name = name ?? path
    // O_NONBLOCK: opening a named pipe must not wait for a writer.
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw FormatError(name, String(cString: strerror(errno)), kind: .notFound)
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw FormatError(name, "not a regular file")
    }
    try self.init(descriptor: descriptor, size: Int(status.st_size), path: path, name: name)
  }

  /// No file, of which nothing is mapped.
  init() {
    path = ""
    bytes = UnsafeRawBufferPointer(start: nil, count: 0)
  }

  /// Maps the first bytes of an open file, which may be closed afterwards.
  init(descriptor: Int32, size: Int, path: String, name: String) throws(FormatError) {
    self.path = path
    guard size > 0 else {
      bytes = UnsafeRawBufferPointer(start: nil, count: 0)
      return
    }
    guard let base = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0), base != MAP_FAILED else {
      throw FormatError(name, "cannot map: \(String(cString: strerror(errno)))")
    }
    bytes = UnsafeRawBufferPointer(start: base, count: size)
    if size >= Self.large { Self.mapped.withLock { $0[UInt(bitPattern: base)] = size } }
  }

  deinit {
    guard let base = bytes.baseAddress else { return }
    // Before its addresses can be those of something else.
    if bytes.count >= Self.large {
      Self.mapped.withLock { _ = $0.removeValue(forKey: UInt(bitPattern: base)) }
    }
    munmap(UnsafeMutableRawPointer(mutating: base), bytes.count)
  }

  /// Bytes from which on a file is remembered in `mapped`.
  private static let large = 1 << 20
  /// Lengths of the large files that are mapped now, by where they begin.
  private static let mapped = Mutex<[UInt: Int]>([:])

  /// Gives the memory of the pages of all large files back, as `forgetPages`. May be called at any time.
  package static func forgetAllPages() {
    mapped.withLock { files in
      for (base, size) in files { madvise(UnsafeMutableRawPointer(bitPattern: base), size, MADV_DONTNEED) }
    }
  }

  /// Lends the bytes to `body`; the file stays mapped as long. Bytes that are kept beyond must be kept with the file.
  package func withBytes<Result, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    defer { withExtendedLifetime(self) {} }
    return try body(bytes)
  }

  /// Gives the memory of the pages back that were read; who reads them again gets them from the file.
  func forgetPages() {
    guard let base = bytes.baseAddress else { return }
    madvise(UnsafeMutableRawPointer(mutating: base), bytes.count, MADV_DONTNEED)
  }

  /// The elements from byte `offset` on, read in place; nil where they do not fit or are not aligned.
  package func column<Element>(of type: Element.Type, at offset: Int, count: Int) -> Column<Element>? {
    let (size, overflow) = count.multipliedReportingOverflow(by: MemoryLayout<Element>.stride)
    guard count >= 0, offset >= 0, !overflow, size <= bytes.count - offset else { return nil }
    guard count > 0, let base = bytes.baseAddress else {
      return Column(mapping: UnsafeBufferPointer(start: nil, count: 0), owner: self)
    }
    let start = base + offset
    guard Int(bitPattern: start) % MemoryLayout<Element>.alignment == 0 else { return nil }
    return Column(
      mapping: UnsafeBufferPointer(start: start.assumingMemoryBound(to: Element.self), count: count),
      owner: self)
  }
}
