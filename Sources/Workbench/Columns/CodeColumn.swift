import Model

/// Which of its names each row of a column has, read in place.
struct CodeColumn: Sendable {
  private enum Storage {
    case codes(Column<Int32>)
    case bytes(Column<UInt8>)
    case list([Int32])
    case made(@Sendable (Int) -> Int32)
    case none
  }
  private let storage: Storage
  /// Codes that are handed on at once.
  private static let together = 4096

  init(_ codes: [Int32]) { storage = .list(codes) }

  /// - Parameter code: of a row.
  init(_ code: @escaping @Sendable (Int) -> Int32) { storage = .made(code) }

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
    case .list(let codes): row < codes.count ? codes[row] : -1
    case .made(let code): code(row)
    case .none: -1
    }
  }

  /// The same of many rows, in runs that lie one behind the other.
  /// - Parameters:
  ///   - block: places among `rows`.
  ///   - body: takes the place of the first, and their codes.
  func forEachRun(
    _ block: Range<Int>, of rows: SampleRows, _ body: (Int, UnsafeBufferPointer<Int32>) -> Void
  ) {
    if rows.listed == nil, case .codes(let codes) = storage, block.upperBound <= codes.count {
      return codes.withUnsafeBufferPointer { body(block.lowerBound, .init(rebasing: $0[block])) }
    }
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: Self.together) { buffer in
      for start in stride(from: block.lowerBound, to: block.upperBound, by: Self.together) {
        let run = start..<min(block.upperBound, start + Self.together)
        for place in run { buffer.initializeElement(at: place - start, to: self[rows[place]]) }
        body(start, UnsafeBufferPointer(rebasing: buffer[..<run.count]))
      }
    }
  }
}
