/// New bytes in place of a range of old ones; an empty range inserts.
package struct ByteEdit: Sendable, Equatable {
  package var place: Range<Int>
  package var bytes: [UInt8]
  package init(_ place: Range<Int>, _ bytes: [UInt8]) {
    self.place = place
    self.bytes = bytes
  }
}

extension UnsafeRawBufferPointer {
  /// The bytes with some places changed, which do not overlap, and all others as they are.
  package func applying(_ edits: [ByteEdit]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(count + edits.reduce(0) { $0 + $1.bytes.count })
    var copied = 0
    for edit in edits.sorted(by: { $0.place.lowerBound < $1.place.lowerBound }) {
      result += self[copied..<edit.place.lowerBound]
      result += edit.bytes
      copied = edit.place.upperBound
    }
    return result + self[copied...]
  }
}
