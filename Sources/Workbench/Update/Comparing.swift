import Model

/// Samples side by side.
extension State {
  private static let maxCompared = 3

  /// Two or three selected samples; else the one under the cursor with the nearest of its label and of the label that is
  /// suggested instead.
  mutating func compare() -> [Effect] {
    guard let row = currentRow else { return nothingHere() }
    let selected = Array(selection.rows.prefix(Self.maxCompared + 1))
    if (2...Self.maxCompared).contains(selected.count) {
      views.show(.compare(selected))
      return []
    }
    guard selected.count < 2 else {
      messages.say(
        "two or three selected samples are compared; \(counted(selection.rows.count, "is", "are"))", .warning)
      return []
    }
    let others = nearest(to: row)
    guard !others.isEmpty else {
      messages.say("no neighbors are known: select two or three samples to compare", .warning)
      return []
    }
    views.show(.compare([row] + others))
    return []
  }

  /// The nearest sample of the given label, and the nearest of the suggested one, else of any other.
  private func nearest(to row: Int) -> [Int] {
    let given = material.label(of: row)
    var neighbors = material.report.neighbors?.neighbors(of: row).map { $0 } ?? []
    neighbors += material.report.classNeighbors?.neighbors(of: row).map { $0 } ?? []
    neighbors.removeAll { $0 == row || $0 >= material.count }
    let same = neighbors.first { material.label(of: $0) == given }
    let suggested = isHidden(row) ? nil : material.suggestedLabel(of: row)
    let other =
      neighbors.first { suggested != nil && material.label(of: $0) == suggested }
      ?? neighbors.first { material.label(of: $0) != given }
    let found = [same, other].compactMap { $0 }
    return found.count == 2 ? found : Array(neighbors.prefix(2))
  }

  /// All samples by how like they are to the one under the cursor.
  mutating func showLike() -> [Effect] {
    guard let row = currentRow else { return nothingHere() }
    let id = views.addQueue(title: "like #\(name(row))", base: nil, rule: nil, of: nil)
    views.queues[id]?.likeRow = row
    // The cursor stays on it among its copies, which are as near.
    views.queues[id]?.rows = [Int32(row)]
    views.queues[id]?.sort = Sort(column: .distance, descending: false)
    views.queues[id]?.column = .distance
    views.show(.queue(id))
    return arrange(id)
  }

  /// Another way to look at a picture.
  mutating func nextPictureMode() -> [Effect] {
    guard material.report.facts.modality == .image else {
      messages.say("only pictures have other views; gd compares", .warning)
      return []
    }
    let size = material.report.facts.reading.comparedSize
    let modes = ReviewView.PictureMode.allCases.filter { $0 != .trained || size != nil }
    let at = modes.firstIndex(of: views.review.pictureMode) ?? 0
    views.review.pictureMode = modes[(at + 1) % modes.count]
    return []
  }
}
