import Parquet
import Testing
import Values

/// Values of lists, maps and structures with lists, each read by itself, from the pages that hold it alone.
@Suite struct SingleValueTests {
  /// Strings of some 200 KB, so that a few make a page, in lists, structures and maps.
  private static let long = MadeType.leaf(MadeLeaf(physical: .byteArray), isOptional: true)
  private static let types: [MadeType] = [
    .list(long, isOptional: true),
    .structure([.list(.list(long, isOptional: false), isOptional: true), long], isOptional: true),
    .map(
      .structure([long, .leaf(MadeLeaf(physical: .int32), isOptional: false)], isOptional: true),
      isOptional: false),
  ]

  private static func lengthened(_ value: NestedValue, _ random: inout SmallRandom) -> NestedValue {
    switch value {
    case .bytes(let bytes):
      return .bytes(bytes + [UInt8](repeating: UInt8(random.below(256)), count: 150_000))
    case .list(let values): return .list(values.map { lengthened($0, &random) })
    case .structure(let value):
      return .structure(
        StructureValue(names: value.names, values: value.values.map { lengthened($0, &random) }))
    case .map(let entries):
      return .map(entries.map { EntryValue(key: $0.key, value: lengthened($0.value, &random)) })
    default: return value
    }
  }

  @Test(arguments: [true, false]) func anyRowOfManyPagesIsThatOfTheWhole(allowsDictionary: Bool) throws {
    var random = SmallRandom(5)
    let rows = RoundTripTests.rows(Self.types, 40, &random).map { $0.map { Self.lengthened($0, &random) } }
    let bytes = try TestFile.made(
      Self.types, rows: rows, groupSize: 40, codec: .zstd, allowsDictionary: allowsDictionary)
    let file = try TestFile(bytes).open()
    let chunk = try file.chunk(0)
    for row in (0..<40).shuffled(using: &random) {
      for field in Self.types.indices {
        #expect(try chunk.value(FieldPath(field), at: row) == rows[row][field])
      }
    }
    #expect(throws: ColumnarError.self) { try chunk.value(FieldPath(0), at: 40) }
    #expect(throws: ColumnarError.self) { try chunk.value(FieldPath(0), at: -1) }
  }

  /// What is broken in later pages harms no row before them, which shows that they are not looked at.
  @Test func rowsBeforeABrokenPageAreRead() throws {
    var random = SmallRandom(6)
    let rows = RoundTripTests.rows([Self.types[0]], 40, &random).map {
      $0.map { Self.lengthened($0, &random) }
    }
    var bytes = try TestFile.made(
      [Self.types[0]], rows: rows, groupSize: 40, codec: .uncompressed, allowsDictionary: false)
    let footer = bytes[(bytes.count - 8)...].prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
    // The length of the last string.
    for place in bytes.count - 8 - footer - 160_000..<bytes.count - 8 - footer { bytes[place] = 0xFF }
    let chunk = try TestFile(bytes).open().chunk(0)
    for row in 0..<20 { #expect(try chunk.value(FieldPath(0), at: row) == rows[row][0]) }
    #expect(throws: ColumnarError.self) { try chunk.column(FieldPath(0)) }
  }

  /// A row may lie in several pages, and what their heads say of rows may be wrong.
  @Test(arguments: 0..<6, [false, true]) func rowsThatPagesCutAreWhole(seed: Int, isSecond: Bool) throws {
    var random = SmallRandom(seed * 2 + (isSecond ? 1 : 0))
    let lists = (0..<30).map { _ in (0..<random.below(6)).map { _ in UInt32(random.below(1000)) } }
    var entries: [(level: UInt8, value: UInt32?)] = []
    for list in lists {
      if list.isEmpty { entries.append((0, nil)) }
      for (index, value) in list.enumerated() { entries.append((index == 0 ? 0 : 1, value)) }
    }
    var pages: [UInt8] = []
    var start = 0
    while start < entries.count {
      let part = entries[start..<min(entries.count, start + random.below(9))]
      start += part.count
      let repetitions = Self.packed(part.map(\.level))
      let definitions = Self.packed(part.map { $0.value == nil ? 0 : 1 })
      let body = part.compactMap(\.value).flatMap(LyingFile.little)
      let count = Int64(part.count)
      pages +=
        isSecond
        ? LyingFile.secondPage(
          repetitions: repetitions, definitions: definitions, body, values: count,
          rows: Int64(random.below(20)))
        : LyingFile.page(
          [repetitions, definitions].flatMap { LyingFile.little(UInt32($0.count)) + $0 } + body, values: count
        )
    }
    let bytes = LyingFile.column(
      pages, leaf: LyingFile.leaf(repetition: 2), values: Int64(entries.count), rows: Int64(lists.count))
    let chunk = try TestFile(bytes).open().chunk(0)
    let other = try TestFile(bytes).open().chunk(0)
    let whole = try other.column(FieldPath(0))
    for row in lists.indices.shuffled(using: &random) {
      let expected = NestedValue.list(lists[row].map { .int(Int64($0)) })
      #expect(try whole.value(at: row) == expected)
      #expect(try chunk.value(FieldPath(0), at: row) == expected)
    }
    #expect(throws: ColumnarError.self) { try chunk.value(FieldPath(0), at: lists.count) }
  }

  /// Levels of one bit in groups of eight.
  private static func packed(_ levels: [UInt8]) -> [UInt8] {
    let groups = (levels.count + 7) / 8
    var bytes = [UInt8](repeating: 0, count: groups)
    for (index, level) in levels.enumerated() { bytes[index / 8] |= level << UInt8(index % 8) }
    return groups == 0 ? [] : LyingFile.varint(UInt64(groups << 1 | 1)) + bytes
  }
}
