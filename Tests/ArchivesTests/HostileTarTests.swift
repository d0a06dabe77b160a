import Archives
import Foundation
import Testing

@Suite struct HostileTarTests {
  private func kind(_ name: String, type: Character = "0") throws -> TarEntry.Kind? {
    var builder = TarBuilder()
    builder.add(name, type: type)
    return try TarArchive.read(builder.ended).entries.first?.kind
  }

  @Test func namesThatLeadElsewhereAreRefused() throws {
    for name in ["..", "../a", "a/../b", "a/..", "./../a"] {
      #expect(try kind(name) == .refused(.climbingName))
    }
    for name in ["/a", "//", "/etc/passwd"] { #expect(try kind(name) == .refused(.absoluteName)) }
    #expect(try kind("") == .refused(.emptyName))
    for name in ["a..b", "..a/b", "a/...", "./a"] { #expect(try kind(name) == .file) }
    var builder = TarBuilder()
    builder.addRecords(TarBuilder.record("path", "a\u{0}b"))
    builder.add("c")
    builder.addRecords(TarBuilder.record("path", "../c"))
    builder.add("c")
    builder.add("L", type: "L", Array("/d\u{0}".utf8))
    builder.add("c")
    let kinds = try TarArchive.read(builder.ended).entries.map(\.kind)
    #expect(kinds == [.refused(.invalidName), .refused(.climbingName), .refused(.absoluteName)])
  }

  @Test func onlyRegularFilesAreFiles() throws {
    let expected: [Character: TarEntry.Kind] = [
      "0": .file, "7": .file, "\u{0}": .file, "1": .refused(.hardLink), "2": .refused(.symbolicLink),
      "3": .refused(.characterDevice), "4": .refused(.blockDevice), "5": .folder, "6": .refused(.pipe),
      "S": .refused(.sparseFile), "V": .refused(.unknown(type: 86)), "Z": .refused(.unknown(type: 90)),
    ]
    for (type, kind) in expected { #expect(try self.kind("a", type: type) == kind) }
    #expect(try kind("a/", type: "\u{0}") == .folder)
    var builder = TarBuilder()
    builder.addRecords(TarBuilder.record("GNU.sparse.major", "1"))
    builder.add("a")
    #expect(try TarArchive.read(builder.ended).entries.map(\.kind) == [.refused(.sparseFile)])
  }

  @Test func sizesThatLieAreErrorsAtTheirOffset() {
    var builder = TarBuilder()
    builder.add("a", [1, 2, 3])
    builder.add("b", [1], size: TarBuilder.octal(1 << 30))
    #expect(tarError(builder.ended)?.offset == 1024)
    for size in ["77777777777\u{0}", "9999", "-1", "1x"] {
      var builder = TarBuilder()
      builder.add("a", size: size)
      #expect(tarError(builder.ended) != nil)
    }
    for first in [UInt8(0x80), 0xFF, 0xC0] {
      var block = TarBuilder.block("a", size: TarBuilder.octal(0))
      block.replaceSubrange(124..<136, with: [first] + [UInt8](repeating: 0xFF, count: 11))
      #expect(tarError(TarBuilder.withSum(block)) != nil)
    }
    for type in "123456" {
      var builder = TarBuilder()
      builder.add("a", type: type, [UInt8](repeating: 1, count: 512))
      #expect(tarError(builder.ended)?.offset == 0)
    }
  }

  /// Programs that go by the header and programs that go by pax would see other files: CVE-2025-62518 is one of these.
  @Test func twoSizesAreAnError() throws {
    var inner = TarBuilder()
    inner.add("hidden", [1])
    var builder = TarBuilder()
    builder.addRecords(TarBuilder.record("size", "\(inner.bytes.count)"))
    builder.add(TarBuilder.block("a", size: TarBuilder.octal(0)) + inner.bytes)
    #expect(tarError(builder.ended)?.offset == 1024)
    builder = TarBuilder()
    builder.addRecords(TarBuilder.record("size", "3"))
    builder.add("a", [1, 2, 3])
    #expect(try TarArchive.read(builder.ended).entries.map(\.content.count) == [3])
    builder = TarBuilder()
    builder.addRecords(TarBuilder.record("size", "9000000000"))
    builder.add("a", [1])
    #expect(tarError(builder.ended)?.offset == 1024)
    builder = TarBuilder()
    builder.addRecords(TarBuilder.record("size", "3") + TarBuilder.record("size", "4"))
    builder.add("a", [1, 2, 3])
    #expect(tarError(builder.ended) != nil)
  }

  @Test func twoNamesAreAnError() {
    var builder = TarBuilder()
    builder.add("L", type: "L", Array("one\u{0}".utf8))
    builder.addRecords(TarBuilder.record("path", "two"))
    builder.add("a")
    #expect(tarError(builder.ended)?.offset == 2048)
    for record in [TarBuilder.record("path", "x"), TarBuilder.record("size", "1")] {
      builder = TarBuilder()
      builder.addRecords(record, type: "g")
      builder.add("a")
      #expect(tarError(builder.ended)?.offset == 0)
    }
  }

  @Test func recordsOfPaxThatLie() {
    for record in [
      "8 path=a\n", "11 path=a\n", "5 a=\n", "999999999999999999999 path=a\n", "path=a\n", "10 path=ab",
      "0 =\n",
      "-9 path=a\n", "8 pathab\n", "12 size=99x\n",
    ] {
      var builder = TarBuilder()
      builder.addRecords(record)
      builder.add("a", [1])
      if record == "5 a=\n" {
        #expect(tarError(builder.ended) == nil)
      } else {
        #expect(tarError(builder.ended) != nil)
      }
    }
  }

  @Test func truncationsAreErrorsOrEndAtAnEntry() throws {
    let bytes = [UInt8](Data(base64Encoded: archivesOfGNU["posix"] ?? "") ?? Data())
    let whole = try TarArchive.read(bytes)
    let ends = Set(whole.entries.map(\.blocks.upperBound))
    let lengths = Set(stride(from: 1, to: whole.end, by: 97))
      .union(stride(from: 512, to: whole.end, by: 512).flatMap { [$0 - 1, $0, $0 + 1] })
    for length in lengths where length < whole.end {
      let error = tarError(Array(bytes[..<length]))
      // Where an entry ends there is nothing wrong to be seen, but the end is not marked.
      if ends.contains(length) {
        #expect(error == nil)
        #expect(try !TarArchive.read(Array(bytes[..<length])).isTerminated)
      } else {
        #expect(error != nil)
      }
    }
  }

  @Test func whatLiesBehindTheEndIsTold() throws {
    var builder = TarBuilder()
    builder.add("a", [1])
    let end = builder.bytes.count
    builder.end()
    builder.add("hidden", [2])
    let read = try TarArchive.read(builder.bytes)
    #expect(read.entries.map(\.name) == ["a"] && read.end == end && read.hiddenOffset == end + 1024)
  }

  @Test func whatIsNoArchive() throws {
    #expect(tarError(Array("PK".utf8)) != nil)
    #expect(tarError([UInt8](repeating: 1, count: 1024))?.offset == 0)
    #expect(try TarArchive.read([]).entries.isEmpty)
    #expect(try TarArchive.read([UInt8](repeating: 0, count: 10_240)).entries.isEmpty)
  }

  /// Changed bytes with sums put right again, so that the fields themselves are reached.
  @Test func changedBytes() {
    var state: UInt64 = 5
    func random(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    let clock = ContinuousClock()
    let start = clock.now
    for format in archivesOfGNU.keys.sorted() {
      let bytes = [UInt8](Data(base64Encoded: archivesOfGNU[format] ?? "") ?? Data())
      for _ in 0..<1_500 where clock.now - start < .seconds(20) {
        var changed = bytes
        for _ in 0...random(4) {
          let block = random(bytes.count / 512) * 512
          let field = [0, 124, 130, 135, 156, 257, 345, 482, 504][random(9)]
          changed[block + field + random(4)] = UInt8(random(256))
          let header = Array(changed[block..<block + 512])
          changed.replaceSubrange(block..<block + 512, with: TarBuilder.withSum(header))
        }
        guard let read = try? TarArchive.read(changed) else { continue }
        for entry in read.entries {
          #expect(entry.blocks.upperBound <= changed.count && entry.blocks.contains(entry.headerOffset))
          #expect(entry.content.lowerBound > entry.headerOffset)
        }
      }
    }
  }
}
