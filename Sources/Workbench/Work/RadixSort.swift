/// Bits of a digit.
private let digit = 11

/// Sorts `rows` by their keys, smallest first; rows with equal keys keep their order. Least significant digit
/// first, 11 bits a pass: linear, and the same result on every machine.
/// - Parameters:
///   - bits: all keys lie below 2^bits.
///   - isCancelled: asked before each pass; nil is returned when it says so.
package func radixSorted(
  _ rows: ContiguousArray<Int32>, keys: ContiguousArray<UInt64>, bits: Int, isCancelled: () -> Bool
) -> ContiguousArray<Int32>? {
  radixSortedPairs(rows, keys: keys, bits: bits, isCancelled: isCancelled)?.rows
}

/// The same, with the keys in the order of the rows.
func radixSortedPairs(
  _ rows: consuming ContiguousArray<Int32>, keys: consuming ContiguousArray<UInt64>, bits: Int,
  isCancelled: () -> Bool
) -> (rows: ContiguousArray<Int32>, keys: ContiguousArray<UInt64>)? {
  precondition(rows.count == keys.count)
  var sortedRows = ContiguousArray<Int32>(repeating: 0, count: rows.count)
  var sortedKeys = ContiguousArray<UInt64>(repeating: 0, count: rows.count)
  for shift in stride(from: 0, to: bits, by: digit) {
    if isCancelled() { return nil }
    guard var starts = starts(of: keys, shift: shift) else { continue }
    let mask = UInt64(1 << digit - 1)
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
  return (rows, keys)
}

/// Keys alone, smallest first; nil when cancelled.
package func radixSorted<Key: FixedWidthInteger & UnsignedInteger>(
  _ keys: consuming ContiguousArray<Key>, isCancelled: () -> Bool
) -> ContiguousArray<Key>? {
  var sorted = ContiguousArray<Key>(repeating: 0, count: keys.count)
  for shift in stride(from: 0, to: Key.bitWidth, by: digit) {
    if isCancelled() { return nil }
    guard var starts = starts(of: keys, shift: shift) else { continue }
    let mask = Key(truncatingIfNeeded: 1 << digit - 1)
    for index in keys.indices {
      let key = keys[index]
      let place = Int(truncatingIfNeeded: key >> Key(shift) & mask)
      sorted[starts[place]] = key
      starts[place] += 1
    }
    swap(&keys, &sorted)
  }
  return keys
}

/// Where the keys of each digit begin; nil where all share the digit, which moves nothing.
private func starts<Key: FixedWidthInteger & UnsignedInteger>(of keys: ContiguousArray<Key>, shift: Int)
  -> [Int]?
{
  var starts = [Int](repeating: 0, count: 1 << digit)
  let mask = Key(truncatingIfNeeded: 1 << digit - 1)
  for key in keys { starts[Int(truncatingIfNeeded: key >> Key(shift) & mask)] += 1 }
  if starts.contains(keys.count) { return nil }
  var sum = 0
  for index in starts.indices {
    let count = starts[index]
    starts[index] = sum
    sum += count
  }
  return starts
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

/// The number of which these are the ordered bits.
func number(orderedBits bits: UInt32) -> Float {
  Float(bitPattern: bits >> 31 == 1 ? bits & 0x7FFF_FFFF : ~bits)
}

func number(orderedBits bits: UInt64) -> Double {
  Double(bitPattern: bits >> 63 == 1 ? bits & ~(1 << 63) : ~bits)
}
