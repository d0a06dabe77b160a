/// Bytes on the heap that stay where they are as long as the object lives.
final class HeapBytes: @unchecked Sendable {
  // Unchecked: never written after it is made.
  let bytes: UnsafeRawBufferPointer
  init(_ content: [UInt8]) {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: max(1, content.count), alignment: 1)
    content.withUnsafeBytes { buffer.copyMemory(from: $0) }
    bytes = UnsafeRawBufferPointer(rebasing: buffer[..<content.count])
  }
  deinit { bytes.deallocate() }
}
