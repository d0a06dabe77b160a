import Values

/// A leaf of any depth, of which those pages are decoded that hold the rows that are asked for.
struct PagedLeaf {
  /// Some rows of it.
  struct Part: Sendable {
    let column: LeafColumn
    /// Where each of the rows begins.
    let starts: ArraySlice<LeafCursor.Place>
  }
  private let file: ParquetFile
  private let rowGroup: Int
  private let leaf: Int
  private let pages: PageIndex
  private var index: RecordIndex
  private var parts = PageCache<Part>()

  init(_ file: ParquetFile, rowGroup: Int, leaf: Int) throws(ColumnarError) {
    (self.file, self.rowGroup, self.leaf) = (file, rowGroup, leaf)
    pages = try file.pages(rowGroup: rowGroup, leaf: leaf)
    index = RecordIndex(pages)
  }

  /// A column of some rows, and where the one that is asked for begins in it.
  mutating func place(of row: Int) throws(ColumnarError) -> (column: LeafColumn, start: LeafCursor.Place) {
    let (rows, part) = try part(with: row)
    return (part.column, part.starts[part.starts.startIndex + row - rows.lowerBound])
  }

  private mutating func part(with row: Int) throws(ColumnarError) -> (rows: Range<Int>, content: Part) {
    if let known = parts.part(with: row) { return known }
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
    let decoder = try file.decoder(of: window.pages, pages.dictionary, rowGroup: rowGroup, leaf: leaf)
    let column = LeafColumn(decoder, rowCount: window.rows.count)
    let part = Part(column: column, starts: column.rowStarts.prefix(window.rows.count))
    parts.add(part, rows: window.rows, bytes: window.pages.reduce(0) { $0 + $1.size })
    return (window.rows, part)
  }
}
