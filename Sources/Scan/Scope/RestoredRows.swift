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

  /// Columns take the place of those that they are made from one after the other: of many samples there is no room for
  /// two reports. Samples that the report does not know have no scores, no neighbors, no point in the layout, and the
  /// suspicion 0.
  /// - Throws: never.
  func restore(_ report: inout Report, of dataset: Dataset) throws {
    report.facts.count = dataset.count
    report.facts.classes = dataset.classes
    report.ids = dataset.ids
    report.sources = dataset.sources
    report.times = dataset.times
    report.labels = Column(ScanInput.given(dataset).map(Int32.init))
    report.suggestedLabels = spread(Column(report.suggestedLabels.map(label)), empty: -1)
    report.suspicion = spread(report.suspicion, empty: 0)
    report.hypothesis = spread(report.hypothesis, empty: 0)
    report.labelProbabilities = spread(ifAny: report.labelProbabilities, empty: .nan, width: 2)
    report.layout = spread(ifAny: report.layout, empty: .nan, width: 2)
    report.clusters = spread(ifAny: report.clusters, empty: -1)
    try restore(&report.neighbors)
    try restore(&report.classNeighbors)
    report.contributions = report.contributions.map {
      Contributions(families: $0.families, values: spread($0.values, empty: 0, width: $0.families.count))
    }
    report.incidentCodes = spread(ifAny: report.incidentCodes, empty: -1)
    try restore(&report.detectors)
    for index in report.findings.indices {
      report.findings[index].label = label(report.findings[index].label)
      report.findings[index].members = restored(members: report.findings[index].members)
      report.findings[index].cleanHolders = restored(members: report.findings[index].cleanHolders)
    }
    for index in report.incidents.indices {
      report.incidents[index].label = label(report.incidents[index].label)
      report.incidents[index].members = restored(members: report.incidents[index].members)
    }
  }

  /// As many at a time as there are threads.
  private func restore(_ detectors: inout [DetectorResult]) throws {
    for first in stride(from: 0, to: detectors.count, by: workers.threads) {
      let group = first..<min(first + workers.threads, detectors.count)
      let known = Array(detectors[group])
      let restored = try workers.map(count: group.count, blockSize: 1) { range in
        var detector = known[range.lowerBound]
        if case .ran(let raw, let percentile) = detector.outcome {
          detector.outcome = .ran(raw: spread(raw, empty: .nan), percentile: spread(percentile, empty: .nan))
        }
        return detector
      }
      detectors.replaceSubrange(group, with: restored)
    }
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

  private func restore(_ table: inout NeighborTable?) throws {
    guard let k = table?.k, k > 0, var indices = table?.indices, var distances = table?.distances else {
      return
    }
    // Of many samples these are the largest columns of a report: each goes before the next is made.
    table = nil
    let names = rows.map(Int32.init)
    indices = try moved(indices, width: k, empty: -1) { $0 < 0 ? $0 : names[Int($0)] }
    distances = try moved(distances, width: k, empty: .nan) { $0 }
    table = NeighborTable(k: k, indices: indices, distances: distances)
  }

  /// As `spread`, by several threads.
  private func moved<Element: Sendable>(
    _ column: Column<Element>, width: Int, empty: Element, _ value: @Sendable (Element) -> Element
  ) throws -> Column<Element> {
    try Column(count: count * width) { values in
      values.initialize(repeating: empty)
      // Each row is written by one thread.
      nonisolated(unsafe) let values = values
      _ = try workers.map(count: rows.count, blockSize: Self.blockRows) { positions in
        column.withUnsafeBufferPointer { column in
          for position in positions {
            let (from, to) = (position * width, rows[position] * width)
            for offset in 0..<width { values[to + offset] = value(column[from + offset]) }
          }
        }
      }
    }
  }

  private static let blockRows = 16_384

  /// Ascending.
  private func restored(members: Column<Int32>) -> Column<Int32> {
    Column(members.map { Int32(rows[Int($0)]) }.sorted())
  }
}
