import Model

/// There are as many samples as the policy has it, and none that was left out of the reading.
struct RowsCheck: Check {
  let name = "rows"
  let summary = "number of samples, and lines that could not be read"

  func run(on input: CheckInput) -> [CheckResult] {
    let count = input.data.count
    let schema = input.policy.schema
    let skipped = input.data.reading.files.reduce(0) { $0 + $1.skippedLines }
    var parts: [String] = []
    if count < schema.minRows {
      parts.append("\(counted(count, "sample")), \(schema.minRows) or more expected")
    }
    if let maxRows = schema.maxRows, count > maxRows {
      parts.append("\(counted(count, "sample")), at most \(maxRows) expected")
    }
    if skipped > 0 { parts.append("\(counted(skipped, "line")) could not be read and were left out") }
    return [
      parts.isEmpty ? pass(counted(count, "sample")) : broken(input, parts.joined(separator: "; "))
    ]
  }
}
