import Analysis
import Model

/// Normal clouds, one a class, whose means lie about three deviations apart, with a twentieth of the labels wrong.
struct Synthetic {
  let features: DenseMatrix
  let labels: [Int]
  let classes: Int

  init(rows: Int, columns: Int, classes: Int) {
    var random = SeededRandom(seed: 1)
    let spread = 3 / Double(columns).squareRoot()
    let means = (0..<classes * columns).map { _ in Float(random.normal() * spread) }
    var labels: [Int] = []
    var values: [Float] = []
    values.reserveCapacity(rows * columns)
    for _ in 0..<rows {
      let label = random.below(classes)
      labels.append(random.uniform() < 0.05 ? random.below(classes) : label)
      for j in 0..<columns { values.append(means[label * columns + j] + Float(random.normal())) }
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
