import Model

/// There are no classes but those that the policy allows.
struct ClassesCheck: Check {
  let name = "classes"
  let summary = "classes that the policy allows"

  func run(on input: CheckInput) -> [CheckResult] {
    let data = input.data
    let allowed = input.policy.classes.allowed
    guard !data.labels.isEmpty else {
      return allowed.isEmpty
        ? [notApplicable("the dataset has no labels")]
        : [broken(input, "the dataset has no labels, and the policy names classes")]
    }
    guard !allowed.isEmpty else { return [notApplicable("the policy names no classes")] }
    let names = Set(allowed)
    let isAllowed = data.classes.map(names.contains)
    let rows = data.labels.indices.filter { row in
      let code = Int(data.labels[row])
      return isAllowed.indices.contains(code) && !isAllowed[code]
    }
    let others = zip(data.classes, isAllowed).filter { !$0.1 }.map(\.0)
    let present = Set(data.classes)
    let absent = allowed.filter { !present.contains($0) }
    if others.isEmpty, absent.isEmpty {
      return [pass("\(counted(allowed.count, "class", "classes")) as named")]
    }
    let parts = [
      others.isEmpty ? nil : "not allowed: \(shortList(others))",
      absent.isEmpty ? nil : "missing: \(shortList(absent))",
    ].compactMap(\.self)
    return [broken(input, parts.joined(separator: "; "), rows: rows)]
  }
}
