import Learning
import Model
import Numerics
import Scanning

/// The order in which a scan takes the samples: by a hash of what each of them holds.
///
/// Folds, samples of rows, random starts and the rounding of sums depend on an order. That of the file often goes by
/// class, and who shuffles the file must get the same scores; this one is like a shuffle and the same however the rows
/// came. Samples of the same content are told apart by what else is given of them, then by their ids, which may be numbers
/// of rows, or have such a number where they are not unique, and by their rows where ids are alike too.
struct RowOrder: Sendable {
  /// Row of the dataset at each position.
  let rows: [Int]

  /// - Throws: what `checkCancellation` throws.
  init(
    _ dataset: Dataset, workers: Workers, checkCancellation: @escaping @Sendable () throws -> Void
  ) throws {
    struct Key {
      let content: UInt64
      let arrays: UInt64
      let record: UInt64
      let id: UInt64
      let row: Int
    }
    let content = RowContent(dataset)
    var keys = try workers.map(count: dataset.count, blockSize: 1024) { range in
      try checkCancellation()
      return range.map { row in
        Key(
          content: content.hash(of: row),
          arrays: Self.arrays(of: row, in: dataset), record: Self.record(of: row, in: dataset),
          id: dataset.ids.withUTF8(at: row) { Hash.bytes($0) }, row: row)
      }
    }.flatMap { $0 }
    keys.sort {
      ($0.content, $0.arrays, $0.record, $0.id, $0.row) < ($1.content, $1.arrays, $1.record, $1.id, $1.row)
    }
    rows = keys.map(\.row)
  }

  /// Hash of the sample's rows in the given embedding and probabilities.
  private static func arrays(of row: Int, in dataset: Dataset) -> UInt64 {
    [dataset.features, dataset.probabilities].reduce(0) { hash, matrix in
      guard let matrix, matrix.rows == dataset.count else { return hash }
      return matrix.row(row).reduce(hash) { Hash.mix($0 ^ UInt64($1.bitPattern)) }
    }
  }

  /// Hash of its label, source and time.
  private static func record(of row: Int, in dataset: Dataset) -> UInt64 {
    var hash: UInt64 = 0
    if row < dataset.labels.count, dataset.classes.indices.contains(Int(dataset.labels[row])) {
      hash = Hash.bytes(ArraySlice(dataset.classes[Int(dataset.labels[row])].utf8))
    }
    if let sources = dataset.sources, sources.names.indices.contains(Int(sources.codes[row])) {
      hash = Hash.mix(hash ^ Hash.bytes(ArraySlice(sources.names[Int(sources.codes[row])].utf8)))
    }
    return dataset.times.map { Hash.mix(hash ^ UInt64(bitPattern: $0[row])) } ?? hash
  }
}
