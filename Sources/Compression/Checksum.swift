import CZlib

/// CRC-32 of RFC 1952, which pages of Parquet carry (parquet.thrift, `PageHeader.crc`).
package func crc32(_ parts: [UnsafeRawBufferPointer]) -> UInt32 {
  var sum: UInt = 0
  for part in parts {
    guard let base = part.baseAddress else { continue }
    sum = crc32_z(sum, base.assumingMemoryBound(to: UInt8.self), part.count)
  }
  return UInt32(truncatingIfNeeded: sum)
}
