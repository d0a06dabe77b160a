import Values

/// DELTA_BINARY_PACKED (Encodings.md, "Delta Encoding"): blocks of differences, each less the smallest of its block, in
/// miniblocks of one width each.
enum DeltaBinaryDecoder {
  /// Decodes `count` values to `target`.
  /// - Returns: how many bytes of `bytes` the encoding takes.
  @inline(__always)
  static func decode<Element: FixedWidthInteger & BitwiseCopyable>(
    _ bytes: UnsafeRawBufferPointer, count: Int, into target: UnsafeMutablePointer<Element>
  ) throws(ColumnarError) -> Int {
    var reader = ByteReader(bytes)
    let blockSize = try reader.varint()
    let miniblocks = try reader.varint()
    let total = try reader.varint()
    var value = try reader.zigzag()
    guard total == UInt64(count) else {
      throw ColumnarError(.malformed, "\(total) differences for \(count) values")
    }
    guard blockSize > 0, blockSize % 128 == 0, blockSize <= UInt64(Int32.max), miniblocks > 0,
      miniblocks <= blockSize / 32, blockSize % miniblocks == 0, (blockSize / miniblocks) % 32 == 0
    else { throw ColumnarError(.malformed, "blocks of \(blockSize) differences in \(miniblocks) parts") }
    let perMiniblock = Int(blockSize / miniblocks)
    guard count > 0 else { return reader.position }
    target[0] = Element(truncatingIfNeeded: value)
    var done = 1
    while done < count {
      let smallest = try reader.zigzag()
      let widths = try reader.take(Int(miniblocks))
      for width in widths {
        // The miniblocks behind the last value have no body, whatever their width says.
        if done >= count { break }
        let width = Int(width)
        guard width <= Element.bitWidth else {
          throw ColumnarError(.malformed, "differences of \(width) bits, more than \(Element.bitWidth)")
        }
        let body = try reader.take(perMiniblock / 8 * width)
        let length = min(perMiniblock, count - done)
        let start = target + done
        guard
          unpackBits(
            body, width: width, count: length,
            { index, delta in
              // Differences wrap around, as the specification wants.
              value = value &+ smallest &+ Int64(bitPattern: delta)
              start[index] = Element(truncatingIfNeeded: value)
            })
        else { throw ByteReader.cutOff }
        done += length
      }
    }
    return reader.position
  }

  /// Values of INT32 or INT64.
  static func decode(_ bytes: UnsafeRawBufferPointer, count: Int, into store: ValueStore)
    throws(ColumnarError)
  {
    let target = try store.grow(by: count)
    if store.physical == .int32 {
      _ = try decode(bytes, count: count, into: target.bindMemory(to: Int32.self, capacity: count))
    } else {
      _ = try decode(bytes, count: count, into: target.bindMemory(to: Int64.self, capacity: count))
    }
  }
}
