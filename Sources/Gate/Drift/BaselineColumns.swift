import Model

/// The columns that the dataset and its baseline both have.
struct BaselineColumns {
  struct Pair {
    let name: String
    let before: TableColumn.Values
    let now: TableColumn.Values
  }
  /// Why there is nothing to compare.
  struct Reason: Error {
    let text: String
  }

  let pairs: [Pair]
  let counts: (before: Int, now: Int)
}

extension Result where Success == BaselineColumns, Failure == BaselineColumns.Reason {
  init(_ input: CheckInput) {
    guard let baseline = input.baseline else {
      self = .failure(.init(text: "there is no baseline"))
      return
    }
    guard let before = baseline.data else {
      self = .failure(.init(text: baseline.reason))
      return
    }
    let columns = Dictionary(
      before.table.map { ($0.name, $0.values) }, uniquingKeysWith: { first, _ in first })
    let pairs = input.data.table.compactMap { column in
      columns[column.name].map { BaselineColumns.Pair(name: column.name, before: $0, now: column.values) }
    }
    self = .success(BaselineColumns(pairs: pairs, counts: (before.count, input.data.count)))
  }
}
