/// What stands beside a list or a plane, of what the cursor is on.
package enum Preview: Sendable, Equatable {
  case sample(row: Int)
  /// The most suspicious sample of a cell of the scatter, nil of an empty one, and how many lie there.
  case cell(row: Int?, count: Int)
  case found(FoundLine)
}

/// A step of the cursor sends a line or two to the terminal, what stands beside the list twenty times as much. It follows
/// therefore once the cursor rests; after whatever else happens it is there at once.
extension State {
  /// What belongs beside the cursor; nil where nothing stands there.
  private var previewOfCursor: Preview? {
    switch place {
    case .queue where Layout(size: size).queuePanes.count > 1: currentRow.map { .sample(row: $0) }
    case .scatter: .cell(row: views.scatter.currentRow, count: views.scatter.currentCount)
    case .findings: currentFound.map { .found($0) }
    default: nil
    }
  }

  /// - Parameter hasMoved: the cursor has, and nothing else has happened.
  mutating func settlePreview(hasMoved: Bool) -> [Effect] {
    let wanted = previewOfCursor
    guard hasMoved, views.preview != nil, wanted != nil, wanted != views.preview else {
      views.preview = wanted
      return []
    }
    return [.awaitRest]
  }

  mutating func takeRest() { views.preview = previewOfCursor }

  /// The sample beside the list on top.
  package var previewedRow: Int? {
    if case .sample(let row)? = views.preview { row } else { currentRow }
  }

  /// The cell beside the scatter.
  package var previewedCell: (row: Int?, count: Int) {
    if case .cell(let row, let count)? = views.preview { return (row, count) }
    return (views.scatter.currentRow, views.scatter.currentCount)
  }

  /// The incident or finding beside the list of them.
  package var previewedFound: FoundLine? {
    if case .found(let line)? = views.preview { line } else { currentFound }
  }
}
