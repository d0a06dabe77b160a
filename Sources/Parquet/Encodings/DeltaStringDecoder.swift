import Values

/// DELTA_LENGTH_BYTE_ARRAY and DELTA_BYTE_ARRAY (Encodings.md): lengths as differences, then the bytes; in the second form
/// each string shares a prefix with the one before.
enum DeltaStringDecoder {
  static func decodeLengths(_ bytes: UnsafeRawBufferPointer, count: Int, into store: ValueStore)
    throws(ColumnarError)
  {
    let lengths = try Lengths(bytes, count: count, budget: store.budget)
    defer { lengths.release(store.budget) }
    let body = UnsafeRawBufferPointer(rebasing: bytes[lengths.consumed...])
    guard lengths.total <= body.count else { throw ByteReader.cutOff }
    var end = store.data.count
    let target = try store.data.grow(by: lengths.total, store.budget)
    if let source = body.baseAddress { target.copyMemory(from: source, byteCount: lengths.total) }
    let ends = try store.growStrings(by: count)
    for (index, length) in lengths.values.enumerated() {
      end += Int(length)
      ends[index] = UInt64(end)
    }
  }

  static func decodePrefixes(_ bytes: UnsafeRawBufferPointer, count: Int, into store: ValueStore)
    throws(ColumnarError)
  {
    let prefixes = try Lengths(bytes, count: count, budget: store.budget)
    defer { prefixes.release(store.budget) }
    let rest = UnsafeRawBufferPointer(rebasing: bytes[prefixes.consumed...])
    let suffixes = try Lengths(rest, count: count, budget: store.budget)
    defer { suffixes.release(store.budget) }
    let body = UnsafeRawBufferPointer(rebasing: rest[suffixes.consumed...])
    guard suffixes.total <= body.count else { throw ByteReader.cutOff }
    let (total, overflow) = prefixes.total.addingReportingOverflow(suffixes.total)
    guard !overflow else { throw ByteReader.cutOff }
    var end = store.data.count
    var target = try store.data.grow(by: total, store.budget)
    var previous = UnsafeRawBufferPointer(start: nil, count: 0)
    var position = 0
    let ends = store.width == 0 ? try store.growStrings(by: count) : nil
    for index in 0..<count {
      let prefix = Int(prefixes.values[index])
      let suffix = Int(suffixes.values[index])
      guard prefix <= previous.count else {
        throw ColumnarError(.malformed, "a prefix of \(prefix) bytes of a string of \(previous.count)")
      }
      guard store.width == 0 || prefix + suffix == store.width else {
        throw ColumnarError(.malformed, "\(prefix + suffix) bytes where values have \(store.width)")
      }
      if let source = previous.baseAddress { target.copyMemory(from: source, byteCount: prefix) }
      if let source = body.baseAddress {
        (target + prefix).copyMemory(from: source + position, byteCount: suffix)
      }
      position += suffix
      previous = UnsafeRawBufferPointer(start: target, count: prefix + suffix)
      target += prefix + suffix
      end += prefix + suffix
      ends?[index] = UInt64(end)
    }
    if store.width > 0 { store.countWritten(count) }
  }

  /// The lengths of strings, none of them negative.
  private struct Lengths {
    private let storage = ByteStorage()
    let consumed: Int
    let total: Int
    var values: UnsafeBufferPointer<Int32> { storage.elements(of: Int32.self) }

    init(_ bytes: UnsafeRawBufferPointer, count: Int, budget: MemoryBudget) throws(ColumnarError) {
      let target = try storage.grow(by: count * 4, budget).bindMemory(to: Int32.self, capacity: count)
      consumed = try DeltaBinaryDecoder.decode(bytes, count: count, into: target)
      var total = 0
      for index in 0..<count {
        guard target[index] >= 0 else {
          throw ColumnarError(.malformed, "a string of \(target[index]) bytes")
        }
        total += Int(target[index])
      }
      self.total = total
    }

    func release(_ budget: MemoryBudget) { storage.shrink(to: 0, budget) }
  }
}
