import Glibc
import Model
import Numerics

/// Rows like those of a trained network's embedding, with a twentieth of the labels wrong: twenty normal clouds a class,
/// and a spectrum that falls as a power of the rank (the j-th variance is 1/j), so that of a hundred columns some
/// twenty count. Or as noise: uniform in a cube, where no neighbor is near.
struct Synthetic {
  let features: DenseMatrix
  let labels: [Int]
  let classes: Int

  private static let clouds = 20

  init(rows: Int, columns: Int, classes: Int, isNoise: Bool = false) {
    var random = SeededRandom(seed: 1)
    let scales = (1...columns).map { 1 / Double($0).squareRoot() }
    func drawn(_ count: Int, _ spread: Double) -> [Float] {
      (0..<count * columns).map { Float(random.normal() * scales[$0 % columns] * spread) }
    }
    let means = drawn(classes, 1.5)
    let clouds = drawn(classes * Self.clouds, 0.6)
    var labels: [Int] = []
    var values: [Float] = []
    values.reserveCapacity(rows * columns)
    for _ in 0..<rows {
      let label = random.below(classes)
      labels.append(random.uniform() < 0.05 ? random.below(classes) : label)
      let cloud = label * Self.clouds + random.below(Self.clouds)
      for j in 0..<columns {
        values.append(
          isNoise
            ? Float(random.uniform())
            : means[label * columns + j] + clouds[cloud * columns + j] + Float(random.normal() * scales[j]))
      }
    }
    features = DenseMatrix(rows: rows, columns: columns, values: values)
    self.labels = labels
    self.classes = classes
  }

  var dataset: Dataset? {
    guard let digest = Digest(bytes: [UInt8](repeating: 0, count: Digest.byteCount)) else { return nil }
    var dataset = Dataset(
      name: "synthetic", modality: .embedding, count: labels.count,
      classes: (0..<classes).map { "class \($0)" },
      labels: Column(labels.map { Int32($0) }), ids: StringColumn((0..<labels.count).map { String($0) }),
      payloads: NoPayloads(digest: digest), digest: digest)
    dataset.features = Matrix(Rows(matrix: features))
    return dataset
  }
}

extension Dataset {
  /// With arrival times and twenty sources, so that no detector is left out for want of them.
  var streamed: Dataset {
    var dataset = self
    var random = SeededRandom(seed: 3)
    dataset.times = Column((0..<count).map { _ in Int64(random.below(1_000_000_000)) })
    dataset.sources = Categories(
      codes: Column((0..<count).map { _ in Int32(random.below(20)) }), names: (0..<20).map { "source \($0)" })
    return dataset
  }
}

/// Payloads of about the size that real sets have, with labels that they partly tell.
enum SyntheticPayload: String, CaseIterable {
  case images, texts, table
  /// Texts without any topic, where none is near another.
  case randomTexts = "random-texts"

  /// - Parameter columns: of a table; words of a text.
  func dataset(rows: Int, columns: Int, classes: Int) -> Dataset? {
    var random = SeededRandom(seed: 2)
    let data = Synthetic(rows: rows, columns: self == .table ? columns : 1, classes: classes)
    guard var dataset = data.dataset else { return nil }
    dataset.features = nil
    switch self {
    case .images:
      let shape = ImageShape(height: 32, width: 32, channels: 3)
      let means = (0..<classes * shape.byteCount).map { _ in random.below(100) }
      let pixels = data.labels.flatMap { label in
        (0..<shape.byteCount).map { UInt8(means[label * shape.byteCount + $0] + random.below(150)) }
      }
      dataset.modality = .image
      dataset.images = ImageStack(shape: shape, pixels: Column(pixels))
    case .texts, .randomTexts:
      dataset.modality = .text
      let words = WordSource(classes: classes, hasTopics: self == .texts)
      dataset.texts = StringColumn(
        data.labels.map { label in words.text(of: columns, label: label, random: &random) })
    case .table:
      dataset.modality = .tabular
      dataset.table = (0..<columns).map { column in
        let numbers = (0..<rows).map { Double(data.features[$0, column]) }
        return TableColumn(name: "x\(column)", values: .numbers(Column(numbers)))
      }
    }
    return dataset
  }
}

/// Where the words of a text come from. Words are as frequent as the inverse of their rank (Zipf's law), and half of a text's are
/// of one of twenty topics of its class, so that there is something to be near to, as in texts that people write. Or all of
/// them are as frequent, and only one in ten tells the class.
private struct WordSource {
  let classes: Int
  let hasTopics: Bool
  private static let (topics, topicWords, words) = (20, 200, 20_000)

  func text(of count: Int, label: Int, random: inout SeededRandom) -> String {
    let topic = label * Self.topics + random.below(Self.topics)
    return (0..<count).map { _ in
      guard hasTopics else { return "w\(random.below(10) == 0 ? label : random.below(5000))" }
      return random.below(2) == 0
        ? "t\(topic)x\(rank(below: Self.topicWords, &random))" : "w\(rank(below: Self.words, &random))"
    }.joined(separator: " ")
  }

  /// By the inverse of the distribution of 1 / x from 1 to the bound.
  private func rank(below bound: Int, _ random: inout SeededRandom) -> Int {
    min(bound - 1, Int(pow(Double(bound), random.uniform())) - 1)
  }
}

/// The matrix in place: a heap copy would count as the analysis's memory.
private struct Rows: RowSource {
  let matrix: DenseMatrix
  var rows: Int { matrix.rows }
  var columns: Int { matrix.columns }
  func read(_ range: Range<Int>, into target: UnsafeMutableBufferPointer<Float>) {
    matrix.withUnsafeValues { values in
      let part = UnsafeBufferPointer(
        rebasing: values[range.lowerBound * columns..<range.upperBound * columns])
      _ = target.update(fromContentsOf: part)
    }
  }
}

private struct NoPayloads: PayloadSource {
  let digest: Digest
  func payload(at row: Int) -> Result<Payload, PayloadProblem> { .failure(PayloadProblem(reason: "none")) }
  func contentDigest(at row: Int) -> Digest { digest }
}
