import Model

/// Columns have the type that the policy gives them. A column is read as numbers where most of its cells are; the cells
/// that are none, and are not empty either, break the type too.
struct TypesCheck: Check {
  let name = "types"
  let summary = "types of the columns, and cells of another type"

  func run(on input: CheckInput) -> [CheckResult] {
    let types = input.policy.schema.types
    guard !types.isEmpty else { return [notApplicable("the policy gives no types")] }
    let columns = input.data.reading.files.flatMap(\.columns)
    return types.sorted { $0.key < $1.key }.map { name, type in
      guard let column = columns.first(where: { $0.name == name }) else {
        return broken(input, "there is no such column", subject: name)
      }
      // A whole number is a number; a policy that says "number" means both.
      guard column.type == type || type == "number" && column.type == "whole number" else {
        return broken(input, "is \(column.type), not \(type)", subject: name)
      }
      let rows = Self.rowsOfNoNumber(in: name, input.data)
      return rows.isEmpty
        ? pass("is \(column.type)", subject: name)
        : broken(input, "\(counted(rows.count, "cell")) that hold no number", subject: name, rows: rows)
    }
  }

  /// Rows where a column of numbers holds something else; such a cell was read as missing.
  private static func rowsOfNoNumber(in name: String, _ data: Dataset) -> [Int] {
    guard let column = data.table.first(where: { $0.name == name }), case .numbers = column.values else {
      return []
    }
    return column.missingRows.filter { row in
      guard case .success(.row(let fields)) = data.payloads.payload(at: row),
        let field = fields.first(where: { $0.name == name })
      else { return false }
      let word = field.value.lowercased().filter { !$0.isWhitespace }
      return !emptyWords.contains(word)
    }
  }

  /// What people and libraries write into an empty cell.
  private static let emptyWords: Set = ["", "na", "n/a", "nan", "none", "null", "nil", "?", "-", "<na>"]
}
