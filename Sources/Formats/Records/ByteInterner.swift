import Glibc
import Model

/// Gives every different run of bytes a code, in order of appearance. Bytes are compared, not characters: what differs
/// only in its Unicode form stays apart.
struct ByteInterner {
  private var bytes: [UInt8] = []
  private var offsets = [0]
  /// Codes by hash, -1 where free; a power of two of places, at most two thirds of them taken.
  private var places: [Int32]
  private let seeds = (UInt64.random(in: 0 ... .max), UInt64.random(in: 0 ... .max) | 1)

  /// - Parameter expected: how many runs are likely to differ: with room for them nothing moves.
  init(expected: Int = 0) {
    var size = 64
    while size < expected + expected / 2 + 2 { size *= 2 }
    places = [Int32](repeating: -1, count: size)
    offsets.reserveCapacity(expected + 1)
  }

  var count: Int { offsets.count - 1 }

  func name(_ code: Int) -> ArraySlice<UInt8> { bytes[offsets[code]..<offsets[code + 1]] }
  func string(_ code: Int) -> String { String(decoding: name(code), as: UTF8.self) }
  var names: [String] { (0..<count).map(string) }

  mutating func code(of key: UnsafeRawBufferPointer) -> Int32 {
    if (count + 1) * 3 > places.count * 2 { grow() }
    var place = hash(key) & (places.count - 1)
    while places[place] >= 0 {
      if isName(Int(places[place]), key) { return places[place] }
      place = (place + 1) & (places.count - 1)
    }
    places[place] = Int32(count)
    bytes.append(contentsOf: key)
    offsets.append(bytes.count)
    return places[place]
  }

  /// The code of a run that has one.
  func known(_ key: UnsafeRawBufferPointer) -> Int32? {
    var place = hash(key) & (places.count - 1)
    while places[place] >= 0 {
      if isName(Int(places[place]), key) { return places[place] }
      place = (place + 1) & (places.count - 1)
    }
    return nil
  }

  private func isName(_ code: Int, _ key: UnsafeRawBufferPointer) -> Bool {
    let start = offsets[code]
    guard offsets[code + 1] - start == key.count else { return false }
    guard let wanted = key.baseAddress, !key.isEmpty else { return true }
    return bytes.withUnsafeBytes { bytes in
      bytes.baseAddress.map { memcmp($0 + start, wanted, key.count) == 0 } ?? false
    }
  }

  private mutating func grow() {
    places = [Int32](repeating: -1, count: places.count * 2)
    bytes.withUnsafeBytes { bytes in
      for code in 0..<count {
        let key = UnsafeRawBufferPointer(rebasing: bytes[offsets[code]..<offsets[code + 1]])
        var place = hash(key) & (places.count - 1)
        while places[place] >= 0 { place = (place + 1) & (places.count - 1) }
        places[place] = Int32(code)
      }
    }
  }

  /// Seeded anew each time, so that no file can be made to collide.
  private func hash(_ key: UnsafeRawBufferPointer) -> Int {
    if key.count <= 8 {
      // Most names of classes: one product with a secret seed spreads them.
      let (high, low) = (key.word(from: 0) ^ seeds.0 &+ UInt64(key.count)).multipliedFullWidth(by: seeds.1)
      return Int(truncatingIfNeeded: high ^ low)
    }
    var hasher = Hasher()
    hasher.combine(bytes: key)
    return hasher.finalize()
  }
}
