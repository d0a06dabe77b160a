import Compression
import Values

/// A Parquet file (Parquet format 2.11) in memory, usually mapped. The footer is read at once, columns when they are asked
/// for; every method may be called from many threads.
package final class ParquetFile: @unchecked Sendable {
  // Unchecked: nothing is written after `init`.
  let bytes: UnsafeRawBufferPointer
  private let owner: AnyObject
  package let limits: ParquetLimits
  package let schema: ParquetSchema
  let metadata: FileMetadata
  /// Where the footer begins, behind all pages.
  let footerStart: Int

  /// - Parameter owner: keeps `bytes` alive and unchanged.
  package init(_ bytes: UnsafeRawBufferPointer, owner: AnyObject, limits: ParquetLimits = ParquetLimits())
    throws(ColumnarError)
  {
    let footer = try Self.footer(bytes, limits: limits)
    var reader = ThriftReader(
      UnsafeRawBufferPointer(rebasing: bytes[footer]), fileOffset: footer.lowerBound)
    let metadata = try FileMetadata(&reader, limits: limits)
    guard !metadata.isEncrypted else {
      throw ColumnarError(.unsupported, "encrypted columns are not supported")
    }
    schema = try SchemaBuilder.build(metadata.schema, limits: limits)
    try metadata.check(against: schema, limits: limits)
    self.bytes = bytes
    self.owner = owner
    self.limits = limits
    self.metadata = metadata
    // No overflow: `check` has added them up.
    rowCount = metadata.rowGroups.reduce(0) { $0 + $1.rowCount }
    footerStart = footer.lowerBound
  }

  /// Whether a file begins as Parquet does.
  package static func begins(_ bytes: UnsafeRawBufferPointer) -> Bool {
    bytes.starts(with: Self.magic) || bytes.starts(with: Self.encryptedMagic)
  }

  package let rowCount: Int
  package var rowGroupCount: Int { metadata.rowGroups.count }
  package func rowCount(ofGroup group: Int) -> Int { metadata.rowGroups[group].rowCount }
  /// What a writer adds about itself and the data, such as "huggingface", "pandas" or "ARROW:schema".
  package var keyValues: [(key: String, value: String?)] { metadata.keyValues }
  package var createdBy: String { metadata.createdBy }

  private static let magic = Array("PAR1".utf8)
  private static let encryptedMagic = Array("PARE".utf8)

  /// A file begins and ends with "PAR1"; before the end stand the footer and its length.
  private static func footer(_ bytes: UnsafeRawBufferPointer, limits: ParquetLimits) throws(ColumnarError)
    -> Range<Int>
  {
    guard bytes.count >= 12 else { throw ColumnarError(.malformed, "too short for a Parquet file") }
    let end = UnsafeRawBufferPointer(rebasing: bytes[(bytes.count - 4)...])
    if end.elementsEqual(encryptedMagic) || bytes.starts(with: encryptedMagic) {
      throw ColumnarError(.unsupported, "encrypted files are not supported")
    }
    guard bytes.starts(with: magic) else { throw ColumnarError(.malformed, "not a Parquet file", offset: 0) }
    guard end.elementsEqual(magic) else {
      throw ColumnarError(
        .malformed, "cut off: the file does not end as a Parquet file", offset: bytes.count - 4)
    }
    let place = bytes.count - 8
    let length = Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self)))
    guard length <= place - 4 else {
      throw ColumnarError(.malformed, "a footer of \(length) bytes exceeds the file", offset: place)
    }
    guard length <= limits.footerBytes else {
      throw ColumnarError(
        .limit, "a footer of \(length) bytes, more than \(limits.footerBytes)", offset: place)
    }
    return place - length..<place
  }
}

extension FileMetadata {
  /// Whether the row groups go with the schema and with the number of rows.
  func check(against schema: ParquetSchema, limits: ParquetLimits) throws(ColumnarError) {
    var rows = 0
    for (index, group) in rowGroups.enumerated() {
      guard group.chunks.count == schema.leaves.count else {
        throw ColumnarError(
          .malformed,
          "row group \(index) has \(group.chunks.count) columns, the schema \(schema.leaves.count)")
      }
      guard group.rowCount <= limits.rowsPerGroup else {
        throw ColumnarError(
          .limit, "row group \(index) claims \(group.rowCount) rows, more than \(limits.rowsPerGroup)")
      }
      guard group.rowCount == 0 || !schema.leaves.isEmpty else {
        throw ColumnarError(.malformed, "row group \(index) has \(group.rowCount) rows and no columns")
      }
      let (sum, overflow) = rows.addingReportingOverflow(group.rowCount)
      guard !overflow else { throw ColumnarError(.malformed, "the numbers of rows overflow") }
      rows = sum
    }
    // Some writers leave the number of rows of the file at 0; those of the row groups are what counts.
    guard rows == rowCount || rowCount == 0 else {
      throw ColumnarError(.malformed, "the row groups have \(rows) rows, the file claims \(rowCount)")
    }
  }
}
