/// A number of at most eight digits, with a point between them or none, whose bytes are taken at once: that of nearly every
/// cell, whatever the places of its digits, which a loop over them would have to guess.
enum FewDigits {
  /// The nearest double, ties to even; nil for all that is written otherwise, or longer, which may be a number too.
  @inline(__always)
  static func number(_ cell: UnsafeRawBufferPointer) -> Double? {
    guard let first = cell.first else { return nil }
    let start = first == UInt8(ascii: "-") || first == UInt8(ascii: "+") ? 1 : 0
    let count = cell.count - start
    guard count > 0, count <= 8 else { return nil }
    // In each byte the value of a digit, the first in the lowest; zeros behind the last.
    let values = cell.word(from: start) ^ (ByteStops.every(0x30) &>> UInt64(64 - 8 * count))
    let others = others(values)
    var number: Double
    if others == 0 {
      number = Double(whole(values &<< UInt64(64 - 8 * count)))
    } else {
      // The first byte that is no digit must be a point between digits, and the only one.
      let point = others.trailingZeroBitCount & ~7
      guard others & (others - 1) == 0, point > 0, point < 8 * (count - 1),
        values &>> UInt64(point) & 0xFF == UInt64(UInt8(ascii: ".") ^ 0x30)
      else { return nil }
      let before: UInt64 = (1 &<< UInt64(point)) - 1
      let digits = values & before | values >> 8 & ~before
      // One operation on two exact doubles rounds once.
      number = Double(whole(digits &<< UInt64(72 - 8 * count)))
      number /= DecimalNumber.powersOfTen[count - 1 - point / 8]
    }
    return first == UInt8(ascii: "-") ? -number : number
  }

  /// The high bit of each byte that is above nine.
  @inline(__always)
  private static func others(_ values: UInt64) -> UInt64 {
    ((values & ByteStops.every(0x7F)) &+ ByteStops.every(0x76) | values) & ByteStops.every(0x80)
  }

  /// Eight digits, the first in the lowest byte (Lemire, "Quickly parsing eight digits", 2018).
  @inline(__always)
  private static func whole(_ values: UInt64) -> UInt64 {
    let pairs = values &* 10 &+ values >> 8
    let mask: UInt64 = 0x0000_00FF_0000_00FF
    let (hundreds, ones): (UInt64, UInt64) = (100 | 1_000_000 << 32, 1 | 10_000 << 32)
    return ((pairs & mask) &* hundreds &+ (pairs >> 16 & mask) &* ones) >> 32
  }
}
