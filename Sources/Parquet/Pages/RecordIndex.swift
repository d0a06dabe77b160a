import Values

/// In which pages of a leaf its rows lie. They are counted by the repetition levels, as in the whole column: heads of pages and
/// indexes of the file could say otherwise, and what is shown would not be what was scanned. Version 1 packs levels and
/// values together, so that a page before the row is unpacked for it, once.
struct RecordIndex {
  private let pages: [PageIndex.Entry]
  /// Of the pages that were looked at: the rows that begin in them, and whether they go on with one that began before.
  private var seen: [(rows: Range<Int>, continues: Bool)] = []

  init(_ index: PageIndex) { pages = index.pages.filter { !$0.values.isEmpty } }

  /// Pages that hold some rows to their end.
  struct Window {
    let pages: ArraySlice<PageIndex.Entry>
    /// Those that begin in the first of the pages.
    let rows: Range<Int>
  }

  /// The pages that hold a row; nil where there is none.
  /// - Parameter look: tells the rows of a page.
  mutating func window(
    of row: Int, _ look: (PageIndex.Entry) throws(ColumnarError) -> (begun: Int, continues: Bool)
  ) throws(ColumnarError) -> Window? {
    while (seen.last?.rows.upperBound ?? 0) <= row {
      guard try see(look) else { return nil }
    }
    guard let first = seen.firstIndex(where: { $0.rows.contains(row) }) else { return nil }
    var end = first + 1
    while true {
      if end == seen.count, try !see(look) { break }
      guard seen[end].continues else { break }
      end += 1
      // Where another row begins the last one has ended.
      if !seen[end - 1].rows.isEmpty { break }
    }
    return Window(pages: pages[first..<end], rows: seen[first].rows)
  }

  /// Looks at the next page.
  private mutating func see(
    _ look: (PageIndex.Entry) throws(ColumnarError) -> (begun: Int, continues: Bool)
  ) throws(ColumnarError) -> Bool {
    guard seen.count < pages.count else { return false }
    let (begun, continues) = try look(pages[seen.count])
    let start = seen.last?.rows.upperBound ?? 0
    seen.append((start..<start + begun, continues))
    return true
  }
}
