/// The order of numbers, found by counting their digits, eleven bits at a time from the lowest (LSD radix sort; Knuth, The
/// Art of Computer Programming 3, 5.2.5): columns of scores are sorted some hundred times a scan. NaN is left out; −0 is 0.
public enum FloatOrder {
  /// Shorter runs are compared.
  private static let shortest = 512
  private static let digitBits: UInt32 = 11

  /// Rising.
  public static func sorted(_ values: [Float]) -> [Float] {
    guard values.count >= shortest else { return values.filter { !$0.isNaN }.map { $0 + 0 }.sorted() }
    var keys: [UInt32] = []
    keys.reserveCapacity(values.count)
    for value in values where !value.isNaN { keys.append(bits(value)) }
    var places: [Int32] = []
    sort(&keys, &places)
    return keys.map(value)
  }

  /// Indices of the values, rising; equal ones by index.
  package static func rising(_ values: [Float]) -> [Int] {
    guard values.count >= shortest else {
      return values.indices.filter { !values[$0].isNaN }.sorted {
        values[$0] == values[$1] ? $0 < $1 : values[$0] < values[$1]
      }
    }
    var keys: [UInt32] = []
    var places: [Int32] = []
    keys.reserveCapacity(values.count)
    places.reserveCapacity(values.count)
    for (place, value) in values.enumerated() where !value.isNaN {
      keys.append(bits(value))
      places.append(Int32(place))
    }
    sort(&keys, &places)
    return places.map(Int.init)
  }

  /// In an order that unsigned integers keep.
  private static func bits(_ value: Float) -> UInt32 {
    let bits = (value + 0).bitPattern
    return bits >> 31 == 1 ? ~bits : bits | 1 << 31
  }

  private static func value(_ bits: UInt32) -> Float {
    Float(bitPattern: bits >> 31 == 1 ? bits & ~(1 << 31) : ~bits)
  }

  /// - Parameter places: go with the keys; may be empty.
  private static func sort(_ keys: inout [UInt32], _ places: inout [Int32]) {
    var (otherKeys, otherPlaces) = (keys, places)
    for shift in stride(from: UInt32(0), to: 32, by: Int(digitBits)) {
      var starts = [Int](repeating: 0, count: 1 << digitBits)
      let mask = UInt32(1) << digitBits - 1
      for key in keys { starts[Int(key >> shift & mask)] += 1 }
      // A digit that all keys share moves nothing.
      if starts.contains(keys.count) { continue }
      var sum = 0
      for digit in starts.indices { (starts[digit], sum) = (sum, sum + starts[digit]) }
      for index in keys.indices {
        let digit = Int(keys[index] >> shift & mask)
        let target = starts[digit]
        starts[digit] = target + 1
        otherKeys[target] = keys[index]
        if !places.isEmpty { otherPlaces[target] = places[index] }
      }
      swap(&keys, &otherKeys)
      swap(&places, &otherPlaces)
    }
  }
}
