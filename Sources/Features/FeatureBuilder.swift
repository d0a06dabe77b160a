import Model
import Numerics
import Synchronization

/// Features for the analysis: the user's embedding, made safe, and the generic ones that stand in for it.
package enum FeatureBuilder {
  package struct Features: Sendable {
    package let matrix: DenseMatrix
    /// What they are, for the screen and case.json.
    package let description: String
    /// Rows that had a value that was not finite or too large; they are all zero.
    package let unusableRows: Set<Int>
    /// For each column the table column that it comes from; empty where they come from something else.
    package var owners: [Int] = []
  }

  /// The user's embedding, or nil where there is none.
  package static func embedding(_ dataset: Dataset, workers: Workers) throws -> Features? {
    guard let features = dataset.features, features.rows == dataset.count else { return nil }
    let (matrix, unusable) = try dense(features, workers: workers)
    let maker = dataset.encoder.map { "encoder \($0.name) (\($0.summary))" } ?? "given"
    return Features(
      matrix: matrix, description: "\(maker), \(matrix.columns) dimensions", unusableRows: unusable)
  }

  /// What stands in for the embedding where the dataset has none and there is something that says more than
  /// `inputFeatures`: of color pictures what their squares look like. Nil otherwise.
  package static func standIn(_ dataset: Dataset, seed: UInt64 = 1, workers: Workers) throws -> Features? {
    guard let images = dataset.images, images.count == dataset.count, dataset.count > 0 else { return nil }
    let pictures = AveragedPictures(images)
    guard PatchFeatures.fits(pictures) else { return nil }
    let matrix = try PatchFeatures.build(pictures, seed: seed, workers: workers)
    let features = differing(
      Features(
        matrix: matrix, description: "built-in: patch encodings, \(matrix.columns) principal components",
        unusableRows: []))
    return features.matrix.columns > 0 ? features : nil
  }

  /// Features of the payload, made without labels or a model: never of what was trained on the suspect data. Of
  /// pictures, texts and table columns the first that differ between samples; the embedding where the dataset has nothing
  /// else; no columns where nothing differs.
  package static func inputFeatures(
    _ dataset: Dataset, seed: UInt64 = 1, workers: Workers = Workers(threads: 1)
  ) throws -> Features {
    var alike: Features?
    for make in [imageFeatures, textFeatures, tableFeatures] {
      guard let features = try make(dataset, seed, workers).map(differing) else { continue }
      if features.matrix.columns > 0 { return features }
      alike = alike ?? features
    }
    if let alike { return alike }
    return try embedding(dataset, workers: workers)
      ?? Features(
        matrix: DenseMatrix(rows: dataset.count, columns: 0),
        description: "none: there is nothing but labels",
        unusableRows: [])
  }

  private static func imageFeatures(_ dataset: Dataset, _ seed: UInt64, _ workers: Workers) throws
    -> Features?
  {
    guard let images = dataset.images, images.count == dataset.count, dataset.count > 0 else { return nil }
    let matrix = try ImageFeatures.build(images, seed: seed, workers: workers)
    return Features(
      matrix: matrix,
      description: "built-in: standardised pixels, \(matrix.columns) principal components", unusableRows: [])
  }

  private static func textFeatures(_ dataset: Dataset, _ seed: UInt64, _ workers: Workers) throws -> Features?
  {
    guard let texts = dataset.texts, texts.count == dataset.count, dataset.count > 0 else { return nil }
    let matrix = try TextFeatures.build(texts, seed: seed, workers: workers)
    return Features(
      matrix: matrix,
      description: "built-in: hashed words and character n-grams, \(matrix.columns) singular directions",
      unusableRows: [])
  }

  private static func tableFeatures(_ dataset: Dataset, _ seed: UInt64, _ workers: Workers) throws
    -> Features?
  {
    guard !dataset.table.isEmpty else { return nil }
    let features = try TableFeatures(dataset.table, workers: workers)
    let matrix = try features.matrix(count: dataset.count, workers: workers)
    return Features(
      matrix: matrix, description: "built-in: \(matrix.columns) robust-standardised table columns",
      unusableRows: [], owners: features.owners)
  }

  /// The same, or no columns where they are equal in all usable rows: neither a distance nor a probe can be made of
  /// them.
  package static func differing(_ features: Features) -> Features {
    let matrix = features.matrix
    let rows = (0..<matrix.rows).filter { !features.unusableRows.contains($0) }
    if let first = rows.first, rows.contains(where: { matrix.row($0) != matrix.row(first) }) {
      return features
    }
    guard matrix.rows > 0 else { return features }
    return Features(
      matrix: DenseMatrix(rows: matrix.rows, columns: 0),
      description: "none: the features are the same in all samples", unusableRows: features.unusableRows)
  }

  /// Beyond this a square could leave the range of Float.
  static let largest: Float = 1e15

  private static func dense(
    _ source: Matrix, workers: Workers
  ) throws -> (matrix: DenseMatrix, unusable: Set<Int>) {
    let width = source.columns
    let unusable = Mutex<Set<Int>>([])
    let matrix = try DenseMatrix(rows: source.rows, columns: width, blockRows: 4096, workers: workers) {
      range, target in
      let block = UnsafeMutableBufferPointer(start: target, count: range.count * width)
      source.read(range, into: block)
      for row in 0..<range.count {
        let values = block[row * width..<(row + 1) * width]
        if values.contains(where: { !(abs($0) <= largest) }) {
          for index in values.indices { block[index] = 0 }
          _ = unusable.withLock { $0.insert(range.lowerBound + row) }
        }
      }
    }
    return (rescaled(matrix), unusable.withLock { $0 })
  }

  /// A common power of two brings values whose squares would vanish or overflow near one; it changes no order and
  /// no ratio of distances.
  private static func rescaled(_ matrix: DenseMatrix) -> DenseMatrix {
    let top = matrix.values.reduce(Float(0)) { max($0, abs($1)) }
    guard top > 0, top > 1e9 || top < 1e-9 else { return matrix }
    let factor = Float(sign: .plus, exponent: -top.exponent, significand: 1)
    return DenseMatrix(rows: matrix.rows, columns: matrix.columns, values: matrix.values.map { $0 * factor })
  }

  /// Each column less its mean over its deviation; a constant column becomes zero. Excluded rows stay zero.
  /// - Parameter rows: the rows of the result, in their order; nil for all.
  /// - Throws: never.
  package static func standardized(
    _ matrix: DenseMatrix, excluding excluded: Set<Int>, rows: [Int]? = nil, workers: Workers
  ) throws -> DenseMatrix {
    var runs: [Range<Int>] = []
    var start = 0
    for row in excluded.sorted() {
      if start < row { runs.append(start..<row) }
      start = row + 1
    }
    if start < matrix.rows { runs.append(start..<matrix.rows) }
    return try ColumnScale(matrix, rows: runs, workers: workers)
      .gathered(matrix, rows: rows ?? Array(0..<matrix.rows), excluding: excluded, workers: workers)
  }
}
