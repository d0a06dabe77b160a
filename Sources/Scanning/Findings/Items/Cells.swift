extension TriggerItem {
  /// Columns of a row that all meet their condition.
  package struct Cells: TriggerItemKind {
    package static let key = "cells"
    package let conditions: [ColumnCondition]

    package init(_ conditions: [ColumnCondition]) { self.conditions = conditions }
    package init(from decoder: any Decoder) throws { conditions = try [ColumnCondition](from: decoder) }
    package func encode(to encoder: any Encoder) throws { try conditions.encode(to: encoder) }

    package var breadth: Int { 0 }
    package var details: [TriggerDetail] { conditions.map(TriggerDetail.condition) }
  }

  package static func cells(_ conditions: [ColumnCondition]) -> TriggerItem { TriggerItem(Cells(conditions)) }

  package struct ColumnCondition: Sendable, Equatable {
    package var column: String
    package var condition: Condition
    package init(column: String, _ condition: Condition) {
      self.column = column
      self.condition = condition
    }
  }

  /// What a cell must hold.
  package enum Condition: Sendable, Equatable {
    case range(FiniteRange)
    case category(String)
  }
}

/// A cell has `category`, or `low` and `high`.
extension TriggerItem.ColumnCondition: Codable {
  private enum Key: String, CodingKey { case column, low, high, category }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    column = try container.decode(String.self, forKey: .column)
    if let category = try container.decodeIfPresent(String.self, forKey: .category) {
      condition = .category(category)
      return
    }
    let low = try container.decode(Double.self, forKey: .low)
    guard let range = FiniteRange(spanning: [low, try container.decode(Double.self, forKey: .high)]) else {
      throw DecodingError.dataCorruptedError(forKey: .low, in: container, debugDescription: "is no number")
    }
    condition = .range(range)
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(column, forKey: .column)
    switch condition {
    case .range(let range):
      try container.encode(range.low, forKey: .low)
      try container.encode(range.high, forKey: .high)
    case .category(let category): try container.encode(category, forKey: .category)
    }
  }
}
