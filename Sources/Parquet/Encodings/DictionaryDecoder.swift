import Values

/// RLE_DICTIONARY and PLAIN_DICTIONARY (Encodings.md): a byte with the width, then indices into the dictionary as runs.
enum DictionaryDecoder {
  static func decode(
    _ bytes: UnsafeRawBufferPointer, count: Int, dictionary: ValueStore, into store: ValueStore
  ) throws(ColumnarError) {
    guard count > 0 else { return }
    var head = ByteReader(bytes)
    let width = Int(try head.byte())
    var runs = try RunReader(head.rest, width: width)
    switch store.width {
    case 0: try strings(&runs, width, count, dictionary, store)
    case 4: try gather(UInt32.self, &runs, width, count, dictionary, store)
    case 8: try gather(UInt64.self, &runs, width, count, dictionary, store)
    default: try others(&runs, width, count, dictionary, store)
    }
  }

  /// The indices by themselves, all of them within a dictionary of so many values.
  static func indices(
    _ bytes: UnsafeRawBufferPointer, count: Int, of size: Int
  ) throws(ColumnarError) -> [UInt32] {
    guard count > 0 else { return [] }
    var head = ByteReader(bytes)
    let width = Int(try head.byte())
    var runs = try RunReader(head.rest, width: width)
    var indices: [UInt32] = []
    try inPieces(&runs, width, count, size) { (piece) throws(ColumnarError) in indices += piece }
    return indices
  }

  @inline(__always)
  private static func gather<Element: BitwiseCopyable & FixedWidthInteger>(
    _ type: Element.Type, _ runs: inout RunReader, _ width: Int, _ count: Int, _ dictionary: ValueStore,
    _ store: ValueStore
  ) throws(ColumnarError) {
    let known = dictionary.data.elements(of: Element.self)
    let size = UInt64(dictionary.count)
    guard size > 0 else { throw outOfRange(0, size) }
    var target = try store.grow(by: count).bindMemory(to: Element.self, capacity: count)
    var left = count
    while left > 0 {
      switch try runs.next(left) {
      case .repeated(let index, let length):
        guard index < size else { throw outOfRange(index, size) }
        target.update(repeating: known[Int(index)], count: length)
        target += length
        left -= length
      case .packed(let packed, let length):
        var largest: UInt64 = 0
        let start = target
        let isWhole = unpackBits(packed, width: width, count: length) { place, index in
          largest = max(largest, index)
          // The last value stands in for what is out of range, until that is reported below.
          start[place] = known[Int(min(index, size - 1))]
        }
        guard isWhole else { throw ByteReader.cutOff }
        guard largest < size else { throw outOfRange(largest, size) }
        target += length
        left -= length
      }
    }
  }

  private static func strings(
    _ runs: inout RunReader, _ width: Int, _ count: Int, _ dictionary: ValueStore, _ store: ValueStore
  ) throws(ColumnarError) {
    try inPieces(&runs, width, count, dictionary.count) { (indices) throws(ColumnarError) in
      // The sizes first, so that room is made once.
      var total = 0
      for index in indices { total += dictionary.string(Int(index)).count }
      var end = store.data.count
      var target = try store.data.grow(by: total, store.budget)
      let ends = try store.growStrings(by: indices.count)
      for (place, index) in indices.enumerated() {
        let string = dictionary.string(Int(index))
        if let source = string.baseAddress { target.copyMemory(from: source, byteCount: string.count) }
        target += string.count
        end += string.count
        ends[place] = UInt64(end)
      }
    }
  }

  private static func others(
    _ runs: inout RunReader, _ width: Int, _ count: Int, _ dictionary: ValueStore, _ store: ValueStore
  ) throws(ColumnarError) {
    try inPieces(&runs, width, count, dictionary.count) { (indices) throws(ColumnarError) in
      var target = try store.grow(by: indices.count)
      guard let known = dictionary.data.base else { throw outOfRange(0, 0) }
      for index in indices {
        target.copyMemory(from: known + Int(index) * store.width, byteCount: store.width)
        target += store.width
      }
    }
  }

  /// Calls `body` with the indices, a few thousand at a time, all of them within the dictionary.
  @inline(__always)
  private static func inPieces(
    _ runs: inout RunReader, _ width: Int, _ count: Int, _ size: Int,
    _ body: (UnsafeBufferPointer<UInt32>) throws(ColumnarError) -> Void
  ) throws(ColumnarError) {
    let indices = UnsafeMutablePointer<UInt32>.allocate(capacity: pieceSize)
    defer { indices.deallocate() }
    var left = count
    while left > 0 {
      var largest: UInt64 = 0
      let length: Int
      switch try runs.next(min(left, pieceSize)) {
      case .repeated(let index, let count):
        indices.update(repeating: UInt32(truncatingIfNeeded: index), count: count)
        largest = index
        length = count
      case .packed(let packed, let count):
        let isWhole = unpackBits(packed, width: width, count: count) { place, index in
          largest = max(largest, index)
          indices[place] = UInt32(truncatingIfNeeded: index)
        }
        guard isWhole else { throw ByteReader.cutOff }
        length = count
      }
      guard largest < UInt64(size) else { throw outOfRange(largest, UInt64(size)) }
      try body(UnsafeBufferPointer(start: indices, count: length))
      left -= length
    }
  }

  /// A multiple of 8, as `RunReader.next` wants.
  private static let pieceSize = 4096

  private static func outOfRange(_ index: UInt64, _ size: UInt64) -> ColumnarError {
    ColumnarError(.malformed, "index \(index) into a dictionary of \(size) values")
  }
}
