import Model

/// What was decided is carried out: no sample that is called poisoned is still in the data, and no label that is wrong.
struct PoisonCheck: Check {
  let name = "poison"
  let summary = "samples marked poisoned or relabelled that remain"
  let needsScan = true

  func run(on input: CheckInput) -> [CheckResult] {
    guard let scan = input.scan else { return [notApplicable("the dataset was not scanned")] }
    guard !scan.verdicts.isEmpty else { return [notApplicable("nothing was decided")] }
    let data = input.data
    let rows = scan.verdicts.filter { row, verdict in
      switch verdict {
      case .poisoned: true
      case .relabel(let label):
        !data.labels.indices.contains(row) || !data.classes.indices.contains(Int(data.labels[row]))
          || data.classes[Int(data.labels[row])] != label
      case .clean, .unsure: false
      }
    }.keys.sorted()
    return [
      rows.isEmpty
        ? pass("no sample marked poisoned or relabelled remains")
        : broken(
          input, "\(counted(rows.count, "sample")) marked poisoned or relabelled that remain", rows: rows)
    ]
  }
}
