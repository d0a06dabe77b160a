import Model

/// No column lacks more of its cells than the policy allows.
struct MissingCheck: Check {
  let name = "missing"
  let summary = "share of missing cells by column"

  func run(on input: CheckInput) -> [CheckResult] {
    let data = input.data
    let named = input.policy.missing.columns
    let unknown = named.keys.sorted().filter { name in !data.table.contains { $0.name == name } }
    let absent = unknown.map { broken(input, "there is no such column among the features", subject: $0) }
    guard !data.table.isEmpty, data.count > 0 else {
      return absent.isEmpty ? [notApplicable("the samples have no columns")] : absent
    }
    let results = data.table.compactMap { column -> CheckResult? in
      let limit = named[column.name] ?? input.policy.missing.maxShare
      let rows = column.missingRows
      let share = Double(rows.count) / Double(data.count)
      let sentence = "\(percent(share)) of the cells are missing, at most \(percent(limit)) expected"
      if share > limit { return broken(input, sentence, subject: column.name, rows: rows) }
      return named[column.name] == nil ? nil : pass(sentence, subject: column.name)
    }
    let all = absent + results
    return all.isEmpty ? [pass("\(counted(data.table.count, "column")) within the limit")] : all
  }
}

extension TableColumn {
  /// Rising.
  var missingRows: [Int] {
    switch values {
    case .numbers(let values): values.indices.filter { values[$0].isNaN }
    case .categories(let cells): cells.codes.indices.filter { cells.codes[$0] == Categories.missing }
    }
  }
}
