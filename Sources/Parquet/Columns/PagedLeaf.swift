import Values

/// A leaf of any depth, of which those pages are decoded that hold the rows that are asked for.
struct PagedLeaf {
  /// Some rows of it.
  struct Part: Sendable {
    let rows: Range<Int>
    let column: LeafColumn
    /// Where each of the rows begins.
    let starts: ArraySlice<LeafCursor.Place>

    func start(of row: Int) -> LeafCursor.Place { starts[starts.startIndex + row - rows.lowerBound] }
  }
  private let file: ParquetFile
  private let rowGroup: Int
  private let leaf: Int
  private let pages: PageIndex
  private var index: RecordIndex
  /// The last ones: who goes over the rows may come back to the page before.
  private var parts: [Part] = []
  private static let keptParts = 2

  init(_ file: ParquetFile, rowGroup: Int, leaf: Int) throws(ColumnarError) {
    (self.file, self.rowGroup, self.leaf) = (file, rowGroup, leaf)
    pages = try file.pages(rowGroup: rowGroup, leaf: leaf)
    index = RecordIndex(pages)
  }

  mutating func part(with row: Int) throws(ColumnarError) -> Part {
    if let known = parts.first(where: { $0.rows.contains(row) }) { return known }
    let (file, rowGroup, leaf) = (file, rowGroup, leaf)
    let isFlat = file.schema.leaves[leaf].isFlat
    let window = try index.window(of: row) { (page) throws(ColumnarError) in
      if isFlat { return (page.values.count, false) }
      return try file.withPage(page.place, count: page.values.count, rowGroup: rowGroup, leaf: leaf) {
        (page, decoder) throws(ColumnarError) in
        var decoder = decoder
        return try decoder.rows(of: page)
      }
    }
    guard let window else { throw ColumnarError(.usage, "no row \(row)") }
    let decoder = try file.decoder(
      of: window.pages, dictionary: pages.dictionary, rowGroup: rowGroup, leaf: leaf)
    let column = LeafColumn(decoder, rowCount: window.rows.count)
    let part = Part(rows: window.rows, column: column, starts: column.rowStarts.prefix(window.rows.count))
    if parts.count >= Self.keptParts { parts.removeFirst() }
    parts.append(part)
    return part
  }
}
