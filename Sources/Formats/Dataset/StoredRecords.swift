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

  /// All bytes of the file.
  package var bytes: UnsafeRawBufferPointer { scan.text.file.bytes }

  /// - Throws: `FormatError` where the columns cannot be told.
  package func editor() throws(FormatError) -> RecordEditor {
    RecordEditor(scan, try ColumnRoles(scan, options: options))
  }
}
