import Features
import Model
import Numerics
import Scan
import Testing

@Suite struct PatchFeatureTests {
  /// Colored noise, smeared along one of two directions: what tells the classes apart is in no single pixel.
  private static func textures(_ count: Int) -> Dataset {
    var random = SeededRandom(seed: 9)
    var pixels: [UInt8] = []
    for row in 0..<count {
      let noise = (0..<26 * 26 * 3).map { _ in 128 + 60 * random.normal() }
      for y in 0..<24 {
        for x in 0..<24 {
          for channel in 0..<3 {
            let near = (0..<3).map { step in
              let (down, across) = row % 2 == 0 ? (y + step, x) : (y, x + step)
              return noise[(down * 26 + across) * 3 + channel]
            }
            pixels.append(UInt8(max(0, min(255, near.reduce(0, +) / 3))))
          }
        }
      }
    }
    var dataset = Dataset(
      name: "textures", modality: .image, count: count, classes: ["a", "b"],
      labels: Column((0..<count).map { Int32($0 % 2) }), ids: StringColumn((0..<count).map(String.init)),
      payloads: NoPayloads(), digest: .zero)
    dataset.images = ImageStack(shape: ImageShape(height: 24, width: 24, channels: 3), pixels: Column(pixels))
    return dataset
  }

  private struct NoPayloads: PayloadSource {
    func payload(at row: Int) -> Result<Payload, PayloadProblem> { .failure(PayloadProblem(reason: "none")) }
    func contentDigest(at row: Int) -> Digest { .zero }
  }

  /// Share of rows whose nearest other row is of the same class.
  private static func agreement(_ matrix: DenseMatrix) -> Double {
    let nearest = (0..<matrix.rows).map { row -> Bool in
      let others = (0..<matrix.rows).filter { $0 != row }
      let best = others.min { a, b in
        distance(matrix, row, a) < distance(matrix, row, b)
      }
      return best.map { $0 % 2 == row % 2 } ?? false
    }
    return Double(nearest.count { $0 }) / Double(matrix.rows)
  }

  private static func distance(_ matrix: DenseMatrix, _ a: Int, _ b: Int) -> Float {
    zip(matrix.row(a), matrix.row(b)).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
  }

  @Test func whatPicturesShowCountsMoreThanWhereItLies() throws {
    let dataset = Self.textures(60)
    let workers = Workers(threads: 2)
    let patches = try #require(try FeatureBuilder.standIn(dataset, workers: workers))
    let pixels = try FeatureBuilder.inputFeatures(dataset, workers: workers)
    #expect(Self.agreement(patches.matrix) >= 0.95)
    #expect(Self.agreement(pixels.matrix) < 0.8)
    #expect(patches.description.hasPrefix("built-in: patch encodings, "))
    let areFinite = patches.matrix.values.allSatisfy(\.isFinite)
    #expect(areFinite)
  }

  @Test func threadsChangeNothing() throws {
    let dataset = Self.textures(70)
    let one = try #require(try FeatureBuilder.standIn(dataset, workers: Workers(threads: 1)))
    let three = try #require(try FeatureBuilder.standIn(dataset, workers: Workers(threads: 3)))
    #expect(one.matrix.values == three.matrix.values)
  }

  @Test func grayOrSmallOrEqualPicturesHaveNone() throws {
    var dataset = Self.textures(20)
    let workers = Workers(threads: 1)
    for shape in [
      ImageShape(height: 24, width: 24, channels: 1), ImageShape(height: 8, width: 40, channels: 3),
    ] {
      let pixels = (0..<20 * shape.byteCount).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 3) }
      dataset.images = ImageStack(shape: shape, pixels: Column(pixels))
      let found = try FeatureBuilder.standIn(dataset, workers: workers)
      #expect(found?.description == nil)
    }
    let shape = ImageShape(height: 16, width: 16, channels: 3)
    dataset.images = ImageStack(
      shape: shape, pixels: Column([UInt8](repeating: 7, count: 20 * shape.byteCount)))
    let found = try FeatureBuilder.standIn(dataset, workers: workers)
    #expect(found?.description == nil)
  }

  @Test func anEmbeddingIsLeftAsItIs() throws {
    var dataset = Self.textures(40)
    dataset.features = Matrix(rows: 40, columns: 2, values: (0..<80).map { Float($0 * 7 % 11) })
    let given = try Scanner.scan(dataset).facts.featureSource
    #expect(given == "given, 2 dimensions")
    dataset.features = nil
    let derived = try Scanner.scan(dataset).facts.featureSource
    #expect(derived.hasPrefix("built-in: patch encodings"))
  }
}
