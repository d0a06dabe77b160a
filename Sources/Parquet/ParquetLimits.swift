/// What a file may make the reader allocate. A few bytes of a hostile file can claim any size.
package struct ParquetLimits: Sendable {
  /// The footer, in bytes.
  package var footerBytes = 64 << 20
  /// One page, compressed or not, in bytes.
  package var pageBytes = 512 << 20
  /// What is decoded of one row group of a leaf, or of a nested field with all its leaves, with the levels and the
  /// dictionaries, in bytes.
  package var chunkBytes = 2 << 30
  package var rowGroups = 200_000
  /// Rows that one row group may claim.
  package var rowsPerGroup = 1 << 28
  /// Values in one row of a nested field, lists and structs counted: each takes far more memory than in the file.
  package var valuesPerRow = 1 << 24
  package var leaves = 50_000
  package var schemaNodes = 100_000
  /// Nested groups; each may also add a level of definition and of repetition.
  package var schemaDepth = 64
  /// Chunks in all row groups together.
  package var chunks = 2_000_000

  package init() {}
}
