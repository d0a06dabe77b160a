import Model

/// Values and quantile bins of table columns, and their pairs, that go with a label beyond what the other columns say
/// (`ItemTest` has the statistic; its q comes from trees, so that natural curvature is not taken for a trigger). Raw
/// score: see `TriggerSelection.run`; range from 0; NaN without a label.
struct CellTriggers: Detector {
  let info = DetectorInfo(
    name: "trigger-cells", family: .triggers, summary: "holds values that go with its label beyond reason")
  func run(on input: ScanInput) throws -> Detection {
    guard !input.dataset.table.isEmpty else { throw CannotRun("needs table columns") }
    return try TriggerMiner(input: input, source: CellItems(columns: input.dataset.table), copies: nil).run()
  }
}

/// A place is one view of a column, or a pair of the same view of two columns. The views: exact values, and 16 bins of
/// equal counts.
package struct CellItems: ItemSource {
  private enum View: CaseIterable { case exact, binned }
  private struct Place {
    let view: View
    let first: Int
    let second: Int?
  }
  private static let binCount = 16
  /// Pairs are formed of the first so many columns: their number grows with the square.
  private static let pairedColumns = 64

  private let columns: [TableColumn]
  /// By column: the code of each row's value, and of its bin; `none` where the cell is missing.
  private let exact: [[UInt32]]
  private let binned: [[UInt32]]
  private let list: [Place]
  private static let none = UInt32.max

  package init(columns: [TableColumn]) {
    self.columns = columns
    exact = columns.map { Self.exactCodes($0.values) }
    binned = columns.map { Self.binCodes($0.values) }
    let paired = min(columns.count, Self.pairedColumns)
    list = View.allCases.flatMap { view in
      columns.indices.map { Place(view: view, first: $0, second: nil) }
        + (0..<paired).flatMap { first in
          (first + 1..<max(paired, first + 1)).map { Place(view: view, first: first, second: $0) }
        }
    }
  }

  private static func exactCodes(_ values: TableColumn.Values) -> [UInt32] {
    switch values {
    case .categories(let categories): return categories.codes.map { $0 < 0 ? none : UInt32($0) }
    case .numbers(let numbers):
      var codes: [Double: UInt32] = [:]
      return numbers.map { number in
        guard number.isFinite else { return none }
        if let code = codes[number] { return code }
        codes[number] = UInt32(codes.count)
        return UInt32(codes.count - 1)
      }
    }
  }

  private static func binCodes(_ values: TableColumn.Values) -> [UInt32] {
    guard case .numbers(let numbers) = values else { return exactCodes(values) }
    let edges = binEdges(numbers)
    return numbers.map { number in
      guard number.isFinite else { return none }
      return UInt32(edges.count { $0 <= number })
    }
  }

  /// Inner edges of bins of equal counts; fewer where values repeat.
  private static func binEdges(_ numbers: Column<Double>) -> [Double] {
    let sorted = numbers.filter(\.isFinite).sorted()
    guard let first = sorted.first else { return [] }
    var edges: [Double] = []
    for bin in 1..<binCount {
      let edge = sorted[sorted.count * bin / binCount]
      if edge > (edges.last ?? first) { edges.append(edge) }
    }
    return edges
  }

  package var places: Int { list.count }
  /// Exact values say more than bins, pairs more than single cells.
  package func specificity(place: Int) -> Int {
    (list[place].view == .exact ? 1 : 0) + (list[place].second == nil ? 0 : 2)
  }

  package func forEachItem(
    at place: Int, sizes: ClosedRange<Int>, _ body: (UInt64, UnsafeBufferPointer<Int32>) -> Void
  ) {
    let place = list[place]
    let codes = place.view == .exact ? exact : binned
    let first = codes[place.first]
    let second = place.second.map { codes[$0] }
    let joined = first.indices.map { row -> UInt64 in
      let other = second?[row] ?? 0
      return first[row] == Self.none || other == Self.none
        ? CodeGrouper.none : UInt64(first[row]) << 32 | UInt64(other)
    }
    var grouper = CodeGrouper(rowCount: first.count)
    grouper.forEachGroup(of: joined, sizes: sizes, body)
  }

  package func item(place: Int, code: UInt64, holder: Int) -> TriggerItem { .cells(cells(place, holder)) }

  package func phrase(place: Int, code: UInt64, holder: Int) -> String {
    cells(place, holder).map { cell in
      let name = displayText(cell.column)
      if let category = cell.category { return "\(name) = \"\(displayText(category))\"" }
      return cell.low == cell.high ? "\(name) = \(cell.low)" : "\(name) in \(cell.low) to \(cell.high)"
    }.joined(separator: " and ")
  }

  private func cells(_ place: Int, _ holder: Int) -> [TriggerItem.Cell] {
    let place = list[place]
    return [place.first, place.second].compactMap { $0 }.map { index in
      let column = columns[index]
      switch column.values {
      case .categories(let categories):
        return .init(column: column.name, low: .nan, high: .nan, category: categories.name(at: holder) ?? "")
      case .numbers(let numbers):
        guard place.view == .binned else {
          return .init(column: column.name, low: numbers[holder], high: numbers[holder])
        }
        let code = binned[index][holder]
        let own = numbers.indices.filter { binned[index][$0] == code }.map { numbers[$0] }
        return .init(
          column: column.name, low: own.min() ?? numbers[holder], high: own.max() ?? numbers[holder])
      }
    }
  }
}
