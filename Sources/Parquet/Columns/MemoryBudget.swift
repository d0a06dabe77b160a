import Values

/// What may still be allocated for one column chunk, or for the chunks of one field.
final class MemoryBudget {
  private let limit: Int
  private var left: Int

  init(_ limit: Int) {
    self.limit = limit
    left = limit
  }

  func take(_ count: Int) throws(ColumnarError) {
    guard count <= left else {
      throw ColumnarError(.limit, "more than \(limit) bytes are decoded from one row group of a column")
    }
    left -= count
  }

  func giveBack(_ count: Int) { left += count }
}
