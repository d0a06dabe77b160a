import Synchronization
import Values

/// A column of one value a row whose pages are decoded one by one.
final class PagedColumn: SingleValues {
  private enum Content: Sendable {
    case strings(StringPage)
    case column(FlatColumn)
  }
  private struct State {
    var pages = PageCache<Content>()
    var dictionary: PlainStrings?
  }
  private let file: ParquetFile
  private let rowGroup: Int
  private let leaf: Int
  private let pages: PageIndex
  private let state = Mutex(State())

  init(_ file: ParquetFile, rowGroup: Int, leaf: Int) throws(ColumnarError) {
    (self.file, self.rowGroup, self.leaf) = (file, rowGroup, leaf)
    pages = try file.pages(rowGroup: rowGroup, leaf: leaf)
  }

  func value(at row: Int) throws(ColumnarError) -> NestedValue {
    let page = try state.withLock { state throws(ColumnarError) in
      if let known = state.pages.part(with: row) { return known }
      guard let place = pages.page(of: row) else { throw ColumnarError(.usage, "no row \(row)") }
      let content = try read(place, &state.dictionary)
      state.pages.add(content, rows: place.values, bytes: place.size)
      return (place.values, content)
    }
    let own = row - page.rows.lowerBound
    return switch page.content {
    case .strings(let page): page.value(at: own)
    case .column(let column): column.value(at: own)
    }
  }

  private func read(
    _ page: PageIndex.Entry, _ dictionary: inout PlainStrings?
  ) throws(ColumnarError) -> Content {
    let file = file
    if dictionary == nil, let place = pages.dictionary {
      dictionary = try file.withPage(place, count: 0, rowGroup: rowGroup, leaf: leaf) {
        page, decoder throws(ColumnarError) in try PlainStrings(page, of: decoder, file: file)
      }
    }
    let known = dictionary
    let strings = try file.withPage(page.place, count: page.values.count, rowGroup: rowGroup, leaf: leaf) {
      page, decoder throws(ColumnarError) in
      try StringPage(page, of: decoder, dictionary: known, file: file)
    }
    if let strings { return .strings(strings) }
    return .column(
      try FlatColumn(
        file.decoder(of: [page], pages.dictionary, rowGroup: rowGroup, leaf: leaf)))
  }
}
