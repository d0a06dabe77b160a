/// Numbers on the wire between the two processes: unsigned, 4 or 8 bytes, the lowest first.
///
///     to the decoder     once: `WorkerSettings`; then for each picture 8 bytes of length and so many of the file
///     from the decoder   once: 4 bytes of `Confinement`; then for each picture, in the order asked, a `WireReply`
struct WireWriter {
  private(set) var bytes: [UInt8] = []

  mutating func put(_ value: UInt32) {
    for shift in stride(from: UInt32(0), to: 32, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: value >> shift))
    }
  }

  /// A number that is not negative.
  mutating func put(_ value: Int) {
    put(UInt32(truncatingIfNeeded: value))
    put(UInt32(truncatingIfNeeded: value >> 32))
  }

  mutating func put(_ value: Bool) { put(UInt32(value ? 1 : 0)) }
}

struct WireReader {
  private var bytes: ArraySlice<UInt8>
  init(_ bytes: ArraySlice<UInt8>) { self.bytes = bytes }

  /// 0 where the bytes have come to their end; the caller has counted them.
  mutating func number() -> UInt32 {
    let taken = bytes.prefix(4)
    bytes = bytes.dropFirst(4)
    return taken.reversed().reduce(0) { $0 << 8 | UInt32($1) }
  }

  /// Nil where it exceeds `Int`.
  mutating func size() -> Int? {
    let low = UInt64(number())
    return Int(exactly: UInt64(number()) << 32 | low)
  }

  mutating func flag() -> Bool { number() != 0 }
}
