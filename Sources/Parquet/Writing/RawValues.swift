/// The values of a column as bytes, for what does not care for their type.
struct RawValues {
  private let owner: ColumnValues
  let bytes: UnsafeRawBufferPointer
  /// 0 for byte strings, whose lengths differ.
  let width: Int
  private let ends: UnsafeBufferPointer<UInt64>
  let count: Int

  init(_ values: ColumnValues) {
    owner = values
    count = values.count
    var ends = UnsafeBufferPointer<UInt64>(start: nil, count: 0)
    switch values {
    case .bool(let values): (bytes, width) = (UnsafeRawBufferPointer(values.buffer), 1)
    case .int32(let values): (bytes, width) = (UnsafeRawBufferPointer(values.buffer), 4)
    case .int64(let values): (bytes, width) = (UnsafeRawBufferPointer(values.buffer), 8)
    case .float(let values): (bytes, width) = (UnsafeRawBufferPointer(values.buffer), 4)
    case .double(let values): (bytes, width) = (UnsafeRawBufferPointer(values.buffer), 8)
    case .fixed(let values): (bytes, width) = (UnsafeRawBufferPointer(values.bytes.buffer), values.width)
    case .bytes(let values):
      (bytes, width) = (UnsafeRawBufferPointer(values.bytes.buffer), 0)
      ends = values.offsets.buffer
    }
    self.ends = ends
  }

  /// The bytes of one value.
  subscript(position: Int) -> UnsafeRawBufferPointer {
    precondition(position >= 0 && position < count)
    let range =
      width > 0 ? position * width..<(position + 1) * width : Int(ends[position])..<Int(ends[position + 1])
    precondition(range.upperBound <= bytes.count)
    return UnsafeRawBufferPointer(rebasing: bytes[range])
  }

  /// What values take in PLAIN; truth values are counted as bytes.
  func plainSize(_ range: Range<Int>) -> Int {
    width > 0 || range.isEmpty
      ? range.count * width : Int(ends[range.upperBound] - ends[range.lowerBound]) + 4 * range.count
  }

  func appendPlain(_ range: Range<Int>, to target: inout [UInt8]) {
    guard width == 0 else {
      target.append(contentsOf: bytes[range.lowerBound * width..<range.upperBound * width])
      return
    }
    for position in range {
      let string = self[position]
      withUnsafeBytes(of: UInt32(truncatingIfNeeded: string.count).littleEndian) {
        target.append(contentsOf: $0)
      }
      target.append(contentsOf: string)
    }
  }
}
