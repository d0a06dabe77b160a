import Model
import Numerics

/// What a sample holds as the scan sees it, whatever the files that it came from: pixels and not the bytes of a PNG, numbers
/// and not their decimals.
struct RowContent: Sendable {
  private let dataset: Dataset
  /// By their names, so that the order of the columns does not matter.
  private let columns: [TableColumn]
  /// Where it stands in records, which may write it in many ways.
  private let embedding: Matrix?

  init(_ dataset: Dataset) {
    self.dataset = dataset
    columns =
      dataset.hasPicturesOrTexts
      ? [] : dataset.table.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    let first = dataset.count > 0 ? try? dataset.payloads.payload(at: 0).get() : nil
    let isWritten = if case .row = first { true } else { false }
    embedding = isWritten && columns.isEmpty && !dataset.hasPicturesOrTexts ? dataset.features : nil
  }

  func hash(of row: Int) -> UInt64 {
    if let images = dataset.images, row < images.count { return hash(of: row, in: images) }
    if let embedding, row < embedding.rows { return hash(of: row, in: embedding) }
    guard !columns.isEmpty else { return Hash.bytes(dataset.payloads.contentDigest(at: row).bytes[...]) }
    return columns.reduce(0) { hash, column in
      switch column.values {
      case .numbers(let numbers): Hash.mix(hash ^ Self.bits(numbers[row]))
      case .categories(let categories): Hash.mix(hash ^ Self.hash(of: row, in: categories))
      }
    }
  }

  /// Of the pixels and the label's name, as `PayloadSource.contentDigest` of pictures in an array has them.
  private func hash(of row: Int, in images: ImageStack) -> UInt64 {
    images.withPixels(at: row) { hash(of: row, UnsafeRawBufferPointer($0)) }
  }

  /// The same of an embedding, whether it came as an array or as the lists of a column.
  private func hash(of row: Int, in features: Matrix) -> UInt64 {
    features.row(row).withUnsafeBytes { hash(of: row, $0) }
  }

  private func hash(of row: Int, _ content: UnsafeRawBufferPointer) -> UInt64 {
    var hasher = SHA256()
    hasher.update(content)
    let label = row < dataset.labels.count ? Int(dataset.labels[row]) : -1
    hasher.update([0] + Array((dataset.classes.indices.contains(label) ? dataset.classes[label] : "").utf8))
    return Hash.bytes(hasher.digest.bytes[...])
  }

  /// One pattern for both zeros, and for all that is no number.
  private static func bits(_ number: Double) -> UInt64 { number.isNaN ? 1 : (number + 0).bitPattern }

  private static func hash(of row: Int, in categories: Categories) -> UInt64 {
    let code = Int(categories.codes[row])
    return categories.names.indices.contains(code) ? Hash.bytes(ArraySlice(categories.names[code].utf8)) : 1
  }
}
