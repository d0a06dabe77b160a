import Parquet
import Testing
import Values

/// Columns of a row group give any of their rows, those of structures their members, and lists of numbers all at once.
@Suite struct ChunkTests {
  @Test(arguments: 0..<8) func anyRowIsWhatWasWritten(seed: Int) throws {
    var random = SmallRandom(seed * 17 + 3)
    let types = (0..<4).map { MadeType.made(depth: $0, &random) }
    let rows = RoundTripTests.rows(types, 1 + random.below(60), &random)
    let bytes = try TestFile.made(types, rows: rows, groupSize: 1 + random.below(40), codec: .snappy)
    let file = try TestFile(bytes).open()
    var first = 0
    for group in file.chunkSizes.indices {
      let chunk = try file.chunk(group)
      let other = try file.chunk(group)
      for (index, field) in file.fields.enumerated() {
        // Before the column is asked for as a whole.
        for row in 0..<chunk.rowCount {
          #expect(try other.value(FieldPath(index), at: row) == rows[first + row][index])
        }
        try check(chunk, field, FieldPath(index), { rows[first + $0][index] })
      }
      first += chunk.rowCount
    }
    #expect(first == rows.count)
  }

  private func check(
    _ chunk: any ColumnarChunk, _ field: ColumnField, _ path: FieldPath, _ expected: (Int) -> NestedValue
  ) throws {
    let column = try chunk.column(path)
    try column.check()
    for row in (0..<chunk.rowCount).reversed() {
      #expect(try column.value(at: row) == expected(row))
      #expect(try chunk.value(path, at: row) == expected(row))
    }
    for (index, member) in field.members.enumerated() {
      try check(chunk, member, FieldPath(path.field, path.members + [index])) { row in
        guard case .structure(let structure) = expected(row) else { return .null }
        #expect(structure.names[index] == member.name)
        return structure.values[index]
      }
    }
  }

  /// Strings of which four or five make a page, `distinct` of them, some of the rows without.
  private static func longStrings(_ count: Int, distinct: Int) -> [[NestedValue]] {
    var random = SmallRandom(distinct)
    let strings = (0..<distinct).map { _ in
      NestedValue.bytes(
        (0..<200_000 + random.below(60_000)).map { _ in UInt8(truncatingIfNeeded: random.next()) })
    }
    return (0..<count).map { row in [row % 7 == 3 ? .null : strings[row % distinct]] }
  }

  private static var bytes: MadeType { .leaf(MadeLeaf(physical: .byteArray), isOptional: true) }

  @Test(arguments: [3, 29]) func anyRowOfAnyPageIsWhatWasWritten(distinct: Int) throws {
    let rows = Self.longStrings(29, distinct: distinct)
    let file = try TestFile(try TestFile.made([Self.bytes], rows: rows, groupSize: 29, codec: .snappy)).open()
    let chunk = try file.chunk(0)
    var random = SmallRandom(1)
    for row in (0..<29).shuffled(using: &random) + Array(0..<29) {
      #expect(try chunk.value(FieldPath(0), at: row) == rows[row][0])
    }
    #expect(throws: ColumnarError.self) { try chunk.value(FieldPath(0), at: 29) }
  }

  /// A page that is broken harms the rows that lie in it, and no others.
  @Test func rowsOfOtherPagesAreReadBesideABrokenOne() throws {
    let rows = Self.longStrings(29, distinct: 29)
    var bytes = try TestFile.made(
      [Self.bytes], rows: rows, groupSize: 29, codec: .gzip, allowsDictionary: false)
    let footer = bytes[(bytes.count - 8)...].prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
    for place in bytes.count - 8 - footer - 2_000..<bytes.count - 8 - footer - 1_000 { bytes[place] ^= 0x55 }
    let chunk = try TestFile(bytes).open().chunk(0)
    for row in 0..<20 { #expect(try chunk.value(FieldPath(0), at: row) == rows[row][0]) }
    #expect(throws: ColumnarError.self) { try chunk.value(FieldPath(0), at: 28) }
    #expect(throws: ColumnarError.self) { try chunk.column(FieldPath(0)) }
  }

  /// Some writers count more to a column chunk than its pages; what stands behind the last value is none.
  @Test func whatStandsBehindTheValuesIsNotRead() throws {
    let page = LyingFile.page(LyingFile.little(7) + LyingFile.little(9), values: 2)
    let bytes = LyingFile.column(page + [UInt8](repeating: 0xFF, count: 40), values: 2)
    let chunk = try TestFile(bytes).open().chunk(0)
    #expect(try chunk.value(FieldPath(0), at: 1) == .int(9))
    #expect(try chunk.column(FieldPath(0)).value(at: 0) == .int(7))
  }

  @Test(arguments: [PhysicalType.float, .double, .int32, .int64], [false, true])
  func listsOfNumbersAreThoseOfTheRows(physical: PhysicalType, isOptional: Bool) throws {
    var random = SmallRandom(Int(physical.rawValue))
    let type = MadeType.list(.leaf(MadeLeaf(physical: physical), isOptional: true), isOptional: isOptional)
    let rows = RoundTripTests.rows([type], 200, &random)
    let file = try TestFile(try TestFile.made([type], rows: rows, groupSize: 200, codec: .zstd)).open()
    let lists = try #require(try file.chunk(0).column(FieldPath(0)).lists())
    for (row, value) in rows.enumerated() {
      let own = lists.values[lists.starts[row]..<lists.starts[row + 1]]
      guard case .list(let elements) = value[0], !elements.contains(.null) else {
        #expect(lists.areWhole?[row] == false)
        continue
      }
      #expect(lists.areWhole?[row] ?? true || elements.isEmpty)
      #expect(own.map(\.bitPattern) == elements.map { Self.float($0).bitPattern })
    }
    #expect(lists.areWhole?.contains(true) == true && lists.areWhole?.contains(false) == true)
  }

  private static func float(_ value: NestedValue) -> Float {
    switch value {
    case .float(let value): value
    case .double(let value): Float(value)
    case .int(let value): Float(Double(value))
    default: .nan
    }
  }
}
