import Values

/// The hybrid of runs and bit-packed groups (Encodings.md, "Run Length Encoding / Bit-Packing Hybrid").
struct RunReader {
  enum Run {
    case repeated(UInt64, count: Int)
    case packed(UnsafeRawBufferPointer, count: Int)
  }
  private var reader: ByteReader
  private let width: Int
  /// What is left of a run that was cut.
  private var pending: Run?

  init(_ bytes: UnsafeRawBufferPointer, width: Int) throws(ColumnarError) {
    guard width <= 32 else { throw ColumnarError(.malformed, "values of \(width) bits, more than 32") }
    reader = ByteReader(bytes)
    self.width = width
  }

  /// The next run, cut to `most` values; what is cut off comes next. Within a page `most` must be a multiple of 8 where
  /// less than all that is left is asked for, as groups begin at bytes.
  mutating func next(_ maxCount: Int) throws(ColumnarError) -> Run {
    // A dictionary of one value needs no bits, and some writers then leave out the runs as well.
    if width == 0 { return .repeated(0, count: maxCount) }
    let run: Run
    if let cut = pending {
      run = cut
      pending = nil
    } else {
      run = try read()
    }
    switch run {
    case .repeated(let value, let count) where count > maxCount:
      pending = .repeated(value, count: count - maxCount)
      return .repeated(value, count: maxCount)
    case .packed(let bytes, let count) where count > maxCount:
      if maxCount % 8 == 0 {
        let rest = UnsafeRawBufferPointer(rebasing: bytes[(maxCount / 8 * width)...])
        pending = .packed(rest, count: count - maxCount)
      }
      return .packed(bytes, count: maxCount)
    default: return run
    }
  }

  private mutating func read() throws(ColumnarError) -> Run {
    let head = try reader.varint()
    let length = head >> 1
    guard length > 0 else { throw ColumnarError(.malformed, "a run of no values") }
    guard head & 1 == 1 else {
      var value: UInt64 = 0
      for index in 0..<(width + 7) / 8 { value |= UInt64(try reader.byte()) << UInt64(8 * index) }
      return .repeated(value, count: Int(min(length, UInt64(Int32.max))))
    }
    // Groups of 8 values. Some writers cut the last group to the bytes that it needs.
    let groups = Int(min(length, UInt64(Int32.max)))
    let size = min(groups * width, reader.bytes.count - reader.position)
    let count = min(groups * 8, size * 8 / width)
    guard count > 0 else { throw ByteReader.cutOff }
    return .packed(try reader.take(size), count: count)
  }
}
