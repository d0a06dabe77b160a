/// Ids that the files give are unique: of two samples with one id a decision reaches the wrong one.
struct IDsCheck: Check {
  let name = "ids"
  let summary = "ids that stand twice or not at all"
  let level = Level.warn

  func run(on input: CheckInput) -> [CheckResult] {
    let reading = input.data.reading
    guard reading.ids != "derived" else { return [notApplicable("the files give no ids")] }
    let renamed = reading.renamedIDs
    return [
      renamed == 0
        ? pass("every sample has an id of its own")
        : broken(input, "\(counted(renamed, "sample")) with an id that stands twice or not at all")
    ]
  }
}
