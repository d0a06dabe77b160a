import Compression
import Parquet
import Testing
import Values

/// What the writer writes is what the reader reads, whatever its type.
@Suite struct RoundTripTests {
  static let codecs = PageCodec.allCases.filter { $0 != .lz4 }

  static func rows(_ types: [MadeType], _ count: Int, _ random: inout SmallRandom) -> [[NestedValue]] {
    (0..<count).map { _ in types.map { $0.value(&random) } }
  }

  @Test(arguments: codecs, 0..<6) func valuesComeBack(codec: PageCodec, seed: Int) throws {
    var random = SmallRandom(seed * 31 + Int(codec.rawValue))
    for depth in 0...3 {
      let types = (0..<3).map { _ in MadeType.made(depth: depth, &random) }
      let rows = Self.rows(types, 1 + random.below(60), &random)
      let bytes = try TestFile.made(
        types, rows: rows, groupSize: 1 + random.below(40), codec: codec, allowsDictionary: seed % 2 == 0)
      let file = try TestFile(bytes).open()
      #expect(file.rowCount == rows.count)
      #expect(try file.rows() == rows)
      #expect(file.keyValues.first?.value == "by a test")
    }
  }

  /// Every encoding that is written, on every type that it is for; on others PLAIN takes its place.
  @Test(arguments: [Int32(0), 3, 5, 6, 7, 9], [false, true])
  func encodingsComeBack(encoding: Int32, isOptional: Bool) throws {
    var random = SmallRandom(Int(encoding))
    for count in [1, 2, 31, 32, 33, 128, 129, 130, 700] {
      let types = MadeLeaf.all.map { MadeType.leaf($0, isOptional: isOptional) }
      let rows = Self.rows(types, count, &random)
      let bytes = try TestFile.made(
        types, rows: rows, groupSize: 1000, codec: .uncompressed, encoding: encoding, allowsDictionary: false)
      #expect(try TestFile(bytes).open().rows() == rows, "\(count) rows")
    }
  }

  @Test func filesWithoutRowsAreFiles() throws {
    let types = [MadeType.leaf(MadeLeaf.all[0], isOptional: true)]
    let file = try TestFile(try TestFile.made(types, rows: [], groupSize: 1, codec: .zstd)).open()
    #expect(file.rowCount == 0 && file.rowGroupCount == 0)
    #expect(try file.rows().isEmpty)
  }

  @Test func flatColumnsHaveAValueARow() throws {
    var random = SmallRandom(5)
    for leaf in MadeLeaf.all {
      let type = MadeType.leaf(leaf, isOptional: true)
      let rows = Self.rows([type], 300, &random)
      let file = try TestFile(try TestFile.made([type], rows: rows, groupSize: 300, codec: .snappy)).open()
      let column = try file.decodeFlat(rowGroup: 0, leaf: 0)
      let validity = try #require(column.validity)
      #expect(column.values.count == 300 && validity.count == 300)
      let present = rows.map { $0[0] != .null }
      #expect((0..<300).map { validity[$0] } == present)
      let stored = try StoredValues.make(rows.map { $0[0] }.filter { $0 != .null }, file.schema.leaves[0])
      var next = 0
      for row in 0..<300 where present[row] {
        #expect(Self.text(column.values, row) == Self.text(stored, next))
        next += 1
      }
    }
  }

  static func text(_ values: ColumnValues, _ position: Int) -> String {
    switch values {
    case .bool(let values): "\(values[position])"
    case .int32(let values): "\(values[position])"
    case .int64(let values): "\(values[position])"
    case .float(let values): "\(values[position])"
    case .double(let values): "\(values[position])"
    case .bytes(let values): "\(values[position])"
    case .fixed(let values): "\(values[position])"
    }
  }
}
