import Compression
import Formats
import Model
import TestSupport
import Testing

/// Arrays that lie in one file, or in batches.
@Suite struct BundleTests {
  private static let pixels = (0..<90).map { UInt8($0) }
  private static let labels: [UInt8] = (0..<10).map { UInt8($0 % 2) }

  private static func entry(_ name: String, _ content: [UInt8], isDeflated: Bool) throws -> ZipBuilder.Entry {
    var entry = ZipBuilder.Entry(name, content)
    guard isDeflated else { return entry }
    let compressor = try Compressor(.gzip)
    let packed = try compressor.append(content) + compressor.finish()
    // Between the header of gzip, 10 bytes, and its end, 8, lies the stream.
    entry.packed = Array(packed.dropFirst(10).dropLast(8))
    entry.method = 8
    return entry
  }

  @Test(arguments: [false, true], ["x_train", "images", "data"])
  func anNPZIsReadAsItsArraysAre(_ isDeflated: Bool, _ name: String) throws {
    let builder = ZipBuilder([
      try Self.entry(name + ".npy", NPY.encode(shape: [10, 3, 3], Self.pixels), isDeflated: isDeflated),
      try Self.entry(
        "y_train.npy", NPY.encode(shape: [10], Self.labels.map(Int64.init)), isDeflated: isDeflated),
      try Self.entry(
        "x_test.npy", NPY.encode(shape: [1, 3, 3], Array(Self.pixels.prefix(9))), isDeflated: isDeflated),
    ])
    let folder = try ReadingFixture()
    let dataset = try folder.load("a.npz", builder.bytes)
    #expect(dataset.images?.count == 10 && dataset.images?[3].pixels == Array(Self.pixels[27..<36]))
    #expect(dataset.labels.map { Int($0) } == Self.labels.map(Int.init))
    #expect(dataset.reading.unread.contains { $0.hasPrefix("x_test.npy") })
    #expect(dataset.name == "a")
    let before = try DatasetLoader.digest(folder.path("a.npz"), options: DatasetOptions())
    #expect(dataset.digest == before)
    // A copy holds its arrays as files.
    let stored = try DatasetLoader.storedFiles(folder.path("a.npz"), options: DatasetOptions())
    #expect(stored.map(\.name) == ["images.npy", "labels.npy"] && stored.allSatisfy(\.isUnpacked))
  }

  @Test func anNPZThatIsDamagedIsRefused() throws {
    func error(_ change: (inout ZipBuilder.Entry) -> Void) throws -> String {
      var entry = try Self.entry("x.npy", NPY.encode(shape: [10, 3, 3], Self.pixels), isDeflated: true)
      change(&entry)
      do {
        _ = try ReadingFixture().load("a.npz", ZipBuilder([entry]).bytes)
        return ""
      } catch { return "\(error)" }
    }
    #expect(try error { $0.crc ^= 1 } != "")
    #expect(try error { $0.size -= 1 } != "")
    #expect(try error { $0.size += 1 } != "")
    #expect(try error { $0.packed.removeLast(4) } != "")
    #expect(try error { $0.packed += [0, 0] } != "")
    #expect(try error { $0.name = Array("x.txt".utf8) }.contains("holds no arrays"))
    #expect(try error { $0.name = Array("strange.npy".utf8) }.contains("none of its arrays is called"))
    // 100 GB that are not there.
    #expect(
      try error {
        $0.size = 100 << 30; $0.isWide = true
      } != "")
  }

  // MARK: CIFAR

  /// Rows of label bytes and a picture whose bytes tell channel, row and column.
  private static func batch(_ labels: [[UInt8]]) -> [UInt8] {
    var bytes: [UInt8] = []
    for (index, label) in labels.enumerated() {
      bytes += label
      for place in 0..<3072 {
        let (channel, row) = (place / 1024, place % 1024 / 32)
        bytes.append(UInt8(channel * 80 + row + index))
      }
    }
    return bytes
  }

  @Test func batchesAreReadInOrderWithTheirClasses() throws {
    let folder = try ReadingFixture()
    try folder.write("data_batch_2.bin", Self.batch([[1], [0]]))
    try folder.write("data_batch_1.bin", Self.batch([[0]]))
    try folder.write("data_batch_10.bin", Self.batch([[1]]))
    try folder.write("test_batch.bin", Self.batch([[1]]))
    try folder.write("batches.meta.txt", Array("airplane\ndog\n\n".utf8))
    let dataset = try folder.load()
    #expect(dataset.count == 4 && dataset.classes == ["airplane", "dog"])
    #expect(dataset.labels.map { Int($0) } == [0, 1, 0, 1])
    let image = try #require(dataset.images?[2])
    #expect(image.shape == ImageShape(height: 32, width: 32, channels: 3))
    let color = image.color(row: 5, column: 9)
    #expect(color.red == 6 && color.green == 86 && color.blue == 166)
    #expect(dataset.reading.unread.contains { $0.hasPrefix("test_batch.bin") })
  }

  @Test func theFineLabelOfCIFAR100Counts() throws {
    let dataset = try ReadingFixture().load("train.bin", Self.batch([[7, 3], [7, 4], [8, 3]]))
    #expect(dataset.labels.map { dataset.classes[Int($0)] } == ["3", "4", "3"])
    #expect(throws: FormatError.self) {
      _ = try ReadingFixture().load("train.bin", [UInt8](repeating: 0, count: 4000))
    }
    #expect(throws: FormatError.self) { _ = try ReadingFixture().load("train.bin", []) }
  }
}
