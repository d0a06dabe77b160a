import Glibc

/// A file that a process of a target and the one that watches it both have in memory: the input that is run stays known
/// when the process is gone.
struct Page: ~Copyable {
  private static let size = 16 + Mutator.maximumSize
  private let bytes: UnsafeMutableRawBufferPointer

  /// - Parameter path: of a file that is made where there is none.
  init?(path: String) {
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    guard ftruncate(descriptor, off_t(Self.size)) == 0,
      let start = mmap(nil, Self.size, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0), start != MAP_FAILED
    else { return nil }
    bytes = UnsafeMutableRawBufferPointer(start: start, count: Self.size)
  }

  deinit { munmap(bytes.baseAddress, bytes.count) }

  /// Of inputs that were run.
  var executions: Int {
    get { bytes.load(as: Int.self) }
    nonmutating set { bytes.storeBytes(of: newValue, as: Int.self) }
  }

  var input: UnsafeRawBufferPointer {
    let count = min(max(0, bytes.load(fromByteOffset: 8, as: Int.self)), Mutator.maximumSize)
    return UnsafeRawBufferPointer(rebasing: bytes[16..<16 + count])
  }

  func set(_ input: [UInt8]) {
    let count = min(input.count, Mutator.maximumSize)
    bytes.storeBytes(of: count, toByteOffset: 8, as: Int.self)
    UnsafeMutableRawBufferPointer(rebasing: bytes[16...]).copyBytes(from: input.prefix(count))
  }
}
