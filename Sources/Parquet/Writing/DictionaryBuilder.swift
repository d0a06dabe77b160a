import Numerics

/// The distinct values of a column and, of each value, which of them it is.
struct DictionaryBuilder {
  /// Where in the column each distinct value stands first.
  private(set) var firsts: [Int] = []
  private(set) var indices: [UInt32] = []
  private var size = 0
  /// Open addressing: one more than an index into `firsts`, or 0.
  private var slots: [UInt32]
  private let seed: UInt64

  /// More bytes of distinct values, or more values, than this are written without a dictionary.
  private static let sizeLimit = 16 << 20
  private static let countLimit = 1 << 26

  /// Nil where a dictionary would not make the column smaller.
  init?(_ values: RawValues) {
    guard values.count > 1, values.count <= Self.countLimit, values.width != 1 else { return nil }
    slots = [UInt32](repeating: 0, count: 1024)
    // A seed of this process: files cannot be made so that their values collide.
    seed = UInt64.random(in: .min ... .max)
    indices.reserveCapacity(values.count)
    for position in 0..<values.count {
      let value = values[position]
      if !add(value, position, values) { return nil }
      // Given up early where most values are new.
      if position == 1 << 14, firsts.count > (1 << 14) * 3 / 4 { return nil }
    }
    let packed = size + values.count * indexWidth / 8
    guard packed < values.plainSize(0..<values.count) else { return nil }
  }

  /// Bits of an index.
  var indexWidth: Int { firsts.count < 2 ? 1 : Int.bitWidth - (firsts.count - 1).leadingZeroBitCount }

  private mutating func add(_ value: UnsafeRawBufferPointer, _ position: Int, _ values: RawValues) -> Bool {
    var slot = hash(value) & (slots.count - 1)
    while slots[slot] != 0 {
      let index = slots[slot] - 1
      let known = values[firsts[Int(index)]]
      if known.count == value.count, isSame(known, value) {
        indices.append(index)
        return true
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    size += value.count + 4
    guard size <= Self.sizeLimit else { return false }
    slots[slot] = UInt32(firsts.count + 1)
    indices.append(UInt32(firsts.count))
    firsts.append(position)
    if firsts.count * 2 > slots.count { grow(values) }
    return true
  }

  private mutating func grow(_ values: RawValues) {
    slots = [UInt32](repeating: 0, count: slots.count * 2)
    for (index, first) in firsts.enumerated() {
      var slot = hash(values[first]) & (slots.count - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = UInt32(index + 1)
    }
  }

  private func isSame(_ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer) -> Bool {
    if a.count == 8 { return a.loadUnaligned(as: UInt64.self) == b.loadUnaligned(as: UInt64.self) }
    if a.count == 4 { return a.loadUnaligned(as: UInt32.self) == b.loadUnaligned(as: UInt32.self) }
    return a.elementsEqual(b)
  }

  private func hash(_ value: UnsafeRawBufferPointer) -> Int {
    let code: UInt64
    switch value.count {
    case 8: code = value.loadUnaligned(as: UInt64.self)
    case 4: code = UInt64(value.loadUnaligned(as: UInt32.self))
    default:
      var hasher = Hasher()
      hasher.combine(bytes: value)
      return hasher.finalize() & Int.max
    }
    return Int(truncatingIfNeeded: Hash.mix(code ^ seed) >> 1)
  }
}
