import Archives
import Testing

@Suite struct TarReplacementTests {
  private static func archive() -> [UInt8] {
    var builder = TarBuilder()
    builder.add("a.cls", Array("3\n".utf8))
    builder.add("a.txt", [UInt8](repeating: 0x78, count: 700))
    builder.add("b.cls", Array("4".utf8))
    return builder.bytes + [UInt8](repeating: 0, count: 1024)
  }

  /// Contents by name, of an archive that is read again.
  private static func contents(_ bytes: [UInt8]) throws -> [String: String] {
    let archive = try TarArchive.read(bytes)
    return Dictionary(
      uniqueKeysWithValues: archive.entries.map {
        ($0.name, String(decoding: bytes[$0.content], as: UTF8.self))
      })
  }

  @Test(arguments: ["7\n", "", String(repeating: "long", count: 300)])
  func aContentIsReplacedAndAllElseKept(_ content: String) throws {
    let bytes = Self.archive()
    let archive = try TarArchive.read(bytes)
    let copy = try bytes.withUnsafeBytes { bytes in
      var copy: [UInt8] = []
      let blocks = try TarWriter.blocks(of: archive.entries[0], in: bytes, content: Array(content.utf8))
      let last = try TarWriter.blocks(of: archive.entries[2], in: bytes, content: Array("5".utf8))
      TarWriter.write(archive, of: bytes, keeping: { _ in true }, replacing: [0: blocks, 2: last]) {
        copy += $0
      }
      return copy
    }
    var expected = try Self.contents(bytes)
    expected["a.cls"] = content
    expected["b.cls"] = "5"
    #expect(try Self.contents(copy) == expected)
  }

  /// A size that a header of pax tells too cannot be changed in one place.
  @Test func aSizeThatIsToldTwiceIsNotChanged() throws {
    var builder = TarBuilder()
    builder.add("pax", type: "x", Array(TarBuilder.record("size", "2").utf8))
    builder.add("a.cls", Array("3\n".utf8))
    let bytes = builder.bytes + [UInt8](repeating: 0, count: 1024)
    let archive = try TarArchive.read(bytes)
    let entry = try #require(archive.entries.first)
    bytes.withUnsafeBytes { bytes in
      #expect((try? TarWriter.blocks(of: entry, in: bytes, content: Array("7\n".utf8))) != nil)
      #expect(throws: ArchiveError.self) {
        try TarWriter.blocks(of: entry, in: bytes, content: Array("seven".utf8))
      }
    }
  }
}
