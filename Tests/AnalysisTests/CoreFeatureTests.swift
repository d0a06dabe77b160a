import Features
import Model
import Numerics
import Testing

@Suite struct CoreFeatureTests {
  @Test(arguments: [30, 1100])
  func principalComponentsFindThePlantedDirections(columns: Int) throws {
    var random = SeededRandom(seed: 2)
    let rows = 300
    var values = (0..<rows * columns).map { _ in Float(random.normal() * 0.1 + 3) }
    for row in 0..<rows {
      values[row * columns + 4] += Float(random.normal() * 20)
      values[row * columns + 9] += Float(random.normal() * 8)
    }
    let matrix = DenseMatrix(rows: rows, columns: columns, values: values)
    let fitted = try PrincipalComponents.fit(
      matrix, rows: Array(0..<rows), count: 2, seed: 1, workers: Workers(threads: 2))
    #expect(abs(fitted.directions[0, 4]) > 0.98)
    #expect(abs(fitted.directions[1, 9]) > 0.98)
    #expect(abs(fitted.variances[0].squareRoot() - 20) < 3)
    let projected = try fitted.project(matrix, workers: Core.one)
    let mean = (0..<rows).reduce(0.0) { $0 + Double(projected[$1, 0]) } / Double(rows)
    #expect(abs(mean) < 1e-3)
  }

  @Test func textsOfOneThemeLieNearerThanTextsOfTwo() throws {
    let weather = [
      "rain and wind today", "wind and heavy rain", "sunny then rain and wind", "rain, wind, rain",
    ]
    let money = [
      "the bank raised rates", "rates at the bank fell", "a bank with low rates", "Bank rates! the bank",
    ]
    var dataset = try Core.dataset(modality: .text, labels: [Int](repeating: 0, count: 8), classes: 1)
    dataset.texts = StringColumn(weather + money)
    let features = try FeatureBuilder.inputFeatures(dataset, seed: 1, workers: Core.one).matrix
    func distance(_ a: Int, _ b: Int) -> Float { Distance.squared(features.row(a), features.row(b)) }
    for a in 0..<4 {
      let own = (0..<4).filter { $0 != a }.map { distance(a, $0) }.reduce(0, +) / 3
      let other = (4..<8).map { distance(a, $0) }.reduce(0, +) / 4
      #expect(own < other)
    }
    #expect(features.values.allSatisfy { $0.isFinite })
  }

  @Test func hostileTextsHaveFeatures() throws {
    var texts = StringColumn.Builder()
    texts.append("")
    texts.append(utf8: [0xFF, 0xFE, 0x00, 0x80])
    texts.append(String(repeating: "a", count: 100_000))
    texts.append(" \n\t ")
    var dataset = try Core.dataset(modality: .text, labels: [0, 0, 0, 0], classes: 1)
    dataset.texts = texts.finish()
    let features = try FeatureBuilder.inputFeatures(dataset).matrix
    #expect(features.rows == 4)
    #expect(features.values.allSatisfy { $0.isFinite })
  }

  @Test(arguments: [(8, 8, 1), (40, 50, 3), (1, 20_000, 1), (20_000, 1, 3)])
  func imagesOfTwoKindsLieApart(height: Int, width: Int, channels: Int) throws {
    let shape = ImageShape(height: height, width: width, channels: channels)
    var random = SeededRandom(seed: 4)
    var pixels: [UInt8] = []
    for image in 0..<20 {
      for place in 0..<shape.byteCount {
        let base = image % 2 * (place < shape.byteCount / 2 ? 150 : 30)
        pixels.append(UInt8(base + random.below(50)))
      }
    }
    var dataset = try Core.dataset(modality: .image, labels: [Int](repeating: 0, count: 20), classes: 1)
    dataset.images = ImageStack(shape: shape, pixels: Column(pixels))
    let matrix = try FeatureBuilder.inputFeatures(dataset, seed: 1, workers: Workers(threads: 2)).matrix
    #expect(matrix.columns <= 64)
    for row in 0..<20 { #expect((matrix[row, 0] > 0) == (matrix[row % 2, 0] > 0)) }
    #expect((matrix[0, 0] > 0) != (matrix[1, 0] > 0))
  }

  @Test func imagesThatAreAllAlikeHaveNoFeatures() throws {
    var dataset = try Core.dataset(modality: .image, labels: [0, 0, 0], classes: 1)
    dataset.images = ImageStack(
      shape: ImageShape(height: 2, width: 2, channels: 1), pixels: Column([UInt8](repeating: 9, count: 12)))
    #expect(try FeatureBuilder.inputFeatures(dataset).matrix.columns == 0)
  }

  @Test func tableColumnsBecomeNumbersOfOneScale() throws {
    var dataset = try Core.dataset(modality: .tabular, labels: [0, 0, 0, 0, 0], classes: 1)
    let colors = Categories(codes: [0, 1, 0, -1, 1], names: ["red", "blue"])
    dataset.table = [
      TableColumn(name: "x", values: .numbers([1, 2, 3, 4, 1e300])),
      TableColumn(name: "gap", values: .numbers([1, .nan, 3, 4, 5])),
      TableColumn(name: "constant", values: .numbers([7, 7, 7, 7, 7])),
      TableColumn(name: "color", values: .categories(colors)),
    ]
    let features = try FeatureBuilder.inputFeatures(dataset).matrix
    // x, gap and its indicator, three indicators of color with the missing one; the constant says nothing.
    #expect(features.columns == 6)
    #expect(features[2, 0] == 0)
    #expect(features[4, 0] == 10)
    #expect((0..<5).map { features[$0, 2] } == [0, 1, 0, 0, 0])
    for row in 0..<5 { #expect(features[row, 3] + features[row, 4] + features[row, 5] == 1) }
  }

  @Test func rowsThatAreNotFiniteBecomeZeroAndAreListed() throws {
    let values: [Float] = [1, 2, .nan, 0, 3, .infinity, 5, 6, 1e20, 1]
    let dataset = try Core.dataset(
      labels: [0, 0, 1, 1, 0], classes: 2, features: DenseMatrix(rows: 5, columns: 2, values: values))
    let features = try #require(try FeatureBuilder.embedding(dataset, workers: Core.one))
    #expect(features.unusableRows == [1, 2, 4])
    #expect(features.matrix.values == [1, 2, 0, 0, 0, 0, 5, 6, 0, 0])
  }

  @Test(arguments: [Float(1e14), 1e-30])
  func distancesOfExtremeFeaturesNeitherVanishNorOverflow(scale: Float) throws {
    let dataset = try Core.dataset(
      labels: [0, 0, 0], classes: 1,
      features: DenseMatrix(rows: 3, columns: 1, values: [1 * scale, 2 * scale, 4 * scale]))
    let matrix = try #require(try FeatureBuilder.embedding(dataset, workers: Core.one)).matrix
    let near = Distance.squared(matrix.row(0), matrix.row(1))
    let far = Distance.squared(matrix.row(1), matrix.row(2))
    #expect(near > 0 && far.isFinite)
    #expect(abs(far / near - 4) < 1e-3)
  }
}
