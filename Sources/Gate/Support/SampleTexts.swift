import Model

/// The texts of samples: of each its text, or the cells of a table that are no numbers.
struct SampleTexts {
  private let data: Dataset

  /// Nil where samples have no text.
  init?(_ data: Dataset) {
    guard data.texts != nil || !Self.categories(data).isEmpty else { return nil }
    self.data = data
  }

  /// Rows with a text that `isOffending`, rising. A cell that stands in many rows is looked at once.
  func rows(where isOffending: (UnsafeBufferPointer<UInt8>) -> Bool) -> [Int] {
    var found = [Bool](repeating: false, count: data.count)
    if let texts = data.texts {
      for row in 0..<min(texts.count, data.count) where texts.withUTF8(at: row, isOffending) {
        found[row] = true
      }
    }
    for cells in Self.categories(data) {
      let offending = cells.names.map { name in
        var name = name
        return name.withUTF8(isOffending)
      }
      guard offending.contains(true) else { continue }
      for row in 0..<min(cells.codes.count, data.count) {
        let code = Int(cells.codes[row])
        if offending.indices.contains(code), offending[code] { found[row] = true }
      }
    }
    return found.indices.filter { found[$0] }
  }

  private static func categories(_ data: Dataset) -> [Categories] {
    data.table.compactMap { column in
      if case .categories(let cells) = column.values { cells } else { nil }
    }
  }
}
