import Archives
import Foundation
import Testing

@Suite struct TarTests {
  private func archive(_ format: String) -> [UInt8] {
    [UInt8](Data(base64Encoded: archivesOfGNU[format] ?? "") ?? Data())
  }

  @Test(arguments: ["gnu", "posix", "ustar"]) func readsWhatTarWrites(_ format: String) throws {
    let bytes = archive(format)
    let read = try TarArchive.read(bytes)
    let long = String(repeating: "long", count: 40)
    var expected: [String: TarEntry.Kind] = [
      "d/": .folder, "d/a.png": .file, "d/empty": .file, "d/hard": .refused(.hardLink),
      "d/link": .refused(.symbolicLink), "d/pipe": .refused(.pipe),
    ]
    if format != "ustar" {
      expected["d/\(long)/"] = .folder
      expected["d/\(long)/b.png"] = .file
    }
    #expect(Dictionary(uniqueKeysWithValues: read.entries.map { ($0.name, $0.kind) }) == expected)
    for entry in read.entries where entry.kind == .file {
      let content: [UInt8] =
        entry.name.hasSuffix("a.png")
        ? Array("hello".utf8)
        : [UInt8](repeating: UInt8(ascii: "x"), count: entry.name.hasSuffix("b.png") ? 700 : 0)
      #expect(Array(bytes[entry.content]) == content)
    }
    #expect(read.isTerminated && read.hiddenOffset == nil && read.globalHeaders.isEmpty)
    // Entry after entry, without a gap.
    var offset = 0
    for entry in read.entries {
      #expect(entry.blocks.lowerBound == offset && entry.headerOffset >= offset)
      offset = entry.blocks.upperBound
    }
    #expect(offset == read.end)
  }

  @Test(arguments: ["gnu", "posix", "ustar"]) func copiesAreByteForByte(_ format: String) throws {
    let bytes = archive(format)
    let read = try TarArchive.read(bytes)
    func copy(_ keeps: (Int) -> Bool) -> [UInt8] {
      var copy: [UInt8] = []
      bytes.withUnsafeBytes { source in
        TarWriter.write(read, of: source, keeping: keeps) { copy += $0 }
      }
      return copy
    }
    #expect(copy { _ in true } == bytes[..<read.end] + TarWriter.end)
    #expect(copy { _ in false } == TarWriter.end)
    let kept = read.entries.indices.filter { $0 % 2 == 0 }
    let half = copy { kept.contains($0) }
    let again = try TarArchive.read(half)
    #expect(again.entries.map(\.name) == kept.map { read.entries[$0].name })
    #expect(again.isTerminated && half.count == again.end + 1024)
    for (entry, old) in zip(again.entries, kept) {
      #expect(half[entry.blocks].elementsEqual(bytes[read.entries[old].blocks]))
    }
  }

  @Test func globalHeadersAreKept() throws {
    var builder = TarBuilder()
    builder.add("a", [1])
    builder.addRecords(TarBuilder.record("comment", "of git"), type: "g")
    builder.add("b", [2])
    let bytes = builder.ended
    let read = try TarArchive.read(bytes)
    #expect(read.entries.map(\.name) == ["a", "b"] && read.globalHeaders == [1024..<2048])
    #expect(TarWriter.pieces(of: read) { _ in false } == [1024..<2048])
    #expect(TarWriter.pieces(of: read) { $0 == 1 } == [1024..<3072])
    #expect(TarWriter.pieces(of: read) { _ in true } == [0..<3072])
  }

  @Test func prefixesAndBinarySizes() throws {
    var builder = TarBuilder()
    builder.add(TarBuilder.block("b", size: TarBuilder.octal(0), prefix: "a"))
    builder.add(TarBuilder.block("b", size: TarBuilder.octal(0), prefix: "a", magic: "ustar  \u{0}"))
    var block = TarBuilder.block("c", size: TarBuilder.octal(0))
    block.replaceSubrange(124..<136, with: [0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0])
    builder.add(TarBuilder.withSum(block) + [UInt8](repeating: 7, count: 512))
    // GNU has other things where the prefix of POSIX lies.
    let read = try TarArchive.read(builder.ended)
    #expect(read.entries.map(\.name) == ["a/b", "b", "c"])
    #expect(read.entries[2].content.count == 512)
  }
}
