import Model

extension State {
  /// Shows only the samples that have the value of the one under the cursor in its column.
  mutating func filterAlike() -> [Effect] {
    guard let queue = currentQueue, let row = queue.currentRow else { return nothingHere() }
    let column = queue.column
    let name = column.name(in: material)
    guard let value = groupName(of: row, in: column),
      let filter = try? CompiledFilter(condition(name, value), material: material)
    else {
      messages.say("\(displayText(name)) cannot be grouped: & filters by a condition", .warning)
      return []
    }
    return apply(filter)
  }

  /// What a condition calls the group of a row; nil where the column has none.
  private func groupName(of row: Int, in column: RowColumn) -> String? {
    switch column {
    case .verdict: marks[row]?.rawValue ?? "none"
    case .reviewer(let reviewer):
      marks.peers.verdict(of: row, by: reviewer).map { VerdictMark($0).rawValue } ?? "none"
    case .settled: marks.peers.settled(row).map { VerdictMark($0).rawValue } ?? "none"
    case .tag: marks.tags.of(row).first ?? "none"
    case .label: material.label(of: row) ?? "none"
    case .suggested: material.suggestedLabel(of: row) ?? "none"
    case .hypothesis: material.hypothesis(of: row)
    case .source: material.source(of: row) ?? "none"
    case .incident: material.incident(of: row)?.id ?? "none"
    case .finding: material.findings(of: row).first.map { material.report.findings[$0].id } ?? "none"
    case .data(let index, _): samples.cell(material.dataColumns[index], of: row)
    case .cluster: material.cluster(of: row).map { "c\($0)" }
    default: nil
    }
  }
}
