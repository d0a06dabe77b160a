import Model

/// Which of its names each row of a column has, read in place.
struct CodeColumn: Sendable {
  private enum Storage {
    case codes(Column<Int32>)
    case bytes(Column<UInt8>)
    case none
  }
  private let storage: Storage

  init(_ column: RowColumn, _ material: CaseMaterial) {
    let report = material.report
    storage =
      switch column {
      case .label: .codes(report.labels)
      case .suggested: .codes(report.suggestedLabels)
      case .source: report.sources.map { .codes($0.codes) } ?? .none
      case .hypothesis: .bytes(report.hypothesis)
      case .incident: .codes(report.incidentCodes)
      case .cluster: .codes(report.clusters)
      default: .none
      }
  }

  /// -1 of a row without one.
  @inline(__always) subscript(row: Int) -> Int32 {
    switch storage {
    case .codes(let codes): row < codes.count ? codes[row] : -1
    case .bytes(let codes): row < codes.count ? Int32(codes[row]) : -1
    case .none: -1
    }
  }
}
