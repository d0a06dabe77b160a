import Compression
import Parquet
import Testing
import Values

/// Copies with fewer rows and with corrected cells.
@Suite struct CopyTests {
  @Test(arguments: 0..<12) func keptRowsAreTheSame(seed: Int) throws {
    var random = SmallRandom(seed + 100)
    let types = (0..<4).map { MadeType.made(depth: $0, &random) }
    let rows = RoundTripTests.rows(types, 80, &random)
    let file = try TestFile(
      try TestFile.made(types, rows: rows, groupSize: 7 + seed * 10, codec: .zstd, encoding: 5)
    ).open()
    let kept = rows.indices.filter { _ in random.chance(40) }
    let copy = try TestFile(try file.copied(kept)).open()
    #expect(try copy.rows() == kept.map { rows[$0] })
    #expect(copy.keyValues.map(\.key) == ["made"])
    #expect(copy.schema.leaves.map(\.name) == file.schema.leaves.map(\.name))
    #expect(copy.schema.leaves.map(\.annotation) == file.schema.leaves.map(\.annotation))
  }

  @Test(arguments: [true, false]) func stringsAreReplaced(isOptional: Bool) throws {
    let type = MadeType.leaf(MadeLeaf(physical: .byteArray, annotation: .string), isOptional: isOptional)
    let other = MadeType.leaf(MadeLeaf(physical: .int64), isOptional: true)
    var rows = (0..<50).map { [NestedValue.string("cat"), .int(Int64($0))] }
    if isOptional { rows[4][0] = .null }
    let file = try TestFile(try TestFile.made([type, other], rows: rows, groupSize: 20, codec: .gzip)).open()
    let bytes = try file.copied(
      [3, 4, 5, 21, 49], replacing: 0, with: [4: .string("dog"), 21: .string("名"), 30: .string("x")])
    let expected: [NestedValue] = [
      .string("cat"), .string("dog"), .string("cat"), .string("名"), .string("cat"),
    ]
    #expect(try TestFile(bytes).open().rows() == zip(expected, [3, 4, 5, 21, 49]).map { [$0, .int($1)] })
  }

  @Test func wholeNumbersAreReplacedWithinTheirType() throws {
    let type = MadeType.leaf(
      MadeLeaf(physical: .int32, annotation: .integer(bits: 8, isSigned: true)), isOptional: false)
    let file = try TestFile(
      try TestFile.made([type], rows: (0..<9).map { [.int($0)] }, groupSize: 4, codec: .snappy)
    ).open()
    let bytes = try file.copied([0, 1, 8], replacing: 0, with: [0: .int(-128), 8: .int(127)])
    #expect(try TestFile(bytes).open().rows() == [[.int(-128)], [.int(1)], [.int(127)]])
    for wrong in [Replacement.int(128), .int(-129), .string("1")] {
      #expect(throws: ColumnarError.self) { try file.copied([0], replacing: 0, with: [0: wrong]) }
    }
  }

  @Test func whatCannotBeReplacedIsRefused() throws {
    let double = MadeType.leaf(MadeLeaf(physical: .double), isOptional: false)
    let list = MadeType.list(.leaf(MadeLeaf(physical: .int32), isOptional: false), isOptional: false)
    let file = try TestFile(
      try TestFile.made(
        [double, list], rows: [[.double(1), .list([.int(1)])]], groupSize: 4, codec: .snappy)
    ).open()
    for field in [0, 1, 2] {
      #expect(throws: ColumnarError.self) { try file.copied([0], replacing: field, with: [0: .int(1)]) }
    }
    for rows in [[1], [-1], [0, 0]] { #expect(throws: ColumnarError.self) { try file.copied(rows) } }
  }

  /// Few distinct values must not make the copy larger than the file.
  @Test func dictionariesKeepCopiesSmall() throws {
    let type = MadeType.leaf(MadeLeaf(physical: .byteArray, annotation: .string), isOptional: false)
    let long = String(repeating: "a long label ", count: 20)
    let rows = (0..<5000).map { [NestedValue.string(long + "\($0 % 3)")] }
    let bytes = try TestFile.made([type], rows: rows, groupSize: 5000, codec: .uncompressed)
    #expect(bytes.count < 4000)
    let copy = try TestFile(bytes).open().copied(Array(rows.indices))
    #expect(copy.count <= bytes.count + 200)
  }
}
