import Learning

extension ScanInput {
  /// By row the first row of its group of copies and near copies in the input features (`NearCopies`), as every miner of
  /// triggers counts them; nil where there are no neighbors.
  package func nearCopies() -> [Int]? {
    derived { SharedCopies(groups: NearCopies.groups($0.inputNeighbors)) }.groups
  }
}

private struct SharedCopies: Sendable {
  let groups: [Int]?
}
