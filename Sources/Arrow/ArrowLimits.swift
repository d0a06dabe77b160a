/// What a file may make the reader allocate. A few bytes of a hostile file can claim any size.
package struct ArrowLimits: Sendable {
  /// The metadata of one message, and the footer, in bytes.
  package var metadataBytes = 64 << 20
  /// What is decompressed of one record batch or dictionary, in bytes.
  package var batchBytes = 2 << 30
  package var rowsPerBatch = 1 << 28
  package var rows = 1 << 30
  /// Values of a batch that take no room in the file: null by their type, or of no width.
  package var roomlessValues = 1 << 26
  /// What the values of one row take in memory, about, in bytes.
  package var rowBytes = 1 << 30
  package var fields = 100_000
  /// Nested fields, and dictionaries of dictionaries.
  package var depth = 64
  package var messages = 10_000_000

  package init() {}
}
