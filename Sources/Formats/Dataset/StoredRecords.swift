import Compression
import Model

/// The records of a file of a dataset: where each lies, and what changes some of them.
package struct StoredRecords {
  package let places: RecordFile
  private let scan: RecordScan
  private let options: DatasetOptions

  init(_ scan: RecordScan, places: RecordFile, options: DatasetOptions) {
    self.scan = scan
    self.places = places
    self.options = options
  }

  /// All bytes of the file, decompressed.
  package var bytes: UnsafeRawBufferPointer { scan.text.file.bytes }

  /// How the file is compressed; nil where it is not.
  package func compression() throws(FormatError) -> StreamFormat? {
    try MappedFile.compression(of: places.path, name: scan.name)
  }

  /// - Throws: `FormatError` where the columns cannot be told.
  package func editor() throws(FormatError) -> RecordEditor {
    RecordEditor(scan, try ColumnRoles(scan, options: options))
  }
}
