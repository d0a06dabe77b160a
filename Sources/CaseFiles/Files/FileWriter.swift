import Compression
import Foundation
import Glibc
import Model

/// Appends to one new file through a buffer. Its bytes are on stable storage when `finish` returns.
struct FileWriter: ~Copyable {
  private static let bufferSize = 1 << 20
  private let path: String
  private let descriptor: Int32
  private let operations: FileOperations
  private var buffer: [UInt8] = []
  private var compressor: Compressor?

  /// - Throws: `CaseFileError` when the file cannot be made or is there already.
  init(path: String, mode: mode_t = 0o600) throws(CaseFileError) {
    try self.init(AT_FDCWD, FileName(path), called: path, mode, .real)
  }

  init(in folder: OpenFolder, name: FileName, mode: mode_t) throws(CaseFileError) {
    try self.init(folder.descriptor, name, called: folder.place(of: name), mode, folder.operations)
  }

  private init(
    _ folder: Int32, _ name: FileName, called path: String, _ mode: mode_t, _ operations: FileOperations
  ) throws(CaseFileError) {
    descriptor = openat(folder, name.bytes, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)
    self.path = path
    self.operations = operations
    guard descriptor >= 0 else { throw CaseFileError(.cannotWrite, path, String(cString: strerror(errno))) }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// All that is appended from here on is one compressed stream.
  mutating func compress(as format: StreamFormat) throws(CaseFileError) {
    compressor = try compressing { () throws(CompressionError) in try Compressor(format) }
  }

  mutating func append(_ bytes: some Sequence<UInt8>) throws(CaseFileError) {
    buffer.append(contentsOf: bytes)
    if buffer.count >= Self.bufferSize { try flush() }
  }

  /// Large runs go to the file without a copy.
  mutating func append(_ bytes: UnsafeRawBufferPointer) throws(CaseFileError) {
    guard bytes.count >= Self.bufferSize else {
      buffer.append(contentsOf: bytes)
      if buffer.count >= Self.bufferSize { try flush() }
      return
    }
    try flush()
    try writeAll(bytes)
  }

  /// The elements as they lie in memory.
  mutating func append<Element>(elementsOf column: Column<Element>) throws(CaseFileError) {
    try column.withUnsafeBufferPointer { elements throws(CaseFileError) in
      try append(UnsafeRawBufferPointer(elements))
    }
  }

  mutating func finish() throws(CaseFileError) {
    try flush()
    if let compressor {
      let rest = try compressing { () throws(CompressionError) in try compressor.finish() }
      try store(rest)
    }
    let error = operations.synchronize(descriptor)
    guard error == 0 else { throw CaseFileError(.writeFailed, path, String(cString: strerror(error))) }
  }

  private mutating func flush() throws(CaseFileError) {
    let pending = buffer
    buffer.removeAll(keepingCapacity: true)
    guard let compressor else { return try store(pending) }
    try store(compressing { () throws(CompressionError) in try compressor.append(pending) })
  }

  private func writeAll(_ bytes: UnsafeRawBufferPointer) throws(CaseFileError) {
    guard let compressor else { return try store(bytes) }
    try store(compressing { () throws(CompressionError) in try compressor.append(bytes) })
  }

  private func compressing<Result>(
    _ body: () throws(CompressionError) -> Result
  ) throws(CaseFileError) -> Result {
    do { return try body() } catch { throw CaseFileError(.writeFailed, path, error.message) }
  }

  private func store(_ bytes: [UInt8]) throws(CaseFileError) {
    try bytes.withUnsafeBytes { bytes in
      Result { () throws(CaseFileError) in try store(bytes) }
    }.get()
  }

  private func store(_ bytes: UnsafeRawBufferPointer) throws(CaseFileError) {
    var done = 0
    while done < bytes.count {
      let rest = UnsafeRawBufferPointer(rebasing: bytes[done...])
      let count = write(descriptor, rest.baseAddress, rest.count)
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw failure() }
      done += count
    }
  }

  private func failure() -> CaseFileError {
    CaseFileError(.writeFailed, path, String(cString: strerror(errno)))
  }
}
