import Learning
import Model
import Numerics
import Scanning

/// The order in which a scan takes the samples: by a hash of what each of them holds.
///
/// Folds, samples of rows, random starts and the rounding of sums depend on an order. That of the file often goes by
/// class, and who shuffles the file must get the same scores; this one is like a shuffle and the same however the rows
/// came. Samples of the same content are told apart by what arrays give them beside it, then by their ids, which may be
/// numbers of rows, and by their rows where ids are alike too.
struct RowOrder: Sendable {
  /// Row of the dataset at each place.
  let rows: [Int]
  /// Place of each row.
  let places: [Int]

  /// - Throws: what `checkCancellation` throws.
  init(
    _ dataset: Dataset, workers: Workers, checkCancellation: @escaping @Sendable () throws -> Void
  ) throws {
    struct Key {
      let content: UInt64
      let arrays: UInt64
      let id: UInt64
      let row: Int
    }
    var keys = try workers.map(count: dataset.count, blockSize: 1024) { range in
      try checkCancellation()
      return range.map { row in
        Key(
          content: Hash.bytes(dataset.payloads.contentDigest(at: row).bytes[...]),
          arrays: Self.arrays(of: row, in: dataset),
          id: dataset.ids.withUTF8(at: row) { Hash.bytes([UInt8]($0)[...]) }, row: row)
      }
    }.flatMap { $0 }
    keys.sort { ($0.content, $0.arrays, $0.id, $0.row) < ($1.content, $1.arrays, $1.id, $1.row) }
    rows = keys.map(\.row)
    var places = [Int](repeating: 0, count: rows.count)
    for (place, row) in rows.enumerated() { places[row] = place }
    self.places = places
  }

  /// Hash of the sample's rows in the given embedding and probabilities.
  private static func arrays(of row: Int, in dataset: Dataset) -> UInt64 {
    [dataset.features, dataset.probabilities].reduce(0) { hash, matrix in
      guard let matrix, matrix.rows == dataset.count else { return hash }
      return matrix.row(row).reduce(hash) { Hash.mix($0 ^ UInt64($1.bitPattern)) }
    }
  }

  /// The report on the samples in this order, told of `dataset` as it came.
  func undone(_ report: Report, of dataset: Dataset) -> Report {
    var result = report
    result.ids = dataset.ids
    result.sources = dataset.sources
    result.times = dataset.times
    result.labels = undone(report.labels)
    result.suspicion = undone(report.suspicion)
    result.hypothesis = undone(report.hypothesis)
    result.suggestedLabels = undone(report.suggestedLabels)
    result.labelProbabilities =
      report.labelProbabilities.isEmpty ? [] : undone(report.labelProbabilities, width: 2)
    result.layout = report.layout.isEmpty ? [] : undone(report.layout, width: 2)
    result.clusters = report.clusters.isEmpty ? [] : undone(report.clusters)
    result.neighbors = report.neighbors.map(undone)
    result.classNeighbors = report.classNeighbors.map(undone)
    result.contributions = report.contributions.map {
      Contributions(families: $0.families, values: undone($0.values, width: $0.families.count))
    }
    for index in report.detectors.indices {
      if case .ran(let raw, let percentile) = report.detectors[index].outcome {
        result.detectors[index].outcome = .ran(raw: undone(raw), percentile: undone(percentile))
      }
    }
    for index in report.findings.indices {
      result.findings[index].members = undone(members: report.findings[index].members)
      result.findings[index].cleanHolders = undone(members: report.findings[index].cleanHolders)
    }
    result.incidentCodes = undone(report.incidentCodes)
    for index in report.incidents.indices {
      result.incidents[index].members = undone(members: report.incidents[index].members)
    }
    return result
  }

  private func undone<Element>(_ column: Column<Element>, width: Int = 1) -> Column<Element> {
    column.reordered(places, width: width)
  }

  private func undone(_ table: NeighborTable) -> NeighborTable {
    guard table.k > 0 else { return table }
    return NeighborTable(
      k: table.k,
      indices: Column(undone(table.indices, width: table.k).map { $0 < 0 ? $0 : Int32(rows[Int($0)]) }),
      distances: undone(table.distances, width: table.k))
  }

  /// Ascending, as the members of a finding stand.
  private func undone(members: Column<Int32>) -> Column<Int32> {
    Column(members.map { Int32(rows[Int($0)]) }.sorted())
  }
}
