import Model
import Numerics
import Testing

/// Small datasets for the tests of the analysis, made from a seed.
enum Core {
  static let slopeShape = ImageShape(height: 12, width: 12, channels: 1)

  /// A picture that brightens evenly to the right and downwards, with noise of a strength.
  static func slope(noise: Int, _ random: inout SeededRandom) -> [UInt8] {
    let (dx, dy) = (random.below(8) + 2, random.below(8) + 2)
    return (0..<144).map { index in
      let value = 90 + index % 12 * dx + index / 12 * dy + random.below(noise) - noise / 2
      return UInt8(max(0, min(255, value)))
    }
  }

  static let one = Workers(threads: 1)

  /// Normal clouds around class means that are drawn with deviation `distance`.
  static func clouds(
    rows: Int, columns: Int, classes: Int, distance: Double, seed: UInt64 = 1
  ) -> (features: DenseMatrix, labels: [Int]) {
    var random = SeededRandom(seed: seed)
    let labels = (0..<rows).map { $0 % max(1, classes) }
    let means = (0..<classes * columns).map { _ in random.normal() * distance }
    let values = (0..<rows * columns).map { index in
      Float(means[labels[index / columns] * columns + index % columns] + random.normal())
    }
    return (DenseMatrix(rows: rows, columns: columns, values: values), labels)
  }

  static func dataset(
    modality: Modality = .embedding, labels: [Int], classes: Int, features: DenseMatrix? = nil
  ) throws -> Dataset {
    let digest = try #require(Digest(bytes: [UInt8](repeating: 7, count: Digest.byteCount)))
    var dataset = Dataset(
      name: "test", modality: modality, count: labels.count, classes: (0..<classes).map { "c\($0)" },
      labels: Column(labels.map { Int32($0) }), ids: StringColumn(labels.indices.map { "s\($0)" }),
      payloads: NoPayloads(digest: digest), digest: digest)
    dataset.features = features.map { Matrix(rows: $0.rows, columns: $0.columns, values: $0.values) }
    return dataset
  }

  private struct NoPayloads: PayloadSource {
    let digest: Digest
    func payload(at row: Int) -> Result<Payload, PayloadProblem> { .failure(PayloadProblem(reason: "none")) }
    func contentDigest(at row: Int) -> Digest { digest }
  }
}

extension Distance {
  /// ‖a − b‖², one addition after the other: the oracle.
  static func strictSquared(_ a: ArraySlice<Float>, _ b: ArraySlice<Float>) -> Float {
    precondition(a.count == b.count)
    var sum: Float = 0
    for (x, y) in zip(a, b) { sum += (x - y) * (x - y) }
    return sum
  }

  /// a · b, one addition after the other: the oracle.
  static func strictDot(_ a: ArraySlice<Float>, _ b: ArraySlice<Float>) -> Float {
    precondition(a.count == b.count)
    var sum: Float = 0
    for (x, y) in zip(a, b) { sum += x * y }
    return sum
  }
}
