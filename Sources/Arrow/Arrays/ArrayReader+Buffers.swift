import Values

/// Nodes and buffers in their order, with their sizes and offsets checked.
extension ArrayReader {
  mutating func node() throws(ColumnarError) -> (length: Int, nullCount: Int) {
    guard let nodes, nextNode < nodes.count else {
      throw ColumnarError(.malformed, "the batch has fewer columns than the schema")
    }
    let place = nodes.place(nextNode)
    nextNode += 1
    let length = table.bytes.load(Int64.self, at: place)
    let nullCount = table.bytes.load(Int64.self, at: place + 8)
    guard length >= 0, length <= Int64.max / 512, nullCount >= 0, nullCount <= length else {
      throw ColumnarError(.malformed, "\(length) values, \(nullCount) of them null")
    }
    return (Int(length), Int(nullCount))
  }

  mutating func fixed(_ length: Int, _ width: Int) throws(ColumnarError) -> ArrowBytes {
    let (size, overflow) = length.multipliedReportingOverflow(by: width)
    guard !overflow else { throw ColumnarError(.malformed, "\(length) values of \(width) bytes") }
    return try sized(size, for: length)
  }

  mutating func sized(_ size: Int, for length: Int) throws(ColumnarError) -> ArrowBytes {
    let bytes = try buffers.next()
    guard bytes.count >= size else {
      throw ColumnarError(.malformed, "\(bytes.count) bytes for \(length) values, which take \(size)")
    }
    return bytes
  }

  /// One more than there are values, or none at all where there is none.
  mutating func offsets(_ length: Int, _ isLarge: Bool) throws(ColumnarError) -> ArrowOffsets {
    let width = isLarge ? 8 : 4
    let bytes = try buffers.next()
    if length == 0, bytes.count < width {
      return ArrowOffsets(bytes: ArrowBytes([UInt8](repeating: 0, count: width)), isLarge: isLarge)
    }
    guard bytes.count / width > length else {
      throw ColumnarError(.malformed, "\(bytes.count) bytes of offsets for \(length) values")
    }
    return ArrowOffsets(bytes: bytes, isLarge: isLarge)
  }

  func check(_ offsets: ArrowOffsets, _ length: Int, limit: Int) throws(ColumnarError) {
    var last = offsets[0]
    guard last >= 0 else { throw ColumnarError(.malformed, "the first value begins at \(last)") }
    for row in 0..<length {
      let end = offsets[row + 1]
      guard end >= last else {
        throw ColumnarError(.malformed, "the value of row \(row) ends before it begins")
      }
      last = end
    }
    guard last <= limit else { throw ColumnarError(.malformed, "values up to \(last), there are \(limit)") }
  }
}
