import Compression
import Formats
import Model
import Testing

/// Arrays under the names and in the forms that people have them in.
@Suite struct OtherArrayTests {
  private static func load(_ files: [String: [UInt8]]) throws -> Dataset {
    let folder = try ReadingFixture()
    for (name, bytes) in files { try folder.write(name, bytes) }
    return try folder.load()
  }

  /// As MNIST has it: type 8 is a byte, sizes and values big-endian.
  private static func idx(_ type: UInt8, _ shape: [Int], _ values: [UInt8]) -> [UInt8] {
    [0, 0, type, UInt8(shape.count)] + shape.flatMap { [0, 0, UInt8($0 >> 8), UInt8($0 & 0xFF)] } + values
  }

  private static let pixels = (0..<40).map { UInt8($0) }
  private static let labels: [UInt8] = (0..<10).map { UInt8($0 % 2) }

  @Test(arguments: ["x_train", "X", "train_images"]) func arraysAreFoundUnderOtherNames(name: String) throws {
    let dataset = try Self.load([
      name + ".npy": NPY.encode(shape: [10, 2, 2], Self.pixels),
      "y_train.npy": NPY.encode(shape: [10], Self.labels.map(Int64.init)),
    ])
    #expect(dataset.images?.count == 10 && dataset.modality == .image)
    #expect(dataset.labels.map { Int($0) } == Self.labels.map(Int.init))
    #expect(dataset.notes.contains { $0.hasSuffix("is read as images.npy") })
    let flat = try Self.load(["X.npy": NPY.encode(shape: [10, 4], Self.pixels.map(Float.init))])
    #expect(flat.features?.columns == 4)
  }

  @Test(arguments: [nil, StreamFormat.gzip]) func idxIsReadAsItsArrayIs(format: StreamFormat?) throws {
    func packed(_ bytes: [UInt8]) throws -> [UInt8] {
      guard let format else { return bytes }
      let compressor = try Compressor(format)
      return try compressor.append(bytes) + compressor.finish()
    }
    let ending = format == nil ? "" : ".gz"
    let dataset = try Self.load([
      "train-images-idx3-ubyte" + ending: packed(Self.idx(8, [10, 2, 2], Self.pixels)),
      "train-labels-idx1-ubyte" + ending: packed(Self.idx(8, [10], Self.labels)),
      "t10k-images-idx3-ubyte" + ending: packed(Self.idx(8, [2, 2, 2], Array(Self.pixels.prefix(8)))),
    ])
    #expect(dataset.count == 10)
    #expect(dataset.images?[3].pixels == Array(Self.pixels[12..<16]))
    #expect(dataset.labels.map { Int($0) } == Self.labels.map(Int.init))
  }

  private static let types: [(type: UInt8, bytes: [UInt8], values: [Float])] = [
    (8, [200, 7], [200, 7]), (9, [200, 7], [-56, 7]), (11, [1, 0, 0xFF, 0xFE], [256, -2]),
    (12, [0, 1, 0, 0, 0, 0, 0, 5], [65536, 5]), (13, [0x3F, 0x80, 0, 0, 0xC0, 0, 0, 0], [1, -2]),
    (14, [0x3F, 0xF0, 0, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0], [1, -2]),
  ]

  @Test(arguments: types) func everyTypeOfIDXIsRead(type: UInt8, bytes: [UInt8], values: [Float]) throws {
    let folder = try ReadingFixture()
    try folder.write("a", Self.idx(type, [2, 1], bytes))
    let array = try NPYArray.map(folder.path("a"))
    #expect(array.shape == [2, 1])
    #expect(try Array(array.matrix().row(0)) + array.matrix().row(1) == values)
    #expect(array.header.encoded(shape: [2, 1]) == Array(Self.idx(type, [2, 1], []).prefix(12)))
  }

  @Test func idxThatIsCutOffIsRefused() throws {
    let whole = Self.idx(8, [10, 2, 2], Self.pixels)
    for length in [5, 15, whole.count - 1] {
      let folder = try ReadingFixture()
      try folder.write("a", whole.prefix(length))
      #expect(throws: FormatError.self) { try NPYArray.map(folder.path("a")) }
    }
  }
}
