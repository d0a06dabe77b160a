import Model
import Numerics

/// What the cells of a column can be.
struct ColumnRange: Sendable {
  private enum Values {
    case numbers(ClosedRange<Double>, areWhole: Bool)
    case categories([String])
  }
  let name: String
  private let values: Values

  /// nil of a column without values.
  init?(_ column: TableColumn) {
    name = column.name
    switch column.values {
    case .numbers(let numbers):
      let finite = numbers.filter(\.isFinite)
      guard let low = finite.min(), let high = finite.max() else { return nil }
      values = .numbers(low...high, areWhole: finite.allSatisfy { $0.rounded() == $0 })
    case .categories(let categories):
      guard !categories.names.isEmpty else { return nil }
      values = .categories(categories.names)
    }
  }

  /// From the least to the greatest number; nil of categories.
  var numbers: ClosedRange<Double>? { if case .numbers(let range, _) = values { range } else { nil } }
  var width: Double { numbers.map { $0.upperBound - $0.lowerBound } ?? 0 }

  /// Any of them, each as likely.
  func cell(_ random: inout SeededRandom) -> PlantedRow.CellValue {
    switch values {
    case .numbers(let range, let areWhole):
      let value = range.lowerBound + random.uniform() * (range.upperBound - range.lowerBound)
      return .number(areWhole ? value.rounded() : value)
    case .categories(let names): return .category(names[random.below(names.count)])
    }
  }
}
