import Model

/// Looks for text in the samples of a queue, from one place on and around the end once.
struct Search: Sendable {
  var rows: ContiguousArray<Int32>
  /// Position before the first one that is looked at.
  var from: Int
  var backward: Bool
  var needle: String
  /// The sample of this very id comes before all that hold it somewhere, the one at `from` included.
  var isID = false

  /// Nil when cancelled. Looks at id, label, source, and the text or the cells of the sample.
  func run(_ samples: CaseSamples, isCancelled: () -> Bool) -> SearchOutcome? {
    let material = samples.material
    if isID, let position = position(of: needle, in: material.report.ids) {
      return SearchOutcome(position: position, row: rows[position], wrapped: false)
    }
    let needle = CaselessNeedle(needle)
    // Labels and sources are few and samples many: each name is looked at once.
    let labels = material.report.facts.classes.map { needle.isIn($0) }
    let sources = (material.report.sources?.names ?? []).map { needle.isIn($0) }
    func holds(_ row: Int) -> Bool {
      if material.report.ids.withUTF8(at: row, { needle.isIn($0) }) { return true }
      if row < material.report.labels.count {
        let label = Int(material.report.labels[row])
        if label >= 0 && label < labels.count && labels[label] { return true }
      }
      if let codes = material.report.sources?.codes {
        let source = Int(codes[row])
        if source >= 0 && source < sources.count && sources[source] { return true }
      }
      return samples.texts(of: row).contains { needle.isIn($0) }
    }
    let count = rows.count
    guard count > 0 else { return SearchOutcome(position: nil, wrapped: false) }
    for step in 1...count {
      if step % 512 == 0 && isCancelled() { return nil }
      let position = ((backward ? from - step : from + step) % count + count) % count
      if holds(Int(rows[position])) {
        return SearchOutcome(
          position: position, row: rows[position],
          wrapped: backward ? from - step < 0 : from + step >= count)
      }
    }
    return SearchOutcome(position: nil, wrapped: true)
  }

  private func position(of id: String, in ids: StringColumn) -> Int? {
    rows.firstIndex { row in ids.withUTF8(at: Int(row)) { $0.elementsEqual(id.utf8) } }
  }
}

package struct SearchOutcome: Sendable, Equatable {
  /// Where the row stood in the rows that were searched; nil for none that fits.
  package var position: Int?
  package var row: Int32?
  /// The end was passed on the way.
  package var wrapped: Bool

  /// Where the row stands in the rows of now, which may be in another order than those that were searched.
  func place(in rows: ContiguousArray<Int32>) -> Int? {
    guard let position, let row else { return nil }
    return rows.indices.contains(position) && rows[position] == row ? position : rows.firstIndex(of: row)
  }
}
