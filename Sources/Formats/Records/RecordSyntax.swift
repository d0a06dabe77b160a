/// How one record of a format is taken apart and written again with other cells.
package protocol RecordSyntax: Sendable {
  /// Whether a column is there only where a header names it.
  var needsHeader: Bool { get }
  /// The record with the names of its cells; nil where it can no longer be read.
  func parsed(_ bytes: UnsafeRawBufferPointer) -> (record: Record, columns: [String])?
  /// What makes `cells` of those that the record has; nil where it can no longer be read.
  /// - Parameters:
  ///   - cells: by column; columns that the record does not have are passed over.
  ///   - added: columns that the file lacks, which come behind its own.
  ///   - file: what errors call it.
  func edits(
    _ bytes: UnsafeRawBufferPointer, _ cells: [String: String], adding added: [String], file: String
  ) throws(FormatError) -> [ByteEdit]?
  /// Whether a column is what `added` would hold: then there is no place for another of that name.
  func isPart(_ column: String, of added: String) -> Bool
}
