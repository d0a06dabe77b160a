import Model

/// A digest of each sample's content without its label, by which exact copies are found; nil where a sample has none or
/// cannot be read.
enum SampleKeys {
  static func keys(of data: Dataset) -> [Digest?]? {
    let unreadable = Set(data.unreadableRows)
    guard let update = content(of: data) else { return nil }
    return (0..<data.count).map { row in
      guard !unreadable.contains(row) else { return nil }
      var hash = SHA256()
      return update(row, &hash) ? hash.digest : nil
    }
  }

  /// Gives the content of a row to a hash; false where it has none, as what is empty is a copy of nothing.
  private static func content(of data: Dataset) -> ((Int, inout SHA256) -> Bool)? {
    if let images = data.images {
      return { row, hash in
        guard row < images.count else { return false }
        images.withPixels(at: row) { hash.update(UnsafeRawBufferPointer($0)) }
        return true
      }
    }
    if let texts = data.texts {
      return { row, hash in
        texts.withUTF8(at: row) { text in
          hash.update(UnsafeRawBufferPointer(text))
          return !text.isEmpty
        }
      }
    }
    if !data.table.isEmpty { return { row, hash in update(&hash, row, of: data.table) } }
    guard let features = data.features else { return nil }
    return { row, hash in
      guard row < features.rows else { return false }
      features.row(row).withUnsafeBytes { hash.update($0) }
      return true
    }
  }

  private static func update(_ hash: inout SHA256, _ row: Int, of table: [TableColumn]) -> Bool {
    var hasContent = false
    for column in table {
      switch column.values {
      case .numbers(let values):
        // Zero has two patterns of bits, NaN many.
        let value = values[row].isNaN ? Double.nan : values[row] == 0 ? 0 : values[row]
        hasContent = hasContent || !value.isNaN
        withUnsafeBytes(of: value.bitPattern) { hash.update($0) }
      case .categories(let cells):
        hasContent = hasContent || cells.codes[row] >= 0
        withUnsafeBytes(of: cells.codes[row]) { hash.update($0) }
      }
    }
    return hasContent
  }
}
