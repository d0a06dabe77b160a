import Parquet
import Testing

/// Footers and schemas that claim more than they have, or more than anyone needs.
@Suite struct LyingSchemaTests {
  typealias Lie = LyingFile

  static func footer(_ schema: Lie.Value, groups: Lie.Value = .list([]), rows: Int64 = 0) -> [UInt8] {
    Lie.file([], footer: Lie.footer(schema: schema, rows: rows, groups: groups))
  }

  @Test func listsAreBoundedByTheirBytes() {
    for count in [UInt64(1000), 1 << 31, 1 << 62, .max] {
      LyingFileTests.expect(Self.footer(.claim(count: count, [])), .malformed, "exceeds the metadata")
      LyingFileTests.expect(
        Self.footer(.list([Lie.root(1), Lie.leaf()]), groups: .claim(count: count, [])), .malformed,
        "exceeds the metadata")
    }
    let long = Lie.Value.structure([(4, .longString(1 << 40))])
    LyingFileTests.expect(Self.footer(.list([long])), .malformed, "a string of")
  }

  @Test func schemasMustBeTrees() {
    LyingFileTests.expect(Self.footer(.list([])), .malformed, "schema is empty")
    LyingFileTests.expect(Self.footer(.list([Lie.root(2), Lie.leaf()])), .malformed, "claims 2 fields")
    LyingFileTests.expect(Self.footer(.list([Lie.root(-1), Lie.leaf()])), .malformed, "claims -1 fields")
    LyingFileTests.expect(
      Self.footer(.list([Lie.root(Int64(Int32.max)), Lie.leaf()])), .malformed, "claims 2147483647 fields")
    LyingFileTests.expect(
      Self.footer(.list([Lie.root(1), Lie.leaf(), Lie.leaf()])), .malformed, "1 nodes outside")
    LyingFileTests.expect(
      Self.footer(.list([Lie.root(1), Lie.leaf(repetition: 7)])), .malformed, "repetition")
    for length in [Int64(-1), 0, Int64(Int32.max)] {
      LyingFileTests.expect(
        Self.footer(.list([Lie.root(1), Lie.leaf(type: 7, length: length)])), .malformed, "bytes")
    }
  }

  /// Each node the only child of the one before.
  @Test(arguments: [1, 3, 15]) func deepSchemasAreRefused(depth: Int) throws {
    func schema(_ depth: Int) -> Lie.Value {
      let groups = (0..<depth).map { _ in
        Lie.Value.structure([(3, .int32(2)), (4, .string("g")), (5, .int32(1))])
      }
      return .list([Lie.root(1)] + groups + [Lie.leaf()])
    }
    #expect(try TestFile(Self.footer(schema(depth))).open().schema.leaves[0].maxRepetition == depth)
    LyingFileTests.expect(Self.footer(schema(depth * 100)), .limit, "deep")
    var limits = ParquetLimits()
    limits.schemaDepth = .max
    LyingFileTests.expect(Self.footer(schema(depth * 5000)), .limit, "deep", limits: limits)
  }

  /// Structs in structs in a field that is not known, which must be passed over without end of the stack.
  @Test func deepFieldsThatAreNotKnownAreRefused() {
    let opening = [UInt8](repeating: 0x1C, count: 1_000_000)
    LyingFileTests.expect(Lie.file([], footer: opening), .malformed, "nested too deeply")
    let lists = [UInt8(9), 200] + [1] + [UInt8](repeating: 0x19, count: 100_000)
    LyingFileTests.expect(Lie.file([], footer: lists), .malformed, "nested too deeply")
  }

  @Test func aMillionRowGroupsAreRefused() {
    let group: [UInt8] = [0]
    let groups = Lie.Value.claim(count: 1_000_000, (0..<1_000_000).flatMap { _ in group })
    LyingFileTests.expect(
      Self.footer(.list([Lie.root(1), Lie.leaf()]), groups: groups), .limit, "1000000 row groups")
  }

  @Test func columnsAndChunksAreBounded() {
    var limits = ParquetLimits()
    limits.leaves = 10
    let leaves = (0..<11).map { Lie.leaf(name: "c\($0)") }
    LyingFileTests.expect(
      Self.footer(.list([Lie.root(11)] + leaves)), .limit, "more than 10 columns", limits: limits)
    limits = ParquetLimits()
    limits.chunks = 3
    let group = Lie.group((0..<2).map { _ in Lie.chunk(values: 0, size: 0) }, rows: 0)
    LyingFileTests.expect(
      Self.footer(.list([Lie.root(2), Lie.leaf(), Lie.leaf()]), groups: .list([group, group])), .limit,
      "column chunks", limits: limits)
  }

  @Test func numbersOfRowsMustAddUp() {
    func file(_ rows: [Int64], claims: Int64) -> [UInt8] {
      let groups = rows.map { Lie.group([Lie.chunk(values: 0, size: 0)], rows: $0) }
      return Self.footer(.list([Lie.root(1), Lie.leaf()]), groups: .list(groups), rows: claims)
    }
    LyingFileTests.expect(file([1, 2], claims: 4), .malformed, "have 3 rows, the file claims 4")
    LyingFileTests.expect(file([.max, .max], claims: 1), .limit, "claims 9223372036854775807 rows")
    LyingFileTests.expect(
      Self.footer(.list([Lie.root(0)]), groups: .list([Lie.group([], rows: 9)]), rows: 9), .malformed,
      "no columns")
    LyingFileTests.expect(file([-1], claims: 1), .malformed, "negative")
    LyingFileTests.expect(file([1], claims: -1), .malformed, "negative")
    LyingFileTests.expect(
      Self.footer(
        .list([Lie.root(1), Lie.leaf()]), groups: .list([Lie.group([], rows: 0)])), .malformed,
      "has 0 columns")
  }

  /// A list of three levels whose first record begins in the middle of another, and the like.
  @Test func levelsMustMakeRecords() {
    func column(repetition: [UInt8], definition: [UInt8], rows: Int64) -> [UInt8] {
      let body =
        Lie.little(2) + repetition + Lie.little(2) + definition + LyingFileTests.fourInts
        + LyingFileTests.fourInts
      return Lie.column(
        Lie.page(body, values: 8), leaf: Lie.leaf(repetition: 2), values: 8, rows: rows)
    }
    // Packed groups of eight levels of one bit.
    #expect(
      LyingFileTests.refusal(column(repetition: [3, 0b1110_1110], definition: [3, 0xFF], rows: 2)) == nil)
    LyingFileTests.expect(
      column(repetition: [3, 0xFF], definition: [3, 0xFF], rows: 1), .malformed, "first record")
    LyingFileTests.expect(
      column(repetition: [3, 0xFE], definition: [3, 0xFF], rows: 2), .malformed,
      "1 records in a row group of 2")
    LyingFileTests.expect(
      column(repetition: [16, 2], definition: [3, 0xFF], rows: 1), .malformed, "a level of 2")
  }
}
