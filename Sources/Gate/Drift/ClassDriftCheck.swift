import Model

/// The classes have the shares that they had in the baseline.
struct ClassDriftCheck: Check {
  let name = "class-drift"
  let summary = "shares of the classes against the baseline"

  func run(on input: CheckInput) -> [CheckResult] {
    guard let baseline = input.baseline else { return [notApplicable("there is no baseline")] }
    let (before, data) = (baseline.report, input.data)
    let counts = ClassShares.joined(
      (before.facts.classes, ClassShares.counts(before.labels, classes: before.facts.classes.count)),
      (data.classes, ClassShares.counts(data.labels, classes: data.classes.count)))
    guard let drift = ShareDrift(before: counts.before, now: counts.now) else {
      return [notApplicable("there are no two classes with samples in both")]
    }
    return [
      drift.isShift(input.policy.drift) ? broken(input, drift.sentence) : pass(drift.sentence)
    ]
  }
}

/// There is no class that the baseline does not have.
struct NewClassesCheck: Check {
  let name = "new-classes"
  let summary = "classes that the baseline does not have"

  func run(on input: CheckInput) -> [CheckResult] {
    guard let baseline = input.baseline else { return [notApplicable("there is no baseline")] }
    let data = input.data
    guard !data.classes.isEmpty else { return [notApplicable("the dataset has no classes")] }
    let known = Set(baseline.report.facts.classes)
    let isNew = data.classes.map { !known.contains($0) }
    let names = zip(data.classes, isNew).filter(\.1).map(\.0)
    let rows = data.labels.indices.filter { row in
      let code = Int(data.labels[row])
      return isNew.indices.contains(code) && isNew[code]
    }
    return [
      names.isEmpty ? pass("all classes are known") : broken(input, "new: \(shortList(names))", rows: rows)
    ]
  }
}
