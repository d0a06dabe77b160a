import Model
import Values

extension ImportedSamples {
  /// Rows and pictures of files of columns.
  /// - Parameter listPictures: whether they name pictures that lie beside them, relative to the folder of each file.
  init(
    _ sources: [ColumnarLayout.Source], listPictures: Bool, original: any ImportedSources
  ) throws(FormatError) {
    let layout = try ColumnarLayout(sources, listPictures: listPictures)
    let columns = ColumnarRows(layout)
    let hasPictures = layout.parts.contains { $0.picture != nil }
    self.init(
      rows: .columns(columns), count: columns.store.count,
      pictures: hasPictures ? EncodedPictures(columns: ColumnarPictures(store: columns.store)) : nil,
      original: original)
  }
}

/// Pictures in a column of bytes, each read with its chunk when it is asked for.
struct ColumnarPictures: Sendable {
  let store: ColumnarStore

  /// - Returns: nil where a row has none.
  /// - Throws: `FormatError` where the column cannot be read.
  func bytes(at row: Int) throws(FormatError) -> [UInt8]? {
    guard let index = store.place(of: row), let path = store.part(of: index).picture else { return nil }
    let chunk = try store.chunk(index)
    let own = row - store.chunks[index].rows.lowerBound
    return try store.told(index) { () throws(ColumnarError) in
      try chunk.value(path, at: own).byteString
    }
  }
}
