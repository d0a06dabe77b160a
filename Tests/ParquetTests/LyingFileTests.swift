import Parquet
import Testing
import Values

/// Files that lie are refused by what is wrong with them, before anything is allocated for what they claim.
@Suite struct LyingFileTests {
  typealias Lie = LyingFile

  static func refusal(_ bytes: [UInt8], limits: ParquetLimits = ParquetLimits()) -> ColumnarError? {
    do throws(ColumnarError) {
      _ = try TestFile(bytes).open(limits: limits).rows()
      return nil
    } catch {
      return error
    }
  }

  static func expect(
    _ bytes: [UInt8], _ kind: ColumnarError.Kind, _ part: String, limits: ParquetLimits = ParquetLimits(),
    _ location: SourceLocation = #_sourceLocation
  ) {
    let error = refusal(bytes, limits: limits)
    #expect(error?.kind == kind, "\(String(describing: error))", sourceLocation: location)
    #expect(
      error?.message.contains(part) ?? false, "\(String(describing: error))", sourceLocation: location)
  }

  static let fourInts = [1, 2, 3, 4].flatMap { Lie.little($0) }

  @Test func theHonestFileIsRead() throws {
    let file = try TestFile(Lie.column(Lie.page(Self.fourInts, values: 4), values: 4)).open()
    #expect(try file.rows() == [[.int(1)], [.int(2)], [.int(3)], [.int(4)]])
  }

  @Test func whatIsNoFileIsRefused() {
    Self.expect([], .malformed, "too short")
    Self.expect(Array("PAR1 and some more text PAR2".utf8), .malformed, "cut off")
    Self.expect(Array("CSV, and some more text PAR1".utf8), .malformed, "not a Parquet file")
    Self.expect(Array("PARE and some more text PARE".utf8), .unsupported, "encrypted files")
    Self.expect(
      Array("PAR1".utf8) + Lie.little(.max) + Array("PAR1".utf8), .malformed, "footer of 4294967295")
  }

  @Test func sizesOfPagesAreBounded() {
    func page(_ whole: Int64, _ packed: Int64) -> [UInt8] {
      Lie.column(Lie.page(Self.fourInts, values: 4, whole: whole, packed: packed), codec: 6, values: 4)
    }
    Self.expect(page(-1, 16), .malformed, "negative")
    Self.expect(page(16, -1), .malformed, "negative")
    Self.expect(page(16, 1 << 30), .malformed, "of which")
    Self.expect(page(Int64(Int32.max), 16), .limit, "a page of 2147483647 bytes")
    Self.expect(page(1 << 40, 16), .malformed, "exceeds 32 bits")
    Self.expect(page(400 << 20, 16), .malformed, "ZSTD")
    Self.expect(
      Lie.column(Lie.page(Self.fourInts, values: 4, whole: 17), values: 4), .malformed, "announces 17")
  }

  @Test func countsOfValuesAreChecked() {
    func column(_ page: Int64, _ chunk: Int64, rows: Int64? = nil) -> [UInt8] {
      Lie.column(Lie.page(Self.fourInts, values: page), values: chunk, rows: rows)
    }
    Self.expect(column(5, 5), .malformed, "cut off")
    Self.expect(column(5, 4), .malformed, "where 4 are left")
    Self.expect(column(4, 5), .malformed, "ends after 4 of 5")
    Self.expect(column(-4, 4), .malformed, "negative")
    Self.expect(column(4, -4, rows: 4), .malformed, "negative")
    Self.expect(column(4, .max), .limit, "claims 9223372036854775807 rows")
    Self.expect(column(4, .max, rows: 4), .malformed, "values in a row group of 4 rows")
    Self.expect(column(4, 4, rows: 5), .malformed, "4 values in a row group of 5 rows")
    Self.expect(column(0, 4), .malformed, "ends after 0 of 4")
  }

  /// A run of four bytes can claim two thousand million nulls.
  @Test func runsOfNullsAreBounded() {
    let levels = Lie.varint(UInt64(Int32.max) << 1) + [0]
    let body = Lie.little(UInt32(levels.count)) + levels
    let bytes = Lie.column(
      Lie.page(body, values: Int64(Int32.max)), leaf: Lie.leaf(repetition: 1), values: Int64(Int32.max))
    Self.expect(bytes, .limit, "claims 2147483647 rows")
    var limits = ParquetLimits()
    limits.rowsPerGroup = .max
    limits.chunkBytes = 64 << 20
    Self.expect(bytes, .limit, "more than 67108864 bytes", limits: limits)
  }

  @Test func indicesIntoDictionariesAreChecked() {
    func column(_ indices: [UInt8], entries: Int64 = 2) -> [UInt8] {
      let dictionary = Lie.dictionary(Lie.little(7) + Lie.little(8), values: entries)
      return Lie.column(dictionary + Lie.page(indices, values: 8, encoding: 8), values: 8)
    }
    #expect(Self.refusal(column([1, 3, 0b1010_1010])) == nil)
    Self.expect(column([2, 3, 0xFF, 0xFF]), .malformed, "index 3 into a dictionary of 2")
    Self.expect(column([8, 16, 9]), .malformed, "index 9 into a dictionary of 2")
    Self.expect(column([32, 16, 0xFF, 0xFF, 0xFF, 0xFF]), .malformed, "index 4294967295")
    Self.expect(column([254, 3, 0]), .malformed, "254 bits")
    Self.expect(column([1, 0]), .malformed, "a run of no values")
    Self.expect(column([]), .malformed, "cut off")
    Self.expect(column([1, 3, 0], entries: 3), .malformed, "cut off")
    Self.expect(column([1, 3, 0], entries: 0), .malformed, "dictionary of 0")
    Self.expect(
      Lie.column(Lie.page([1, 3, 0], values: 8, encoding: 8), values: 8), .malformed, "no dictionary")
  }

  /// A large string in a dictionary, a million times over.
  @Test func repeatedStringsAreBounded() {
    let string = [UInt8](repeating: 65, count: 100_000)
    let dictionary = Lie.dictionary(Lie.little(100_000) + string, values: 1)
    let page = Lie.page([1] + Lie.varint(2_000_000) + [0], values: 1_000_000, encoding: 8)
    let bytes = Lie.column(dictionary + page, leaf: Lie.leaf(type: 6), type: 6, values: 1_000_000)
    var limits = ParquetLimits()
    limits.chunkBytes = 64 << 20
    Self.expect(bytes, .limit, "more than", limits: limits)
  }

  @Test func lengthsOfStringsAreChecked() {
    func column(_ body: [UInt8], encoding: Int64 = 0) -> [UInt8] {
      Lie.column(
        Lie.page(body, values: 2, encoding: encoding), leaf: Lie.leaf(type: 6), type: 6, values: 2)
    }
    Self.expect(column(Lie.little(.max) + Lie.little(0)), .malformed, "cut off")
    Self.expect(column(Lie.little(1) + Lie.little(0)), .malformed, "cut off")
    // Lengths as differences: 128 a block, 4 parts, 2 values, the first of -1 bytes.
    Self.expect(
      column([0x80, 1, 4, 2, 1, 4, 0, 0, 0, 0], encoding: 6), .malformed, "a string of -1 bytes")
    Self.expect(column([0x80, 1, 4, 3, 1, 4], encoding: 6), .malformed, "3 differences for 2 values")
    Self.expect(column([0x81, 1, 4, 2, 1, 4], encoding: 6), .malformed, "blocks of 129")
    Self.expect(column([0x80, 1, 0, 2, 1, 4], encoding: 6), .malformed, "in 0 parts")
    Self.expect(
      column([0x80, 1, 4, 2, 0, 0, 200, 0, 0, 0], encoding: 6), .malformed, "200 bits")
    // Prefixes 3 and 3 of strings that are not there.
    Self.expect(
      column([0x80, 1, 4, 2, 6, 0, 0, 0, 0, 0, 0x80, 1, 4, 2, 0, 0, 0, 0, 0, 0], encoding: 7), .malformed,
      "a prefix of 3 bytes")
  }

  @Test func whatIsNotSupportedIsNamed() {
    let page = Lie.page(Self.fourInts, values: 4)
    Self.expect(Lie.column(page, codec: 3, values: 4), .unsupported, "LZO")
    Self.expect(Lie.column(page, codec: 99, values: 4), .unsupported, "codec 99")
    Self.expect(
      Lie.column(Lie.page(Self.fourInts, values: 4, encoding: 1), values: 4), .unsupported, "GROUP_VAR_INT")
    Self.expect(
      Lie.column(Lie.page(Self.fourInts, values: 4, encoding: 7), values: 4), .unsupported,
      "DELTA_BYTE_ARRAY of INT32")
    Self.expect(
      Lie.column(page, values: 4, extra: [(1, .string("other.parquet"))]), .unsupported, "another file")
    Self.expect(
      Lie.column(page, values: 4, extra: [(8, .structure([]))]), .unsupported, "encrypted columns")
    Self.expect(
      Lie.column(page, leaf: Lie.leaf(type: 2), values: 4), .malformed, "holds INT32, the schema INT64")
    Self.expect(Lie.column(page, leaf: Lie.leaf(type: 9), type: 9, values: 4), .malformed, "physical type 9")
    let error = Self.refusal(Lie.column(page, codec: 3, values: 4))
    #expect(error?.column == "c")
  }

  @Test func chunksOutsideOfTheFileAreRefused() {
    for (offset, size) in [(Int64(4), Int64(1) << 40), (1 << 40, 4), (.max, .max), (0, 30), (4, .max)] {
      let chunk = Lie.chunk(values: 4, offset: offset, size: size)
      let footer = Lie.footer(
        schema: .list([Lie.root(1), Lie.leaf()]), rows: 4, groups: .list([Lie.group([chunk], rows: 4)]))
      Self.expect(Lie.file(Lie.page(Self.fourInts, values: 4), footer: footer), .malformed, "outside")
    }
  }
}
