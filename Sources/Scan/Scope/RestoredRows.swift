import Learning
import Model
import Numerics
import Scanning

/// Makes a report on some rows of a dataset, in some order, and on some of its classes, one on the whole dataset. All
/// fields of a report that refer to rows and classes are mapped here.
struct RestoredRows: Sendable {
  /// Row of the dataset of each row of the report.
  let rows: [Int]
  /// Class of the dataset of each class of the report.
  let classes: [Int]
  /// Rows of the dataset.
  let count: Int
  let workers: Workers

  /// Samples that the report does not know have no scores, no neighbors, no point in the layout, and the suspicion 0.
  /// - Throws: never.
  func report(_ report: Report, of dataset: Dataset) throws -> Report {
    var result = report
    result.facts.count = dataset.count
    result.facts.classes = dataset.classes
    result.ids = dataset.ids
    result.sources = dataset.sources
    result.times = dataset.times
    result.labels = Column(ScanInput.given(dataset).map(Int32.init))
    result.suggestedLabels = spread(Column(report.suggestedLabels.map(label)), empty: -1)
    result.suspicion = spread(report.suspicion, empty: 0)
    result.hypothesis = spread(report.hypothesis, empty: 0)
    result.labelProbabilities = spread(ifAny: report.labelProbabilities, empty: .nan, width: 2)
    result.layout = spread(ifAny: report.layout, empty: .nan, width: 2)
    result.clusters = spread(ifAny: report.clusters, empty: -1)
    result.neighbors = try report.neighbors.map(restored)
    result.classNeighbors = try report.classNeighbors.map(restored)
    result.contributions = report.contributions.map {
      Contributions(families: $0.families, values: spread($0.values, empty: 0, width: $0.families.count))
    }
    result.incidentCodes = spread(ifAny: report.incidentCodes, empty: -1)
    result.detectors = try workers.map(count: report.detectors.count, blockSize: 1) { range in
      var detector = report.detectors[range.lowerBound]
      if case .ran(let raw, let percentile) = detector.outcome {
        detector.outcome = .ran(raw: spread(raw, empty: .nan), percentile: spread(percentile, empty: .nan))
      }
      return detector
    }
    for index in report.findings.indices {
      result.findings[index].label = label(report.findings[index].label)
      result.findings[index].members = restored(members: report.findings[index].members)
      result.findings[index].cleanHolders = restored(members: report.findings[index].cleanHolders)
    }
    for index in report.incidents.indices {
      result.incidents[index].label = label(report.incidents[index].label)
      result.incidents[index].members = restored(members: report.incidents[index].members)
    }
    return result
  }

  private func label(_ label: Int32) -> Int32 { label < 0 ? label : Int32(classes[Int(label)]) }

  private func spread<Element: Sendable>(
    _ column: Column<Element>, empty: Element, width: Int = 1
  ) -> Column<Element> {
    Column(count: count * width) { values in
      values.initialize(repeating: empty)
      column.withUnsafeBufferPointer { column in
        for (position, row) in rows.enumerated() {
          for offset in 0..<width { values[row * width + offset] = column[position * width + offset] }
        }
      }
    }
  }

  /// A column that a report need not have.
  private func spread<Element: Sendable>(
    ifAny column: Column<Element>, empty: Element, width: Int = 1
  ) -> Column<Element> {
    column.isEmpty ? [] : spread(column, empty: empty, width: width)
  }

  private func restored(_ table: NeighborTable) throws -> NeighborTable {
    guard table.k > 0 else { return table }
    // Of many samples these are the largest tables of a report.
    let names = rows.map(Int32.init)
    var distances: Column<Float> = []
    let indices = try Column<Int32>(count: count * table.k) { indices in
      indices.initialize(repeating: -1)
      distances = try Column(count: count * table.k) { distances in
        distances.initialize(repeating: .nan)
        // Each row is written by one thread.
        nonisolated(unsafe) let (indices, distances) = (indices, distances)
        _ = try workers.map(count: rows.count, blockSize: Self.blockRows) { positions in
          table.indices.withUnsafeBufferPointer { known in
            table.distances.withUnsafeBufferPointer { values in
              for position in positions {
                let (from, to) = (position * table.k, rows[position] * table.k)
                for offset in 0..<table.k {
                  let neighbor = known[from + offset]
                  indices[to + offset] = neighbor < 0 ? neighbor : names[Int(neighbor)]
                  distances[to + offset] = values[from + offset]
                }
              }
            }
          }
        }
      }
    }
    return NeighborTable(k: table.k, indices: indices, distances: distances)
  }

  private static let blockRows = 16_384

  /// Ascending.
  private func restored(members: Column<Int32>) -> Column<Int32> {
    Column(members.map { Int32(rows[Int($0)]) }.sorted())
  }
}
