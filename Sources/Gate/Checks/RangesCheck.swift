import Model

/// Numbers lie in the range that the policy gives their column.
struct RangesCheck: Check {
  let name = "ranges"
  let summary = "value ranges of columns"

  func run(on input: CheckInput) -> [CheckResult] {
    guard !input.policy.ranges.isEmpty else { return [notApplicable("the policy gives no ranges")] }
    return input.policy.ranges.sorted { $0.key < $1.key }.map { name, range in
      guard let column = input.data.table.first(where: { $0.name == name }) else {
        return broken(input, "there is no such column among the features", subject: name)
      }
      guard case .numbers(let values) = column.values else {
        return broken(input, "is not numeric", subject: name)
      }
      let bounds = "\(decimal(range.lowerBound, 6))...\(decimal(range.upperBound, 6))"
      // What is missing is not out of range; `MissingCheck` counts it.
      let rows = values.indices.filter { !values[$0].isNaN && !range.contains(values[$0]) }
      return rows.isEmpty
        ? pass("within \(bounds)", subject: name)
        : broken(input, "\(counted(rows.count, "value")) outside \(bounds)", subject: name, rows: rows)
    }
  }
}
