/// Writes the forms that `DeltaBinaryDecoder` and `DeltaStringDecoder` read.
enum DeltaEncoder {
  /// Blocks of 128 differences in four parts, as most writers make them.
  static func encode<Element: FixedWidthInteger & SignedInteger>(
    _ values: some RandomAccessCollection<Element>, into target: inout [UInt8]
  ) where Element.Magnitude: FixedWidthInteger {
    RunEncoder.varint(128, &target)
    RunEncoder.varint(4, &target)
    RunEncoder.varint(UInt64(values.count), &target)
    guard var previous = values.first else { return RunEncoder.zigzag(0, &target) }
    RunEncoder.zigzag(Int64(previous), &target)
    var deltas: [Element] = []
    for value in values.dropFirst() {
      deltas.append(value &- previous)
      previous = value
      if deltas.count == 128 {
        block(deltas, &target)
        deltas.removeAll(keepingCapacity: true)
      }
    }
    if !deltas.isEmpty { block(deltas, &target) }
  }

  private static func block<Element: FixedWidthInteger & SignedInteger>(
    _ deltas: [Element], _ target: inout [UInt8]
  ) where Element.Magnitude: FixedWidthInteger {
    let smallest = deltas.min() ?? 0
    RunEncoder.zigzag(Int64(smallest), &target)
    // Above the smallest, as unsigned: the width of the type is enough although differences wrap around.
    let above = deltas.map { UInt64(Element.Magnitude(truncatingIfNeeded: $0 &- smallest)) }
    let parts = stride(from: 0, to: above.count, by: 32).map { above[$0..<min($0 + 32, above.count)] }
    let widths = parts.map { part in 64 - (part.max() ?? 0).leadingZeroBitCount }
    for index in 0..<4 { target.append(index < widths.count ? UInt8(widths[index]) : 0) }
    for (part, width) in zip(parts, widths) {
      var packer = BitPacker()
      for value in part { packer.append(value, width: width, to: &target) }
      for _ in part.count..<32 { packer.append(0, width: width, to: &target) }
      packer.finish(&target)
    }
  }

  static func encodeLengths(_ strings: some Collection<UnsafeRawBufferPointer>, into target: inout [UInt8]) {
    encode(strings.map { Int32(truncatingIfNeeded: $0.count) }, into: &target)
    for string in strings { target.append(contentsOf: string) }
  }

  static func encodePrefixes(_ strings: some Collection<UnsafeRawBufferPointer>, into target: inout [UInt8]) {
    var prefixes: [Int32] = []
    var suffixes: [UnsafeRawBufferPointer] = []
    var previous = UnsafeRawBufferPointer(start: nil, count: 0)
    for string in strings {
      var shared = 0
      let maxShared = min(previous.count, string.count)
      while shared < maxShared, previous[shared] == string[shared] { shared += 1 }
      prefixes.append(Int32(truncatingIfNeeded: shared))
      suffixes.append(UnsafeRawBufferPointer(rebasing: string[shared...]))
      previous = string
    }
    encode(prefixes, into: &target)
    encodeLengths(suffixes, into: &target)
  }
}
