import TestSupport
import Testing
import Workbench

/// The radix sort against the standard one.
@Suite struct RadixSortTests {
  private func check(_ keys: [UInt64], bits: Int) {
    let rows = ContiguousArray((0..<Int32(keys.count)).reversed())
    let sorted = radixSorted(rows, keys: ContiguousArray(keys), bits: bits) { false }
    let expected = keys.indices.sorted { keys[$0] != keys[$1] ? keys[$0] < keys[$1] : $0 < $1 }
    #expect(sorted == ContiguousArray(expected.map { rows[$0] }))
  }

  @Test(arguments: [1, 10, 11, 12, 22, 32, 33, 63, 64])
  func sortsAsTheStandardSortDoes(_ bits: Int) {
    var random = SeededGenerator(UInt64(bits))
    let limit: UInt64 = bits == 64 ? .max : 1 << UInt64(bits) - 1
    for count in [0, 1, 2, 3, 100, 3000] {
      check((0..<count).map { _ in .random(in: 0...limit, using: &random) }, bits: bits)
      // Many equal ones, and the ends of the range.
      check((0..<count).map { _ in [0, 1, limit / 2, limit].randomElement(using: &random) ?? 0 }, bits: bits)
    }
    check([UInt64](repeating: limit, count: 50), bits: bits)
  }

  @Test(arguments: [0, 1, 100, 3000]) func keysAloneAreSortedToo(_ count: Int) {
    var random = SeededGenerator(UInt64(count))
    let wide = (0..<count).map { _ in UInt64.random(in: 0...UInt64.max, using: &random) }
    #expect(radixSorted(ContiguousArray(wide)) { false } == ContiguousArray(wide.sorted()))
    let narrow = wide.map { UInt32(truncatingIfNeeded: $0 % 5000) }
    #expect(radixSorted(ContiguousArray(narrow)) { false } == ContiguousArray(narrow.sorted()))
  }

  @Test func stopsWhenAsked() {
    #expect(radixSorted([0, 1], keys: [1, 0], bits: 64) { true } == nil)
  }

  @Test func bitsOfNumbersKeepTheirOrder() {
    var random = SeededGenerator(7)
    let special: [Float] = [
      -.infinity, -.greatestFiniteMagnitude, -1, -.leastNormalMagnitude, -.leastNonzeroMagnitude, 0,
      .leastNonzeroMagnitude, .leastNormalMagnitude, 1, .greatestFiniteMagnitude, .infinity,
    ]
    #expect(special.map(orderedBits) == special.map(orderedBits).sorted())
    let drawn = (0..<2000).compactMap { _ -> Float? in
      let value = Float(bitPattern: UInt32.random(in: 0...UInt32.max, using: &random))
      return value.isNaN ? nil : value
    }
    #expect(drawn.sorted { orderedBits($0) < orderedBits($1) } == drawn.sorted())
  }
}
