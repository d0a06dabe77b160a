import Values

/// Where the pages of a column with one value a row lie, told by their heads, so that a row is read without those before it.
struct PageIndex: Sendable {
  struct Entry: Sendable {
    /// Within the row group.
    let rows: Range<Int>
    /// Of the file, from its head on.
    let place: Range<Int>
  }
  private(set) var dictionary: Range<Int>?
  private(set) var pages: [Entry] = []

  /// - Parameters:
  ///   - pages: those of a column chunk.
  ///   - count: of its values; what stands behind them is not looked at, as it may be no page.
  init(_ pages: consuming PageReader, count: Int) throws(ColumnarError) {
    var rows = 0
    while rows < count, let page = try pages.pass() {
      let place = page.offset..<pages.position
      switch page.header.kind {
      case .other: break
      case .dictionary: dictionary = dictionary ?? place
      case .data(let data):
        let (end, overflow) = rows.addingReportingOverflow(data.valueCount)
        guard !overflow else { throw ColumnarError(.malformed, "the numbers of values overflow") }
        self.pages.append(Entry(rows: rows..<end, place: place))
        rows = end
      }
    }
  }

  var rowCount: Int { pages.last?.rows.upperBound ?? 0 }

  /// The page that a row lies in; nil where there is none.
  func page(of row: Int) -> Entry? {
    var open = pages.indices
    while !open.isEmpty {
      let middle = open.lowerBound + open.count / 2
      let rows = pages[middle].rows
      if rows.contains(row) { return pages[middle] }
      open = row < rows.lowerBound ? open.lowerBound..<middle : middle + 1..<open.upperBound
    }
    return nil
  }
}
