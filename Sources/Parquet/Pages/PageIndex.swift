import Values

/// Where the pages of a leaf lie, told by their heads, so that values are read without those before them.
struct PageIndex: Sendable {
  struct Entry: Sendable {
    /// Of the row group, nulls counted: in a flat leaf the rows.
    let values: Range<Int>
    /// Of the file, from its head on.
    let place: Range<Int>
    /// Of its bytes when they are not compressed.
    let size: Int
  }
  private(set) var dictionary: Range<Int>?
  private(set) var pages: [Entry] = []

  /// - Parameters:
  ///   - pages: those of a column chunk.
  ///   - count: of its values; what stands behind them is not looked at, as it may be no page.
  init(_ pages: consuming PageReader, count: Int) throws(ColumnarError) {
    var values = 0
    while values < count, let page = try pages.pass() {
      let place = page.offset..<pages.position
      switch page.header.kind {
      case .other: break
      case .dictionary: dictionary = dictionary ?? place
      case .data(let data):
        let (end, overflow) = values.addingReportingOverflow(data.valueCount)
        guard !overflow else { throw ColumnarError(.malformed, "the numbers of values overflow") }
        self.pages.append(Entry(values: values..<end, place: place, size: page.header.uncompressedSize))
        values = end
      }
    }
  }

  var valueCount: Int { pages.last?.values.upperBound ?? 0 }

  /// The page that a value lies in; nil where there is none.
  func page(of value: Int) -> Entry? {
    var open = pages.indices
    while !open.isEmpty {
      let middle = open.lowerBound + open.count / 2
      let values = pages[middle].values
      if values.contains(value) { return pages[middle] }
      open = value < values.lowerBound ? open.lowerBound..<middle : middle + 1..<open.upperBound
    }
    return nil
  }
}
