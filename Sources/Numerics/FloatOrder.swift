/// The order of numbers, found by counting their digits, eleven bits at a time from the lowest (LSD radix sort; Knuth, The
/// Art of Computer Programming 3, 5.2.5): columns of scores are sorted some hundred times a scan. NaN is left out; −0 is 0.
public enum FloatOrder {
  /// Shorter runs are compared.
  private static let shortest = 512
  private static let digitBits = 11

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

  /// Indices of the values that are finite, rising, −0 before 0; equal ones by index.
  package static func risingFinite(_ values: [Double]) -> [Int] {
    var keys: [UInt64] = []
    var places: [Int32] = []
    keys.reserveCapacity(values.count)
    places.reserveCapacity(values.count)
    for (place, value) in values.enumerated() where value.isFinite {
      let bits = value.bitPattern
      keys.append(bits >> 63 == 1 ? ~bits : bits | 1 << 63)
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
  private static func sort<Key: FixedWidthInteger & UnsignedInteger>(
    _ keys: inout [Key], _ places: inout [Int32]
  ) {
    guard !keys.isEmpty else { return }
    var otherKeys = [Key](repeating: 0, count: keys.count)
    var otherPlaces = [Int32](repeating: 0, count: places.count)
    let isInOther = keys.withUnsafeMutableBufferPointer { keys in
      otherKeys.withUnsafeMutableBufferPointer { otherKeys in
        places.withUnsafeMutableBufferPointer { places in
          otherPlaces.withUnsafeMutableBufferPointer { otherPlaces in
            sort((keys, places), (otherKeys, otherPlaces))
          }
        }
      }
    }
    guard isInOther else { return }
    swap(&keys, &otherKeys)
    swap(&places, &otherPlaces)
  }

  private typealias Run<Key> = (
    keys: UnsafeMutableBufferPointer<Key>, places: UnsafeMutableBufferPointer<Int32>
  )

  /// - Returns: whether the sorted run is the second.
  private static func sort<Key: FixedWidthInteger & UnsignedInteger>(
    _ first: Run<Key>, _ second: Run<Key>
  ) -> Bool {
    let (count, hasPlaces) = (first.keys.count, !first.places.isEmpty)
    let digits = (Key.bitWidth + digitBits - 1) / digitBits
    let values = 1 << digitBits
    @inline(__always) func value(_ key: Key, _ digit: Int) -> Int {
      Int(truncatingIfNeeded: key >> (digit * digitBits)) & (values - 1)
    }
    // The digits of all keys are counted in one pass.
    var counts = [Int](repeating: 0, count: digits * values)
    return counts.withUnsafeMutableBufferPointer { counts in
      for key in first.keys {
        for digit in 0..<digits { counts[digit * values + value(key, digit)] += 1 }
      }
      var isInOther = false
      for digit in 0..<digits {
        let starts = UnsafeMutableBufferPointer(rebasing: counts[digit * values..<(digit + 1) * values])
        let (from, to) = isInOther ? (second, first) : (first, second)
        // A digit that all keys share moves nothing.
        if starts[value(from.keys[0], digit)] == count { continue }
        var sum = 0
        for value in starts.indices { (starts[value], sum) = (sum, sum + starts[value]) }
        for index in 0..<count {
          let own = value(from.keys[index], digit)
          let target = starts[own]
          starts[own] = target + 1
          to.keys[target] = from.keys[index]
          if hasPlaces { to.places[target] = from.places[index] }
        }
        isInOther.toggle()
      }
      return isInOther
    }
  }
}
