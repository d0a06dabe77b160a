import Archives
import TestSupport
import Testing

/// Where things lie in ZIP archives, and which archives are refused.
@Suite struct ZipTests {
  private static let entries = [
    ZipBuilder.Entry("a.npy", [1, 2, 3]), ZipBuilder.Entry("ä/b.npy", []), ZipBuilder.Entry("c", [9]),
  ]

  private func read(_ builder: ZipBuilder) throws -> ZipArchive {
    try builder.bytes.withUnsafeBytes { bytes in try ZipArchive.read(bytes) }
  }

  private func error(_ builder: ZipBuilder) -> ArchiveError? {
    do {
      _ = try read(builder)
      return nil
    } catch { return error as? ArchiveError }
  }

  @Test(arguments: [false, true]) func entriesAreFoundWithOrWithoutAComment(_ isWide: Bool) throws {
    for comment in [[], [UInt8]("hello".utf8), [UInt8](repeating: 7, count: 65_535)] {
      var builder = ZipBuilder(Self.entries)
      builder.comment = comment
      for index in builder.entries.indices { builder.entries[index].isWide = isWide }
      let archive = try read(builder)
      let bytes = builder.bytes
      #expect(archive.entries.map(\.name) == ["a.npy", "ä/b.npy", "c"])
      #expect(archive.entries.map { Array(bytes[$0.data]) } == [[1, 2, 3], [], [9]])
      #expect(archive.entries.map(\.size) == [3, 0, 1])
      #expect(archive.entries.map(\.crc) == Self.entries.map(\.crc))
      #expect(archive.entries.allSatisfy { $0.method == .stored })
    }
    #expect(try read(ZipBuilder([])).entries.isEmpty)
  }

  @Test func foldersAreNoEntries() throws {
    let archive = try read(ZipBuilder([ZipBuilder.Entry("a/", []), ZipBuilder.Entry("a/b", [1])]))
    #expect(archive.entries.map(\.name) == ["a/b"])
  }

  /// What programs would unpack in different ways, or what would take more than any memory.
  @Test func archivesThatLieAreRefused() {
    func changed(_ change: (inout ZipBuilder.Entry) -> Void) -> ArchiveError? {
      var builder = ZipBuilder(Self.entries)
      change(&builder.entries[0])
      return error(builder)
    }
    #expect(changed { $0.localName = Array("b.npy".utf8) }?.message == "an entry has two names")
    #expect(changed { $0.size = 4 }?.message == "an entry has two sizes")
    #expect(changed { $0.flags = 1 }?.message == "an entry is encrypted")
    #expect(changed { $0.method = 12 }?.message == "an entry is packed by method 12, which is not read")
    #expect(changed { $0.offset = 1 }?.message == "an entry is not where it is said to be")
    #expect(changed { $0.offset = 1 << 30 }?.message == "cut off")
    #expect(
      changed {
        $0.name = Array("c".utf8); $0.localName = $0.name
      }?.message == "two entries have one name")
    // Both say that they lie where the first lies.
    var builder = ZipBuilder([ZipBuilder.Entry("a", [1, 2]), ZipBuilder.Entry("b", [1, 2])])
    builder.entries[1].offset = 0
    #expect(error(builder)?.message == "an entry has two names")
    var many = ZipBuilder(Self.entries)
    many.count = 4
    #expect(error(many) != nil)
  }

  @Test func everyCutIsAnError() {
    let bytes = ZipBuilder(Self.entries).bytes
    for length in 0..<bytes.count {
      #expect(throws: ArchiveError.self, "cut at \(length)") {
        try Array(bytes[..<length]).withUnsafeBytes { bytes in _ = try ZipArchive.read(bytes) }
      }
    }
  }

  /// Every byte changed in every bit: an error, or entries that lie within.
  @Test func noChangedBitLeadsOutside() {
    let bytes = ZipBuilder(Self.entries).bytes
    for place in bytes.indices {
      for bit in 0..<8 {
        var changed = bytes
        changed[place] ^= 1 << UInt8(bit)
        let read = changed.withUnsafeBytes { bytes in try? ZipArchive.read(bytes) }
        let isWithin = read?.entries.allSatisfy { $0.data.upperBound <= changed.count } ?? true
        #expect(isWithin, "\(place), \(bit)")
      }
    }
  }
}
