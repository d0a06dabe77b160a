import Model
import Numerics
import Scanning

/// Rows of a table that many others equal in every column: the set cannot tell them apart, so that none of its labels is wrong
/// for what the row holds. Of pictures and texts none.
struct RepeatedRows: Sendable {
  let rows: Set<Int>

  /// Rows that are the same, from which they are.
  private static let minGroup = 10

  init(_ input: ScanInput) throws {
    guard !input.dataset.table.isEmpty, !input.dataset.hasPicturesOrTexts else {
      rows = []
      return
    }
    rows = Set(RowGroups(equal: try PayloadHashes.make(input)).filter { $0.count >= Self.minGroup }.joined())
  }
}
