/// Sorts `rows` by their keys, smallest first; rows with equal keys keep their order. Least significant digit
/// first, 11 bits a pass: linear, and the same result on every machine.
/// - Parameters:
///   - bits: all keys lie below 2^bits.
///   - isCancelled: asked before each pass; nil is returned when it says so.
package func radixSorted(
  _ rows: ContiguousArray<Int32>, keys: ContiguousArray<UInt64>, bits: Int, isCancelled: () -> Bool
) -> ContiguousArray<Int32>? {
  precondition(rows.count == keys.count)
  let digit = 11
  var rows = rows
  var keys = keys
  var sortedRows = rows
  var sortedKeys = keys
  for shift in stride(from: 0, to: bits, by: digit) {
    if isCancelled() { return nil }
    var starts = [Int](repeating: 0, count: 1 << digit)
    let mask = UInt64(1 << digit - 1)
    for key in keys { starts[Int(key >> UInt64(shift) & mask)] += 1 }
    // A digit that all keys share moves nothing.
    if starts.contains(keys.count) { continue }
    var sum = 0
    for index in starts.indices {
      let count = starts[index]
      starts[index] = sum
      sum += count
    }
    for index in keys.indices {
      let place = Int(keys[index] >> UInt64(shift) & mask)
      let target = starts[place]
      starts[place] = target + 1
      sortedRows[target] = rows[index]
      sortedKeys[target] = keys[index]
    }
    swap(&rows, &sortedRows)
    swap(&keys, &sortedKeys)
  }
  return rows
}

/// The bits of a number in an order that unsigned integers keep: below for smaller numbers.
package func orderedBits(_ value: Float) -> UInt32 {
  let bits = value.bitPattern
  return bits >> 31 == 1 ? ~bits : bits | 0x8000_0000
}

/// The same of a Double; never all ones, which is no number's.
func orderedBits(_ value: Double) -> UInt64 {
  let bits = value.bitPattern
  return bits >> 63 == 1 ? ~bits : bits | 1 << 63
}
