import Compression
import Parquet
import Testing
import Values

/// Damaged files: each is read or refused, in bounded memory, and nothing worse.
@Suite struct MutationTests {
  static let limits: ParquetLimits = {
    var limits = ParquetLimits()
    limits.chunkBytes = 8 << 20
    limits.pageBytes = 1 << 20
    return limits
  }()

  static func files() throws -> [[UInt8]] {
    var random = SmallRandom(77)
    var files: [[UInt8]] = []
    for (index, encoding) in [Int32(0), 5, 6, 7, 9].enumerated() {
      let types =
        (0..<3).map { MadeType.made(depth: $0, &random) }
        + [
          .leaf(MadeLeaf(physical: .byteArray), isOptional: true),
          .leaf(MadeLeaf(physical: .int64), isOptional: true),
        ]
      files.append(
        try TestFile.made(
          types, rows: RoundTripTests.rows(types, 30, &random), groupSize: 20,
          codec: PageCodec.allCases[index], encoding: encoding, allowsDictionary: index == 0))
    }
    return files
  }

  static func read(_ bytes: [UInt8]) {
    guard let file = try? TestFile(bytes).open(limits: limits) else { return }
    if file.rowCount < 10_000 { _ = try? file.rows() }
    for group in 0..<min(3, file.rowGroupCount) {
      for leaf in file.schema.leaves where leaf.isFlat {
        _ = try? file.decodeFlat(rowGroup: group, leaf: leaf.index)
      }
      guard let chunk = try? file.chunk(group), chunk.rowCount < 10_000 else { continue }
      for field in file.fields.indices {
        for row in 0..<chunk.rowCount { _ = try? chunk.value(FieldPath(field), at: row) }
      }
    }
    if file.rowCount < 10_000 { _ = try? file.copied(Array(stride(from: 0, to: file.rowCount, by: 2))) }
  }

  @Test func everyCutIsRefused() throws {
    let bytes = try #require(try Self.files().first)
    for length in stride(from: 0, to: bytes.count, by: 7) {
      #expect((try? TestFile(Array(bytes[..<length])).open()) == nil, "\(length)")
    }
  }

  @Test(arguments: 0..<5) func everyByteFlipped(index: Int) throws {
    let bytes = try Self.files()[index]
    for place in stride(from: index, to: bytes.count, by: 3) {
      var damaged = bytes
      damaged[place] ^= place % 2 == 0 ? 0x80 : 0x01
      Self.read(damaged)
    }
  }

  @Test(arguments: 0..<5) func piecesInserted(index: Int) throws {
    let files = try Self.files()
    var random = SmallRandom(index)
    for _ in 0..<300 {
      var bytes = files[index]
      let other = files[random.below(files.count)]
      let start = random.below(other.count)
      let piece = other[start..<min(other.count, start + random.below(50))]
      let place = random.below(bytes.count)
      if random.chance(50) {
        bytes.insert(contentsOf: piece, at: place)
      } else {
        bytes.replaceSubrange(place..<min(bytes.count, place + piece.count), with: piece)
      }
      Self.read(bytes)
    }
  }

  /// What a damaged page holds is never given as the values of the whole one.
  @Test func damageInPagesIsSeen() throws {
    let type = MadeType.leaf(MadeLeaf(physical: .int64), isOptional: false)
    let rows = (0..<40).map { [NestedValue.int($0 * 1_000_003)] }
    let bytes = try TestFile.made([type], rows: rows, groupSize: 40, codec: .uncompressed)
    let start = try #require(bytes.firstIndex(of: 0x03))
    for place in max(40, start)..<300 {
      var damaged = bytes
      damaged[place] ^= 0x10
      #expect((try? TestFile(damaged).open().rows()) == nil, "byte \(place)")
    }
  }
}
