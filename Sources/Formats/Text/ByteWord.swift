extension UnsafeRawBufferPointer {
  /// The bytes from `start` on, at most eight, as a little-endian word, with zeros behind them. Nothing beside them is read.
  @inline(__always)
  func word(from start: Int) -> UInt64 {
    let rest = count - start
    guard rest > 0 else { return 0 }
    if rest >= 8 { return loadUnaligned(fromByteOffset: start, as: UInt64.self) }
    if count >= 8 {
      return loadUnaligned(fromByteOffset: count - 8, as: UInt64.self) &>> UInt64(64 - 8 * rest)
    }
    if count >= 4 {
      let first = UInt64(loadUnaligned(as: UInt32.self))
      let last = UInt64(loadUnaligned(fromByteOffset: count - 4, as: UInt32.self))
      return (first | last &<< UInt64(8 * (count - 4))) &>> UInt64(8 * start)
    }
    var word: UInt64 = 0
    for place in start..<count { word |= UInt64(self[place]) &<< UInt64(8 * (place - start)) }
    return word
  }
}
