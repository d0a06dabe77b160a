/// A fixed run of decoded values in one block of memory.
package struct Elements<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
  // Unchecked: the memory is never written after the column is decoded.
  /// What keeps `buffer` alive.
  package let owner: AnyObject
  package let buffer: UnsafeBufferPointer<Element>

  init(_ storage: ByteStorage) {
    owner = storage
    buffer = storage.elements(of: Element.self)
  }

  package var count: Int { buffer.count }

  package subscript(position: Int) -> Element {
    precondition(position >= 0 && position < buffer.count)
    return buffer[position]
  }

  package func withUnsafeBufferPointer<R, E: Error>(
    _ body: (UnsafeBufferPointer<Element>) throws(E) -> R
  ) throws(E) -> R {
    let result = try body(buffer)
    _ = owner  // Lives at least until here.
    return result
  }
}

/// Byte strings end to end in one run of bytes, with `count + 1` offsets.
package struct ByteStrings: Sendable {
  package let bytes: Elements<UInt8>
  package let offsets: Elements<UInt64>

  package var count: Int { offsets.count - 1 }

  package subscript(position: Int) -> [UInt8] { withBytes(at: position) { [UInt8]($0) } }

  package func withBytes<R>(at position: Int, _ body: (UnsafeRawBufferPointer) -> R) -> R {
    let (start, end) = (Int(offsets[position]), Int(offsets[position + 1]))
    precondition(start <= end && end <= bytes.count)
    return bytes.withUnsafeBufferPointer {
      body(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer($0)[start..<end]))
    }
  }
}

extension ByteStrings {
  func forEach<Failure: Error>(
    _ body: (_ position: Int, _ bytes: UnsafeRawBufferPointer) throws(Failure) -> Void
  ) throws(Failure) {
    try bytes.withUnsafeBufferPointer { (bytes) throws(Failure) in
      for position in 0..<count {
        let (start, end) = (Int(offsets[position]), Int(offsets[position + 1]))
        precondition(start >= 0 && start <= end && end <= bytes.count)
        try body(position, UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: bytes[start..<end])))
      }
    }
  }
}

/// Byte strings of one width end to end.
package struct FixedStrings: Sendable {
  package let bytes: Elements<UInt8>
  package let width: Int

  package var count: Int { bytes.count / width }

  package subscript(position: Int) -> [UInt8] { withBytes(at: position) { [UInt8]($0) } }

  package func withBytes<R>(at position: Int, _ body: (UnsafeRawBufferPointer) -> R) -> R {
    precondition(position >= 0 && position < count)
    return bytes.withUnsafeBufferPointer {
      body(
        UnsafeRawBufferPointer(
          rebasing: UnsafeRawBufferPointer($0)[position * width..<(position + 1) * width]))
    }
  }
}

/// Values as they are stored, by their physical type.
package enum ColumnValues: Sendable {
  case bool(Elements<Bool>)
  case int32(Elements<Int32>)
  case int64(Elements<Int64>)
  case float(Elements<Float>)
  case double(Elements<Double>)
  case bytes(ByteStrings)
  /// FIXED_LEN_BYTE_ARRAY, and INT96 with a width of 12.
  case fixed(FixedStrings)

  package var count: Int {
    switch self {
    case .bool(let values): values.count
    case .int32(let values): values.count
    case .int64(let values): values.count
    case .float(let values): values.count
    case .double(let values): values.count
    case .bytes(let values): values.count
    case .fixed(let values): values.count
    }
  }
}
