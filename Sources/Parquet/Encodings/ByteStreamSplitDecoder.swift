import Values

/// BYTE_STREAM_SPLIT (Encodings.md): first all first bytes of the values, then all second bytes, and so on.
enum ByteStreamSplitDecoder {
  static func decode(_ bytes: UnsafeRawBufferPointer, count: Int, into store: ValueStore)
    throws(ColumnarError)
  {
    guard count > 0 else { return }
    let width = store.width
    let (size, overflow) = count.multipliedReportingOverflow(by: width)
    guard !overflow, size <= bytes.count, let source = bytes.baseAddress else { throw ByteReader.cutOff }
    let target = try store.grow(by: count).bindMemory(to: UInt8.self, capacity: size)
    let streams = source.assumingMemoryBound(to: UInt8.self)
    for stream in 0..<width {
      let stride = streams + stream * count
      for index in 0..<count { target[index * width + stream] = stride[index] }
    }
  }
}
