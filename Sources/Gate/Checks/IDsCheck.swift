import Model

/// Ids that the files give are unique: of two samples with one id a decision reaches the wrong one.
struct IDsCheck: Check {
  let name = "ids"
  let summary = "duplicate and missing ids"
  let level = Level.warn

  func run(on input: CheckInput) -> [CheckResult] {
    let reading = input.data.reading
    guard reading.ids != "derived" else { return [notApplicable("the files give no ids")] }
    let renamed = reading.renamedIDs
    return [
      renamed == 0
        ? pass("all ids are unique")
        : broken(input, "\(counted(renamed, "sample")) with a duplicate or missing id")
    ]
  }
}
