/// Writes byte strings as views and the buffers that they point into.
struct ViewWriter {
  private(set) var views: [UInt8] = []
  private(set) var buffers: [[UInt8]] = []
  /// Places in a buffer have 31 bits.
  private static let bufferSize = Int(Int32.max)

  mutating func append(_ bytes: [UInt8]) {
    put(Int32(bytes.count))
    guard bytes.count > ArrowView.inPlace else {
      views += bytes + [UInt8](repeating: 0, count: ArrowView.inPlace - bytes.count)
      return
    }
    if buffers.isEmpty || buffers[buffers.count - 1].count > Self.bufferSize - bytes.count {
      buffers.append([])
    }
    views += bytes.prefix(4)
    put(Int32(buffers.count - 1))
    put(Int32(buffers[buffers.count - 1].count))
    buffers[buffers.count - 1] += bytes
  }

  private mutating func put(_ number: Int32) {
    withUnsafeBytes(of: number.littleEndian) { views.append(contentsOf: $0) }
  }
}
