import Model

/// The columns that the policy names stand in the files, and no others where it allows none.
struct ColumnsCheck: Check {
  let name = "columns"
  let summary = "required columns, and modality"

  func run(on input: CheckInput) -> [CheckResult] {
    let schema = input.policy.schema
    return [modality(schema, input)].compactMap(\.self) + [columns(schema, input)]
  }

  private func modality(_ schema: Policy.Schema, _ input: CheckInput) -> CheckResult? {
    guard let expected = schema.modality else { return nil }
    let found = input.data.modality.rawValue
    return found == expected
      ? pass("the samples are \(found)", subject: "modality")
      : broken(input, "the samples are \(found), not \(expected)", subject: "modality")
  }

  private func columns(_ schema: Policy.Schema, _ input: CheckInput) -> CheckResult {
    guard !schema.columns.isEmpty || !schema.allowsOthers else {
      return notApplicable("the policy names no columns")
    }
    let files = input.data.reading.files
    let found = files.flatMap { $0.columns.map(\.name) }
    // The reading lists only the first columns of a very wide file.
    guard files.allSatisfy({ $0.moreColumns == 0 }) else {
      return broken(input, "too many columns to compare with the policy")
    }
    let absent = schema.columns.filter { !found.contains($0) }
    let others = schema.allowsOthers ? [] : found.filter { !schema.columns.contains($0) }
    let parts = [
      absent.isEmpty ? nil : "missing: \(shortList(absent))",
      others.isEmpty ? nil : "not in the policy: \(shortList(others))",
    ].compactMap(\.self)
    return parts.isEmpty
      ? pass("\(counted(found.count, "column")) as the policy has them")
      : broken(input, parts.joined(separator: "; "))
  }
}
