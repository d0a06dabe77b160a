import Formats
import Foundation
import Model
import Testing

/// Arrays of three and four dimensions read the same in C and in Fortran order.
@Suite struct ArrayOrderTests {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "order-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  /// The file of the array whose element at C-order place p is `element(p)`.
  static func file(_ descr: String, _ shape: [Int], fortran: Bool, _ element: (Int) -> [UInt8]) -> [UInt8] {
    let count = shape.reduce(1, *)
    var places = Array(0..<count)
    if fortran {
      places = (0..<count).map { flat in
        // Fortran place to index, first axis fastest, to C place.
        var rest = flat
        let index = shape.map { size in
          defer { rest /= size }
          return rest % size
        }
        return zip(index, shape).reduce(0) { $0 * $1.1 + $1.0 }
      }
    }
    return NPY.encodedHeader(descr: descr, shape: shape, isFortranOrder: fortran) + places.flatMap(element)
  }

  func load(_ files: [String: [UInt8]], _ options: DatasetOptions = DatasetOptions()) throws -> Dataset {
    for (name, bytes) in files { try Data(bytes).write(to: folder.appending(path: name)) }
    return try DatasetLoader.load(folder.path, options: options, progress: { _ in })
  }

  @Test(arguments: [
    ("<f2", false), ("<f4", true), (">f4", false), (">f8", true), ("<f8", false), ("|i1", true),
  ])
  func trainingDynamics(_ descr: String, _ fortran: Bool) throws {
    let (epochs, n, k) = (3, 4, 2)
    let bytes = Self.file(descr, [epochs, n, k], fortran: fortran) { place in
      let value = Float(place)
      return switch descr {
      case "<f2": LoaderTests.bytes([Float16(value).bitPattern])
      case "<f4": LoaderTests.bytes([value.bitPattern])
      case ">f4": LoaderTests.bytes([value.bitPattern], big: true)
      case ">f8": LoaderTests.bytes([Double(value).bitPattern], big: true)
      case "<f8": LoaderTests.bytes([Double(value).bitPattern])
      default: [UInt8(place)]
      }
    }
    let dataset = try load([
      "training_dynamics.npy": bytes, "features.npy": NPY.encode(shape: [n, 1], [1, 2, 3, 4] as [Float]),
    ])
    let dynamics = try #require(dataset.trainingDynamics)
    #expect(dynamics.epochs == epochs && dynamics.values.rows == epochs * n)
    for row in 0..<epochs * n {
      #expect(dynamics.values.row(row) == [Float(row * k), Float(row * k + 1)])
    }
  }

  @Test(arguments: [[2, 3, 2], [2, 2, 3, 3]], [false, true])
  func images(_ shape: [Int], _ fortran: Bool) throws {
    let dataset = try load(["images.npy": Self.file("|u1", shape, fortran: fortran) { [UInt8($0)] }])
    let images = try #require(dataset.images)
    let size = shape.dropFirst().reduce(1, *)
    #expect(images.shape.channels == (shape.count == 4 ? 3 : 1))
    for row in 0..<2 { #expect(images[row].pixels == (row * size..<(row + 1) * size).map { UInt8($0) }) }
    // A picture that is looked at later is the one that was scanned.
    let payloads = try DatasetLoader.openPayloads(
      folder.path, options: DatasetOptions(), recordOffsets: nil, labelName: { _ in "" })
    #expect(try payloads.payload(at: 1).get() == .image(images[1]))
  }

  @Test(arguments: ["<i8", ">i4", "|u1", "<u2", "<f4", "|b1"])
  func labelsOfEveryType(_ descr: String) throws {
    let labels = [1, 0, 1]
    let bytes = labels.flatMap { label -> [UInt8] in
      switch descr {
      case "<i8": LoaderTests.bytes([Int64(label)])
      case ">i4": LoaderTests.bytes([Int32(label)], big: true)
      case "<u2": LoaderTests.bytes([UInt16(label)])
      case "<f4": LoaderTests.bytes([Float(label).bitPattern])
      default: [UInt8(label)]
      }
    }
    let dataset = try load(["labels.npy": LoaderTests.npy(descr, shape: "(3,)", bytes)])
    #expect(Array(dataset.labels) == [1, 0, 1])
    #expect(dataset.classes == ["0", "1"])
  }

  @Test func columnsAndFilesAreNamedByOptions() throws {
    let table =
      "key,cls,body,picture,who,when,x\nk1,a,hello,p.png,u,2026-03-01,1\nk2,b,bye,q.png,v,2026-03-02,2\n"
    let outside = FileManager.default.temporaryDirectory.appending(path: "named-\(UUID().uuidString).npy")
    try Data(NPY.encode(shape: [2, 2], [0.25, 0.75, 1, 0] as [Float])).write(to: outside)
    defer { try? FileManager.default.removeItem(at: outside) }
    let dataset = try load(
      ["data.csv": Array(table.utf8)],
      DatasetOptions(
        labelColumn: "cls", textColumn: "body", imageColumn: "picture", idColumn: "key", sourceColumn: "who",
        timeColumn: "when", featuresPath: outside.path, probabilitiesPath: outside.path))
    #expect(Array(dataset.ids) == ["k1", "k2"] && dataset.classes == ["a", "b"])
    #expect(dataset.texts.map(Array.init) == ["hello", "bye"] && dataset.sources?.names == ["u", "v"])
    #expect(dataset.times?[1] == 1_772_409_600_000 && dataset.table.map(\.name) == ["x"])
    #expect(dataset.features?.row(0) == [0.25, 0.75] && dataset.probabilities?.row(1) == [1, 0])
    #expect(throws: FormatError.self) { try load([:], DatasetOptions(labelColumn: "none")) }
  }
}
