import Model

/// Gaussian classes in D dimensions with some flipped labels and a second component in one class: something for
/// every detector to do, at any size, from a seed.
enum MadeUpDataset {
  static func make(rows: Int, columns: Int, classes: Int, seed: UInt64) -> Dataset {
    var random = SplitMix(state: seed)
    let centers = (0..<classes * columns).map { _ in random.gaussian() * 0.6 }
    let shift = (0..<columns).map { _ in random.gaussian() * 0.5 }
    var values = [Float](repeating: 0, count: rows * columns)
    var labels = [Int32](repeating: 0, count: rows)
    for row in 0..<rows {
      let truth = Int(random.next() % UInt64(classes))
      let isFlipped = random.next() % 50 == 0
      labels[row] = Int32(isFlipped ? Int(random.next() % UInt64(classes)) : truth)
      let isShifted = truth == 0 && random.next() % 20 == 0
      for column in 0..<columns {
        values[row * columns + column] =
          centers[truth * columns + column] + random.gaussian() + (isShifted ? shift[column] : 0)
      }
    }
    let matrix = Matrix(rows: rows, columns: columns, values: values)
    var dataset = Dataset(
      name: "made-up", modality: .embedding, count: rows, classes: (0..<classes).map { "class-\($0)" },
      labels: Column(labels), ids: StringColumn((0..<rows).map { "row-\($0)" }),
      payloads: FeaturePayloads(matrix: matrix), digest: emptyDigest)
    dataset.features = matrix
    dataset.sources = Categories(
      codes: Column((0..<rows).map { Int32($0 % 17) }), names: (0..<17).map { "source-\($0)" })
    return dataset
  }

  static let emptyDigest =
    Digest(bytes: [UInt8](repeating: 0, count: Digest.byteCount)) ?? preconditionDigest()
  private static func preconditionDigest() -> Digest { preconditionFailure("32 bytes make a digest") }
}

/// The features of a row are its payload.
struct FeaturePayloads: PayloadSource {
  let matrix: Matrix
  func payload(at row: Int) -> Result<Payload, PayloadProblem> { .success(.features(matrix.row(row))) }
  func contentDigest(at row: Int) -> Digest { MadeUpDataset.emptyDigest }
}

/// SplitMix64 (Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014).
struct SplitMix: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// Nearly normal: the sum of twelve uniform numbers less six.
  mutating func gaussian() -> Float {
    var sum: Float = -6
    for _ in 0..<6 {
      let bits = next()
      sum += Float(bits & 0xFF_FFFF) / Float(1 << 24) + Float((bits >> 24) & 0xFF_FFFF) / Float(1 << 24)
    }
    return sum
  }
}
